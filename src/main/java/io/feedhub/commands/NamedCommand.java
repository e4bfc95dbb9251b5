package io.feedhub.commands;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A command as {@code application.yaml} names it. It becomes an argument list, never a line for a shell.
 *
 * @param program the absolute path of the program
 * @param arguments its arguments; one that is {@code {name}} as a whole is free, and filled by whoever asks
 * @param patterns what each free argument must match as a whole, by name
 * @param separator what is put before the first free argument, so that it cannot be an option; blank for programs without
 *     such a thing
 * @param timeout when it is stopped
 * @param directory the absolute path where it runs; null for the directory of temporary files
 * @param user as whom it runs, by way of sudo; null for the hub's own user
 * @param output how much of each of its two outputs is kept
 * @param machines where it may run; empty for every machine
 * @param roles who may ask for it: viewer, operator, editor, admin, and {@code sql} for rows that were not written by the hub
 * @param environment the names of variables it gets; it gets no others
 * @param repeatable whether it may be run again when nobody knows how it ended
 */
public record NamedCommand(
        Path program,
        @DefaultValue List<String> arguments,
        @DefaultValue Map<String, String> patterns,
        @DefaultValue("--") String separator,
        @DefaultValue("60s") Duration timeout,
        @Nullable Path directory,
        @Nullable String user,
        @DefaultValue("64KB") DataSize output,
        @DefaultValue Set<String> machines,
        @DefaultValue("operator") Set<String> roles,
        @DefaultValue({"PATH", "LANG"}) Set<String> environment,
        @DefaultValue("false") boolean repeatable) {
    private static final Pattern FREE = Pattern.compile("\\{([a-z][a-z0-9-]*)}");
    private static final int LONGEST = 8_192;
    private static final DataSize MOST_OUTPUT = DataSize.ofMegabytes(16);

    /** @throws IllegalArgumentException when it is not written as it must be */
    public NamedCommand {
        require(program.isAbsolute(), "program must be an absolute path, not " + program);
        require(directory == null || directory.isAbsolute(), "directory must be an absolute path, not " + directory);
        require(user == null || user.matches("[a-z_][a-z0-9_-]*"), "user is not a user's name: " + user);
        require(
                output.toBytes() > 0 && output.compareTo(MOST_OUTPUT) <= 0,
                "output must be from 1B to " + MOST_OUTPUT.toMegabytes() + "MB, not " + output);
        Set<String> free = free(arguments).collect(Collectors.toCollection(TreeSet::new));
        require(
                free.equals(patterns.keySet()),
                "every free argument has a pattern, and no other has: arguments " + free + ", patterns "
                        + new TreeSet<>(patterns.keySet()));
        patterns.values().forEach(Pattern::compile);
    }

    /**
     * The argument list with the free arguments filled.
     *
     * @throws CommandRefused when one is missing, is none of this command's, or does not match
     */
    List<String> argv(Map<String, ?> given) {
        for (String name : given.keySet()) {
            if (!patterns.containsKey(name)) {
                throw new CommandRefused(
                        "there is no argument " + shown(name) + "; there are: " + names(patterns.keySet()));
            }
        }
        List<String> argv = new ArrayList<>();
        if (user != null) {
            argv.addAll(List.of("/usr/bin/sudo", "-n", "-u", user, "--"));
        }
        argv.add(program.toString());
        boolean separated = separator.isBlank();
        for (String argument : arguments) {
            Matcher free = FREE.matcher(argument);
            if (free.matches() && !separated) {
                argv.add(separator);
                separated = true;
            }
            argv.add(free.matches() ? value(free.group(1), given.get(free.group(1))) : argument);
        }
        return argv;
    }

    /** Whether rows of this role may ask for it; a role may also do what those below it may. */
    boolean allows(String role) {
        List<String> ladder = List.of("viewer", "operator", "editor", "admin");
        return roles.contains(role)
                || roles.stream()
                        .anyMatch(least -> ladder.contains(least) && ladder.indexOf(role) >= ladder.indexOf(least));
    }

    private String value(String name, @Nullable Object given) {
        if (!(given instanceof String || given instanceof Number || given instanceof Boolean)) {
            throw new CommandRefused(
                    "argument " + name + " must be a text" + (given == null ? ", and is missing" : ""));
        }
        String value = given.toString();
        if (value.length() > LONGEST) {
            throw new CommandRefused("argument " + name + " is longer than " + LONGEST + " characters");
        }
        value.codePoints().filter(NamedCommand::isUnseen).findFirst().ifPresent(point -> {
            throw new CommandRefused(
                    "argument %s holds the character U+%04X, which nobody can see".formatted(name, point));
        });
        if (value.startsWith("-")) {
            throw new CommandRefused("argument " + name + " begins with a dash, as options do");
        }
        if (!Pattern.compile(patterns.getOrDefault(name, "")).matcher(value).matches()) {
            throw new CommandRefused("argument " + name + " does not match " + patterns.get(name));
        }
        return value;
    }

    /** Controls, line ends, turns of direction, halves of pairs: what makes a text look other than it is. */
    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static java.util.stream.Stream<String> free(List<String> arguments) {
        return arguments.stream().map(FREE::matcher).filter(Matcher::matches).map(matcher -> matcher.group(1));
    }

    /** A name that somebody else made up, short and in plain characters. */
    static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
    }

    static String names(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
