package io.feedhub.console.audit;

import io.feedhub.commands.CommandTaken;
import io.feedhub.commands.QueuedCommand;
import io.feedhub.console.identity.Actor;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Records each command that a machine takes, whoever asked for it and by which way. */
@Component
final class CommandAudit {
    private final Audit audit;

    CommandAudit(Audit audit) {
        this.audit = audit;
    }

    @EventListener
    void record(CommandTaken taken) {
        QueuedCommand command = taken.command();
        Actor actor = new Actor(command.requestedBy(), command.role(), command.source(), command.machine());
        String subject = command.command() + " on " + command.machine();
        audit.noted(actor, "command.run", subject, Map.of("id", command.id()), taken.refused());
    }
}
