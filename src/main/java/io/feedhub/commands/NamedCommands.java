package io.feedhub.commands;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The commands of this machine, by name.
 *
 * @param commands what {@code feedhub.commands} lists
 */
@ConfigurationProperties("feedhub")
public record NamedCommands(@DefaultValue Map<String, NamedCommand> commands) {

    /**
     * The command of this name, when this machine and this role may use it.
     *
     * @throws CommandRefused otherwise; the message says why
     */
    public NamedCommand allowed(String name, String machine, String role) {
        NamedCommand command = commands.get(name);
        if (command == null) {
            throw new CommandRefused(
                    "no command " + NamedCommand.shown(name) + "; there are: " + NamedCommand.names(commands.keySet()));
        }
        if (!command.machines().isEmpty() && !command.machines().contains(machine)) {
            throw new CommandRefused(name + " may not run on " + NamedCommand.shown(machine) + "; it may on: "
                    + NamedCommand.names(command.machines()));
        }
        if (!command.allows(role)) {
            throw new CommandRefused(name + " is not for the role " + NamedCommand.shown(role) + "; it is for: "
                    + NamedCommand.names(command.roles()));
        }
        return command;
    }
}
