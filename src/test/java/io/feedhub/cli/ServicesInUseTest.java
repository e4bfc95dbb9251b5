package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesInUseTest {
    private static final Set<String> KNOWN = Set.of("numu", "gemini", "youtube", "youtube-analytics", "noosphere");

    @TempDir
    private Path routes;

    @Test
    void aConnectorAndAParameterNameTheirService() throws IOException {
        write("one.yaml", "uri: kamelet:gemini-embed-action");
        write("two.yaml", "uri: kamelet:http-action\nparameters: { service: numu }");
        write("three.yaml", "uri: kamelet:youtube-analytics-action");
        assertThat(ServicesInUse.in(routes, KNOWN)).containsExactly("gemini", "numu", "youtube-analytics");
    }

    @Test
    void anMcpCallOfNoServiceIsOfNoosphere() throws IOException {
        write("one.yaml", "uri: kamelet:mcp-action");
        assertThat(ServicesInUse.in(routes, KNOWN)).containsExactly("noosphere");
    }

    /** They stand in for the service. */
    @Test
    void aFlowsTestsNeedNone() throws IOException {
        write("one.test.yaml", "calls: [{ service: mcp }]");
        assertThat(ServicesInUse.in(routes, KNOWN)).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(routes.resolve("ops")).resolve(name), text);
    }
}
