package io.feedhub.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.text.WordUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything a hub needs, from this machine and with its configuration, whether a hub runs or not. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check configuration, database, clock, disk, services and channels, and say what to do.")
final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (ConfigurableApplicationContext context = settings()) {
            ConfigurableEnvironment environment = context.getEnvironment();
            if (!json && environment.getProperty("feedhub.database.url", "").isBlank()) {
                spec.commandLine()
                        .getOut()
                        .println("This is what ./feedhub run needs; ./feedhub sandbox needs none of it.");
            }
            findings.addAll(SettingsDoctor.check(environment, Clock.systemUTC()));
            findings.addAll(new DatabaseDoctor(environment, Clock.systemUTC()).check());
            findings.addAll(DiskDoctor.check(Path.of("")));
            findings.addAll(new OidcDoctor(environment).check());
            findings.addAll(new ServiceDoctor(environment).check());
        }
        print(findings);
        return findings.stream().anyMatch(finding -> finding.result().equals("bad")) ? 1 : 0;
    }

    /** The configuration as the hub would read it, and nothing started. */
    private static ConfigurableApplicationContext settings() {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        return application.run();
    }

    private void print(List<Finding> findings) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("items", findings)));
            return;
        }
        int width = findings.stream()
                .mapToInt(finding -> finding.what().length())
                .max()
                .orElse(0);
        for (Finding finding : findings) {
            line(
                    out,
                    Table.coloured(finding.result(), Ansi.AUTO)
                            + " ".repeat(6 - finding.result().length())
                            + finding.what()
                            + " ".repeat(width - finding.what().length() + 2),
                    finding.found(),
                    width + 8);
            if (!finding.todo().isEmpty()) {
                line(out, " ".repeat(width + 8), "→ " + finding.todo(), width + 10);
            }
        }
        out.flush();
    }

    /** What is long goes on below, as far in as it began. */
    private static void line(PrintWriter out, String start, String text, int indent) {
        out.println(start
                + WordUtils.wrap(
                        text, Terminal.forWords() - indent, System.lineSeparator() + " ".repeat(indent), false));
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    /**
     * What one look has shown.
     *
     * @param result ok, warn or bad
     * @param what was looked at
     * @param found what is the case
     * @param todo what to do about it, or an empty text
     */
    record Finding(String result, String what, String found, String todo) {
        static Finding ok(String what, String found) {
            return new Finding("ok", what, found, "");
        }

        static Finding warn(String what, String found, String todo) {
            return new Finding("warn", what, found, todo);
        }

        static Finding bad(String what, String found, String todo) {
            return new Finding("bad", what, found, todo);
        }
    }
}
