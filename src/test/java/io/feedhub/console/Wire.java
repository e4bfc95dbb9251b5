package io.feedhub.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Sends requests as they are written: what an HTTP client would mend or refuse to send goes out. */
final class Wire {
    private final int port;

    Wire(String address) {
        this.port = URI.create(address).getPort();
    }

    static String basic(String name, String password) {
        byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /**
     * Sends a request and reads all of its answer.
     *
     * @param line such as {@code GET /api/flows}
     * @param headers each with its name; Host is added unless there is one
     */
    Answer send(String line, String body, String... headers) {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
        String all = String.join("\r\n", headers);
        head.append(all.contains("Host:") ? "" : "Host: 127.0.0.1:" + port + "\r\n")
                .append(all.isEmpty() ? "" : all + "\r\n")
                .append("Connection: close\r\n");
        if (!body.isEmpty() && !all.contains("Transfer-Encoding")) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            write(socket.getOutputStream(), head.append("\r\n").append(body).toString());
            return Answer.of(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** The hub may have answered and closed before all was sent. */
    private static void write(OutputStream out, String request) throws IOException {
        try {
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (SocketException e) {
            // the answer says why
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException e) {
            if (answer.isEmpty()) {
                throw e;
            }
        }
        return answer.toString();
    }

    /** @param text status line, headers and body as they came */
    record Answer(int status, String text) {
        static Answer of(String text) {
            return new Answer(Integer.parseInt(text.split(" ", 3)[1]), text);
        }
    }
}
