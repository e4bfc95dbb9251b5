package io.feedhub.console.hawtio;

import io.feedhub.console.identity.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.springframework.core.io.ClassPathResource;

/**
 * Which role may use which attributes and operations by JMX: the lines of {@code hawtio/jmx-policy.txt}. What no line
 * allows is for nobody.
 */
final class JmxPolicy {
    private final List<Line> lines;

    /** @throws IllegalArgumentException for a line that cannot be understood, with the line */
    JmxPolicy(String text) {
        lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(JmxPolicy::line)
                .toList();
    }

    static JmxPolicy ofTheJar() throws IOException {
        return new JmxPolicy(new ClassPathResource("hawtio/jmx-policy.txt").getContentAsString(StandardCharsets.UTF_8));
    }

    /** The lowest role that may read this attribute, or empty when nobody may. */
    Optional<Role> read(ObjectName bean, String attribute) {
        return lowest(bean, attribute, Set.of(Use.READ));
    }

    /** The lowest role that may use this operation, or empty when nobody may. A signature does not matter. */
    Optional<Role> operation(ObjectName bean, String operation) {
        return lowest(bean, bare(operation), Set.of(Use.CALL, Use.ACT));
    }

    /** Whether the operation changes something, and so is on record. What is unknown does. */
    boolean changes(ObjectName bean, String operation) {
        return lowest(bean, bare(operation), Set.of(Use.CALL)).isEmpty();
    }

    /** Whether a role may do anything with this MBean. */
    boolean shows(ObjectName bean, Role role) {
        return lines.stream()
                .anyMatch(line -> role.includes(line.role()) && line.bean().apply(bean));
    }

    private Optional<Role> lowest(ObjectName bean, String member, Set<Use> uses) {
        return lines.stream()
                .filter(line -> uses.contains(line.use()) && line.bean().apply(bean) && line.names(member))
                .map(Line::role)
                .min(Enum::compareTo);
    }

    /** An operation's name without the signature that tells overloads apart. */
    static String bare(String operation) {
        int parameters = operation.indexOf('(');
        return parameters < 0 ? operation : operation.substring(0, parameters);
    }

    private static Line line(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 4) {
            throw new IllegalArgumentException("a line of a JMX policy has a role, a use, a bean and members: " + text);
        }
        try {
            return new Line(
                    Role.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    Use.valueOf(words[1].toUpperCase(Locale.ROOT)),
                    new ObjectName(words[2]),
                    Set.copyOf(Arrays.asList(words).subList(3, words.length)));
        } catch (MalformedObjectNameException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a line of a JMX policy: " + text, e);
        }
    }

    private enum Use {
        READ,
        CALL,
        ACT
    }

    private record Line(Role role, Use use, ObjectName bean, Set<String> members) {
        boolean names(String member) {
            return members.contains("*") || members.contains(member);
        }
    }
}
