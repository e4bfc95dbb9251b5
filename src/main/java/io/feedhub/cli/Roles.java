package io.feedhub.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The names of people and roles, as they are written. */
final class Roles {
    /** The lowest first. */
    static final List<String> ALL = List.of("viewer", "operator", "editor", "admin");

    private Roles() {}

    /** A name that needs no quotes in YAML and cannot be mistaken for a path or a header. */
    static String name(CommandSpec spec, String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9._@+-]{0,99}")) {
            throw new ParameterException(
                    spec.commandLine(), "a name begins with a letter and has letters, digits and . _ @ + - only");
        }
        return name;
    }

    static String named(CommandSpec spec, String name) {
        if (!ALL.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(), "no role " + name + "; there are: " + String.join(", ", ALL));
        }
        return name;
    }
}
