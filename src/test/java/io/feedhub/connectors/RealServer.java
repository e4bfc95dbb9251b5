package io.feedhub.connectors;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A vendor's own program on a port of this machine, where it is installed. */
final class RealServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private RealServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A port that nobody uses, at this moment. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Skips the test, and says why, where a program or a file is missing. */
    static void require(boolean there, String what) {
        if (!there) {
            System.err.println("skipped: " + what);
        }
        Assumptions.assumeTrue(there, what);
    }

    static boolean onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Starts it, and waits until it answers, whatever it says; once more, if somebody else took its port meanwhile. */
    static RealServer start(Path output, Program program) throws IOException {
        RealServer server = launch(output, program);
        Awaitility.await().ignoreExceptions().until(() -> !server.process.isAlive() || server.answers());
        if (server.process.isAlive()) {
            return server;
        }
        RealServer second = launch(output, program);
        Awaitility.await().ignoreExceptions().until(second::answers);
        return second;
    }

    private static RealServer launch(Path output, Program program) throws IOException {
        int port = freePort();
        ProcessBuilder builder = program.on(port).redirectErrorStream(true).redirectOutput(output.toFile());
        return new RealServer(builder.start(), port);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean answers() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(url())).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                > 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** How it is started on a port. */
    @FunctionalInterface
    interface Program {
        ProcessBuilder on(int port) throws IOException;
    }
}
