package io.feedhub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** How a peer is driven: a line on its input runs the job once, and a line on its output says that it is over. */
final class Rounds {
    static final String READY = "ready";
    static final String OVER = "over";

    private Rounds() {}

    static void onEachLine(Runnable job) {
        System.out.println(READY);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                job.run();
                System.out.println(OVER);
            }
            System.exit(0);
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace(); // and ends: the job's own threads would keep the process, and the bench waiting
            System.exit(1);
        }
    }
}
