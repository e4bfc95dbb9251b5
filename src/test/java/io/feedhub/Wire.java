package io.feedhub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP wire to a port of this machine that can be cut: packets are swallowed, nobody is told, until it is mended. */
final class Wire implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Wire(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on nothing passes; connections stay half-open. */
    void cut() {
        cut = true;
    }

    /** What was half-open is broken; new connections pass. */
    void mend() {
        sockets.forEach(Wire::quietly);
        sockets.clear();
        cut = false;
    }

    @Override
    public void close() {
        quietly(server);
        mend();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                sockets.add(near);
                if (!cut) {
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(far);
                    begin(() -> carry(near, far));
                    begin(() -> carry(far, near));
                }
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                begin(this::accept); // the target is away for the moment
            }
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int read = in.read(buffer);
            while (read >= 0) {
                if (!cut) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
                read = in.read(buffer);
            }
        } catch (IOException e) {
            quietly(to);
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            System.getLogger("wire").log(System.Logger.Level.DEBUG, "broken on purpose", e);
        }
    }
}
