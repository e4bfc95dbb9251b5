package io.feedhub.cli;

import java.io.PrintStream;
import java.util.function.BiConsumer;
import picocli.CommandLine.Help.Ansi;

/** A bar that grows on a terminal while something long is done, and is gone afterwards; nothing where there is no terminal. */
final class Progress implements BiConsumer<Integer, Integer> {
    private static final int WIDTH = 40;
    private static final String ERASE = "\r\033[K";

    private final String what;
    private final PrintStream terminal;
    private final boolean shown;
    private int drawn = -1;

    /** @param what is counted, in the plural */
    Progress(String what) {
        this(what, System.err, Ansi.AUTO.enabled());
    }

    Progress(String what, PrintStream terminal, boolean shown) {
        this.what = what;
        this.terminal = terminal;
        this.shown = shown;
    }

    /** So many of so many are done. */
    @Override
    public void accept(Integer done, Integer all) {
        int full = WIDTH * done / Math.max(1, all);
        if (!shown || (full == drawn && done < all)) {
            return;
        }
        drawn = full;
        terminal.print(
                done < all
                        ? "\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + done + " of " + all + " " + what
                        : ERASE);
        terminal.flush();
    }
}
