package io.feedhub.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a sandbox leaves in its folder for the commands beside it: where it listens, and a token. */
final class SandboxFiles {
    private static final Pattern ADDRESS = Pattern.compile("(https?://\\S+) (\\d{1,18})\\s*");

    private final Path folder;

    SandboxFiles(Path folder) {
        this.folder = folder;
    }

    /** Its address, while its process is there: one that was killed took nothing away. */
    Optional<String> address() {
        Matcher left = ADDRESS.matcher(read("address").orElse(""));
        return left.matches() && isAlive(Long.parseLong(left.group(2))) ? Optional.of(left.group(1)) : Optional.empty();
    }

    Optional<String> token() {
        return read("token").map(String::strip);
    }

    private Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (IOException e) { // there is none, or it belongs to somebody else
            return Optional.empty();
        }
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    }
}
