package io.feedhub.console;

import io.feedhub.commands.CommandQueue;
import io.feedhub.commands.CommandRefused;
import io.feedhub.commands.NamedCommands;
import io.feedhub.commands.QueuedCommand;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/commands}: what machines were asked to run, and a way to ask. */
@RestController
@RequestMapping("/api/commands")
final class CommandsApi {
    private final CommandQueue queue;
    private final NamedCommands commands;
    private final Audit audit;

    CommandsApi(CommandQueue queue, NamedCommands commands, Audit audit) {
        this.queue = queue;
        this.commands = commands;
        this.audit = audit;
    }

    @GetMapping
    Page<QueuedCommand> newest(
            @RequestParam(required = false) @Nullable String machine,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Long next) {
        return Page.of(queue.newest(machine, status, Page.before(next), Page.SIZE), QueuedCommand::id);
    }

    @GetMapping("/{id}")
    QueuedCommand one(@PathVariable long id) {
        return queue.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no command " + id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    QueuedCommand ask(@RequestBody Question question) {
        return audit.record("command.ask", question.command() + " on " + question.machine(), () -> null, () -> {
            Actor actor = Actor.current();
            allow(question, actor.role());
            return one(queue.add(
                    question.machine(),
                    question.command(),
                    question.arguments() == null ? Map.of() : question.arguments(),
                    actor.who(),
                    actor.role(),
                    question.key()));
        });
    }

    /** The machine decides; but whoever asks for what this hub knows it would refuse is told at once. */
    private void allow(Question question, String role) {
        try {
            if (commands.commands().containsKey(question.command())) {
                commands.allowed(question.command(), question.machine(), role);
            }
        } catch (CommandRefused e) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, e.getMessage(), e);
        }
    }

    /**
     * @param machine where it must run
     * @param command a name under {@code feedhub.commands} of that machine
     * @param arguments its free arguments by name
     * @param key an idempotency key
     */
    record Question(String machine, String command, @Nullable Map<String, Object> arguments, @Nullable String key) {}
}
