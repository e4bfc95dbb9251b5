package io.feedhub.sandbox;

import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Another sandbox runs in this folder. */
final class FolderTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderTaken(Path folder) {
        super("Another sandbox runs here, and keeps its database in " + folder + ".");
    }

    /** Spring's way to tell it without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<FolderTaken> {
        @Override
        protected FailureAnalysis analyze(Throwable root, FolderTaken cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Stop it (`./feedhub flows` tells whether it answers), or start this one in another folder.",
                    cause);
        }
    }
}
