package io.feedhub.cli;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A token, and its line for {@code feedhub.tokens}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Make a token for a program and print its line for application.yaml.")
final class TokenCommand implements Runnable {
    private static final int BYTES = 32;

    private final Clock clock = Clock.systemUTC();

    @Parameters(paramLabel = "NAME", description = "What the audit calls its bearer.")
    private String name = "";

    @Option(
            names = "--role",
            defaultValue = "viewer",
            description = "viewer, operator, editor or admin (default: viewer).")
    private String role = "";

    @Option(names = "--days", defaultValue = "90", description = "How long it is good for (default: 90).")
    private int days;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "--days must be 1 or more");
        }
        String rest = ", role: " + Roles.named(spec, role) + ", expires: "
                + LocalDate.now(clock).plusDays(days) + " }";
        String bearer = Roles.name(spec, name);
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = "fh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrintWriter out = spec.commandLine().getOut();
        out.println("the token, shown this once: " + token);
        out.println("its line below feedhub.tokens in application.yaml:");
        out.println("    - { name: " + bearer + ", sha256: " + DigestUtils.sha256Hex(token) + rest);
    }
}
