package io.feedhub.cli;

import io.feedhub.console.signin.PasswordHash;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A line for {@code feedhub.users}. */
@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        description = "Ask for a password and print the user's line for application.yaml.")
final class PasswordCommand implements Runnable {
    private static final int SHORTEST = 12;

    @Parameters(paramLabel = "NAME", description = "What the person will type to sign in.")
    private String name = "";

    @Option(
            names = "--role",
            defaultValue = "viewer",
            description = "viewer, operator, editor or admin (default: viewer).")
    private String role = "";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        String line = "    - { name: " + Roles.name(spec, name) + ", password: \"%s\", role: " + Roles.named(spec, role)
                + " }";
        String password = ask();
        if (password.length() < SHORTEST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a password has at least " + SHORTEST + " characters; three or four words are good");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("its line below feedhub.users in application.yaml:");
        out.println(String.format(Locale.ROOT, line, PasswordHash.of(password)));
    }

    /** From the terminal, unseen, or from a pipe; never from an argument, which others could read. */
    @SuppressWarnings("SystemConsoleNull") // where it is never null it reads the pipe
    private static String ask() {
        Console console = System.console();
        if (console != null) {
            char @Nullable [] typed = console.readPassword("Password: "); // null after Ctrl-D
            return typed == null ? "" : new String(typed);
        }
        Scanner input = new Scanner(System.in, StandardCharsets.UTF_8);
        return input.hasNextLine() ? input.nextLine() : "";
    }
}
