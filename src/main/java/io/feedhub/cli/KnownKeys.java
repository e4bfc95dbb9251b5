package io.feedhub.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every key under {@code feedhub} that the hub knows. */
final class KnownKeys {
    /** A star stands for a name of the operator's, and the index of a list. */
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "feedhub.routes",
            "feedhub.beans",
            "feedhub.retry-delay",
            "feedhub.edits.settle",
            "feedhub.edits.drain",
            "feedhub.edits.revisions",
            "feedhub.edits.follow",
            "feedhub.database.url",
            "feedhub.database.username",
            "feedhub.database.password",
            "feedhub.keep.seen",
            "feedhub.keep.seen-of",
            "feedhub.keep.seen-of.*",
            "feedhub.keep.versions",
            "feedhub.node.name",
            "feedhub.node.labels",
            "feedhub.schedule.runs-at-once",
            "feedhub.schedule.runs-per-domain",
            "feedhub.schedule.time-limit",
            "feedhub.schedule.catch-up-at-most",
            "feedhub.schedule.failures-in-a-row",
            "feedhub.schedule.keep-runs",
            "feedhub.schedule.keep-runs-per-flow",
            "feedhub.services.*.url",
            "feedhub.services.*.token",
            "feedhub.services.*.header",
            "feedhub.services.*.probe",
            "feedhub.services.*.timeout",
            "feedhub.services.*.pause",
            "feedhub.services.*.private-network",
            "feedhub.services.*.oauth.url",
            "feedhub.services.*.oauth.client-id",
            "feedhub.services.*.oauth.client-secret",
            "feedhub.services.*.oauth.refresh-token",
            "feedhub.services.*.oauth.scope",
            "feedhub.services.*.oauth.service-account",
            "feedhub.gemini.model",
            "feedhub.gemini.embed-model",
            "feedhub.gemini.dimensions",
            "feedhub.gemini.daily-tokens",
            "feedhub.gemini.flow-tokens",
            "feedhub.gemini.flows",
            "feedhub.gemini.flows.*",
            "feedhub.gemini.answer-tokens",
            "feedhub.gemini.cache",
            "feedhub.gemini.keep-usage",
            "feedhub.youtube.daily-units",
            "feedhub.youtube.daily-searches",
            "feedhub.discord.channels.*.url",
            "feedhub.discord.channels.*.guarantee",
            "feedhub.discord.keep",
            "feedhub.mesh.domains.*",
            "feedhub.commands.*.program",
            "feedhub.commands.*.arguments",
            "feedhub.commands.*.patterns.*",
            "feedhub.commands.*.separator",
            "feedhub.commands.*.timeout",
            "feedhub.commands.*.directory",
            "feedhub.commands.*.user",
            "feedhub.commands.*.output",
            "feedhub.commands.*.machines",
            "feedhub.commands.*.roles",
            "feedhub.commands.*.environment",
            "feedhub.commands.*.repeatable",
            "feedhub.users",
            "feedhub.users.*.name",
            "feedhub.users.*.password",
            "feedhub.users.*.role",
            "feedhub.tokens",
            "feedhub.tokens.*.name",
            "feedhub.tokens.*.sha256",
            "feedhub.tokens.*.role",
            "feedhub.tokens.*.expires",
            "feedhub.oidc.issuer",
            "feedhub.oidc.client-id",
            "feedhub.oidc.client-secret",
            "feedhub.oidc.scopes",
            "feedhub.oidc.claim",
            "feedhub.oidc.roles.viewer",
            "feedhub.oidc.roles.operator",
            "feedhub.oidc.roles.editor",
            "feedhub.oidc.roles.admin",
            "feedhub.oidc.session",
            "feedhub.oidc.address",
            "feedhub.oidc.name",
            "feedhub.hosts",
            "feedhub.keep-audit",
            "feedhub.plain-http"));

    /** Variables that are no keys: of the commands, the launcher, the sandbox and compose.yaml. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "FEEDHUB_URL",
            "FEEDHUB_TOKEN",
            "FEEDHUB_USER",
            "FEEDHUB_PASSWORD",
            "FEEDHUB_HEAP",
            "FEEDHUB_ADMIN_PASSWORD",
            "FEEDHUB_METRICS_TOKEN");

    /** What Docker and Kubernetes set beside a service that is called feedhub. */
    private static final Pattern OF_CONTAINERS = Pattern.compile("FEEDHUB_(SERVICE_(HOST|PORT)|PORT)(_.*)?");

    private KnownKeys() {}

    /** Whether a name is that of a section, such as {@code feedhub.services}, and no key itself. */
    static boolean isSection(String name) {
        String section = pattern(name);
        return !KEYS.contains(section) && KEYS.stream().anyMatch(known -> known.startsWith(section + "."));
    }

    /** The keys that are none of them, each with its place and the nearest that is one. */
    static List<Problem> others(ConfigurableEnvironment environment) {
        return KeySources.of(environment)
                .filter(OriginLookup.class::isInstance)
                .flatMap(source -> Stream.of(source.getPropertyNames())
                        .filter(key -> key.startsWith("feedhub.") && !KEYS.contains(pattern(key)))
                        .filter(key -> !EmptyHeadings.isOne(source, key))
                        .map(key -> unknown(source, key)))
                .distinct()
                .toList();
    }

    /** The environment variables that set nothing, each with the nearest that does. Others than the operator set some, too. */
    static List<String> otherVariables(ConfigurableEnvironment environment) {
        return KeySources.of(environment)
                .filter(SystemEnvironmentPropertySource.class::isInstance)
                .flatMap(source -> Stream.of(source.getPropertyNames()))
                .filter(name -> name.startsWith("FEEDHUB_")
                        && !OTHER_VARIABLES.contains(name)
                        && !OF_CONTAINERS.matcher(name).matches()
                        && KEYS.stream().noneMatch(key -> name.matches(variables(key))))
                .map(name -> name + ": a variable that sets nothing; did you mean "
                        + nearest(KEYS.stream().map(SettingsCheck::variable), name) + "?")
                .toList();
    }

    /** A dash may be left out or be an underscore, and a list's items are numbered. */
    private static String variables(String key) {
        return SettingsCheck.variable(key.replace("-", "#")).replace("#", "_?").replace("*", ".+") + "(_\\d+)?";
    }

    private static Problem unknown(PropertySource<?> source, String key) {
        return Problem.of(
                key,
                "unknown (" + OriginLookup.getOrigin(source, key) + "); did you mean "
                        + nearest(KEYS.stream(), pattern(key)) + "?");
    }

    private static String nearest(Stream<String> known, String wrong) {
        return known.min(Comparator.comparing(key -> distance(key, wrong))).orElse("");
    }

    private static int distance(String key, String wrong) {
        return LevenshteinDistance.getDefaultInstance().apply(key, wrong);
    }

    private static String pattern(String key) {
        return key.replaceAll(
                        "^(feedhub\\.(services|discord\\.channels|gemini\\.flows|mesh\\.domains|keep\\.seen-of|commands))\\.[^.]+",
                        "$1.*")
                .replaceAll("^(feedhub\\.commands\\.\\*\\.patterns)\\..+", "$1.*")
                .replaceAll("^feedhub\\.(users|tokens)\\[\\d+]", "feedhub.$1.*")
                .replaceAll("\\[\\d+]$", "");
    }
}
