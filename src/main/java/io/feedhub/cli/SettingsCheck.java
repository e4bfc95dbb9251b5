package io.feedhub.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** Before anything starts: every key under {@code feedhub} is one the hub knows, and what it needs is there. */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {
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

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        List<String> problems = problems(context.getEnvironment());
        if (!problems.isEmpty()) {
            throw new MissingSettings(problems);
        }
    }

    /** What is wrong with the configuration, each with its key. */
    static List<String> problems(ConfigurableEnvironment environment) {
        List<String> problems = new ArrayList<>(unknownKeys(environment));
        problems.addAll(missing(environment));
        problems.addAll(Exposure.problems(environment));
        problems.addAll(OidcSettings.problems(environment));
        return problems;
    }

    private static List<String> unknownKeys(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(OriginLookup.class::isInstance)
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames())
                        .filter(key -> key.startsWith("feedhub.") && !KEYS.contains(pattern(key)))
                        .map(key -> unknown(source, key)))
                .distinct()
                .toList();
    }

    private static String unknown(PropertySource<?> source, String key) {
        String wrong = pattern(key);
        String nearest = KEYS.stream()
                .min((a, b) -> Integer.compare(distance(a, wrong), distance(b, wrong)))
                .orElse("");
        return key + ": unknown (" + OriginLookup.getOrigin(source, key) + "); did you mean " + nearest + "?";
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

    private static List<String> missing(ConfigurableEnvironment environment) {
        Set<String> needed = new TreeSet<>(Set.of("feedhub.database.url", "feedhub.database.username"));
        names(environment, "feedhub.discord.channels")
                .forEach(channel -> needed.add("feedhub.discord.channels." + channel + ".url"));
        servicesInUse(environment).forEach(service -> needed.add("feedhub.services." + service + ".url"));
        List<String> missing = new ArrayList<>(needed.stream()
                .filter(key -> environment.getProperty(key, "").isBlank())
                .map(key -> key + ": missing (" + variable(key) + ")")
                .toList());
        if (environment.getProperty("feedhub.users[0].name") == null && !OidcSettings.areThere(environment)) {
            missing.add("feedhub.users: missing; nobody could sign in; ./feedhub password makes one");
        }
        if (environment.getProperty("feedhub.database.url", "").contains(":6543")) {
            missing.add(
                    "feedhub.database.url: port 6543 is Supabase's transaction mode, which has no prepared statements"
                            + " and no LISTEN; write the session pooler's port, 5432");
        }
        return missing;
    }

    /** The services that the flows in the configured folder call. */
    static Set<String> servicesInUse(ConfigurableEnvironment environment) {
        Path routes = Path.of(environment.getProperty("feedhub.routes", "routes"));
        return ServicesInUse.in(routes, names(environment, "feedhub.services"));
    }

    /** The names that the operator gave below a key. */
    private static Set<String> names(ConfigurableEnvironment environment, String parent) {
        Pattern name = Pattern.compile(Pattern.quote(parent) + "\\.([^.]+)\\..*");
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .map(name::matcher)
                .filter(Matcher::matches)
                .map(matched -> matched.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String variable(String key) {
        return ConfigurationPropertyName.of(key)
                .toString()
                .replace(".", "_")
                .replace("-", "")
                .toUpperCase(Locale.ROOT);
    }
}
