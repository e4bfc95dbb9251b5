package io.feedhub.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The names of the roles, as people write them. */
final class Roles {
    /** The lowest first. */
    static final List<String> ALL = List.of("viewer", "operator", "editor", "admin");

    private Roles() {}

    static String named(CommandSpec spec, String name) {
        if (!ALL.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(), "no role " + name + "; there are: " + String.join(", ", ALL));
        }
        return name;
    }
}
