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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Before anything starts: every key under {@code feedhub} is one the hub knows, and what it needs is there. */
final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Logger log = LoggerFactory.getLogger(SettingsCheck.class);
    private static final String DATABASE = "feedhub.database.url";

    /** Which somebody may have set instead. */
    private static final String SPRINGS = "spring.datasource.url";

    private static final String CHANNELS = "feedhub.discord.channels";
    private static final Pattern TRANSACTION_MODE = Pattern.compile(":6543(?!\\d)");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmptyHeadings.drop(context.getEnvironment());
        List<Problem> problems = problems(context.getEnvironment());
        if (!problems.isEmpty()) {
            throw new MissingSettings(problems);
        }
        KnownKeys.otherVariables(context.getEnvironment()).forEach(log::warn);
    }

    /** What is wrong with the configuration, each with its key. */
    static List<Problem> problems(ConfigurableEnvironment environment) {
        List<Problem> problems = new ArrayList<>(KnownKeys.others(environment));
        problems.addAll(missing(environment));
        problems.addAll(Exposure.problems(environment));
        problems.addAll(OidcSettings.problems(environment));
        return problems;
    }

    private static List<Problem> missing(ConfigurableEnvironment environment) {
        Set<String> needed = new TreeSet<>(Set.of(DATABASE, "feedhub.database.username"));
        names(environment, CHANNELS).forEach(channel -> needed.add(CHANNELS + "." + channel + ".url"));
        if (!areAllThere(environment)) {
            servicesInUse(environment).forEach(service -> needed.add("feedhub.services." + service + ".url"));
        }
        List<Problem> missing = new ArrayList<>(needed.stream()
                .filter(key -> value(environment, key).isBlank())
                .map(key -> Problem.missing(
                        key, key.startsWith(CHANNELS + ".") ? "; or take the channel out of application.yaml" : ""))
                .toList());
        if (environment.getProperty("feedhub.users[0].name") == null && !OidcSettings.areThere(environment)) {
            missing.add(Problem.of("feedhub.users", "missing; nobody could sign in; ./feedhub password makes one"));
        }
        String database = environment.getProperty(DATABASE, "");
        if (!database.isBlank() && !isPlain(database)) {
            missing.add(Problem.of(
                    DATABASE,
                    "no address of a database, or one with a name or password in it; write"
                            + " jdbc:postgresql://host:5432/postgres, and the others under"
                            + " feedhub.database.username and .password"));
        }
        String used = database.isBlank() ? "" : environment.getProperty(SPRINGS, "");
        if (TRANSACTION_MODE.matcher(database + " " + used).find()) {
            missing.add(Problem.of(
                    DATABASE,
                    "port 6543 is Supabase's transaction mode, which has no prepared statements"
                            + " and no LISTEN; write the session pooler's port, 5432"));
        }
        return missing;
    }

    /** An address is shown where a connection fails, so it must hold no secret. */
    static boolean isPlain(String database) {
        return database.matches("jdbc:postgresql://[^@?]*([?].*)?") && !database.contains("password=");
    }

    /** Whether every service has its address, so that the flows, which may be many, need not be read for it. */
    private static boolean areAllThere(ConfigurableEnvironment environment) {
        Set<String> services = names(environment, "feedhub.services");
        services.add(ServicesInUse.OF_MCP);
        return services.stream().noneMatch(service -> value(environment, "feedhub.services." + service + ".url")
                .isBlank());
    }

    /** The services that the flows in the configured folder call. */
    static Set<String> servicesInUse(ConfigurableEnvironment environment) {
        Path routes = Path.of(environment.getProperty("feedhub.routes", "routes"));
        return ServicesInUse.in(routes, names(environment, "feedhub.services"));
    }

    /** The names that the operator gave below a key. */
    private static Set<String> names(ConfigurableEnvironment environment, String parent) {
        Pattern name = Pattern.compile(Pattern.quote(parent) + "\\.([^.]+)\\..*");
        return KeySources.keys(environment)
                .map(name::matcher)
                .filter(Matcher::matches)
                .map(matched -> matched.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Spring looks for a variable only where the key is written as it writes keys. */
    static String value(ConfigurableEnvironment environment, String key) {
        String plain = key.replace("_", "").toLowerCase(Locale.ROOT);
        return environment.getProperty(plain, environment.getProperty(key, ""));
    }

    /** The environment variable for a key, whatever characters the operator's names in it have. */
    static String variable(String key) {
        return key.replaceAll("[-_]", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
