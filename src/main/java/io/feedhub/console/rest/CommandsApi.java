package io.feedhub.console.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.commands.CommandQueue;
import io.feedhub.commands.CommandRefused;
import io.feedhub.commands.NamedCommands;
import io.feedhub.commands.QueuedCommand;
import io.feedhub.console.audit.Audit;
import io.feedhub.console.identity.Actor;
import io.feedhub.console.identity.Role;
import io.feedhub.flows.check.Vocabulary;
import io.feedhub.nodes.Peer;
import io.feedhub.nodes.Peers;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final int LONGEST = 200;
    private static final int LONGEST_ARGUMENTS = 16_000;

    private final CommandQueue queue;
    private final NamedCommands commands;
    private final Peers peers;
    private final Audit audit;
    private final ObjectMapper json;

    CommandsApi(CommandQueue queue, NamedCommands commands, Peers peers, Audit audit, ObjectMapper json) {
        this.queue = queue;
        this.commands = commands;
        this.peers = peers;
        this.audit = audit;
        this.json = json;
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
    QueuedCommand ask(@RequestBody CommandRequest wanted) {
        String machine = Needed.name("machine", wanted.machine(), LONGEST);
        String command = Needed.name("command", wanted.command(), LONGEST);
        String key = wanted.key() == null ? null : Needed.name("key", wanted.key(), LONGEST);
        Map<String, Object> arguments = bounded(wanted.arguments());
        return audit.record("command.ask", command + " on " + machine, () -> null, () -> {
            Actor actor = Actor.current();
            requireKnown(machine);
            allow(command, machine, actor.role());
            return one(queue.add(machine, command, arguments, actor.who(), actor.role(), key)
                    .orElseThrow(() -> new ResponseStatusException(
                            HttpStatus.CONFLICT, "the key " + key + " was used for another request")));
        });
    }

    /** They stay in the queue as long as its row does. */
    private Map<String, Object> bounded(@Nullable Map<String, Object> arguments) {
        if (arguments == null) {
            return Map.of();
        }
        if (json.valueToTree(arguments).toString().length() > LONGEST_ARGUMENTS) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "the arguments must be at most " + LONGEST_ARGUMENTS + " characters of JSON");
        }
        return arguments;
    }

    /** Nobody else would ever take what a machine is asked for that there is not. One that is away, or has left, may be asked. */
    private void requireKnown(String machine) {
        Set<String> machines = peers.all().stream().map(Peer::name).collect(Collectors.toSet());
        if (!machines.contains(machine)) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "no machine " + machine + "; " + Vocabulary.instead(machine, machines));
        }
    }

    /**
     * The machine decides; but whoever asks for what this hub knows it would refuse is told at once. For what it does not know,
     * somebody must be an operator at least: a queue is no place for a viewer's texts.
     */
    private void allow(String command, String machine, String role) {
        if (!commands.commands().containsKey(command)) {
            if (role.equals(Role.VIEWER.toString())) {
                throw new ResponseStatusException(
                        HttpStatus.FORBIDDEN, "your role, " + role + ", may not ask for what this hub does not know");
            }
            return;
        }
        try {
            commands.allowed(command, machine, role);
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
    record CommandRequest(
            @Nullable String machine,
            @Nullable String command,
            @Nullable Map<String, Object> arguments,
            @Nullable String key) {}
}
