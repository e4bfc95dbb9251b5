package io.feedhub.cli;

import io.feedhub.cli.DoctorCommand.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at the space that is left where the hub runs. */
final class DiskDoctor {
    private static final long GIB = 1L << 30;

    private DiskDoctor() {}

    static List<Finding> check(Path folder) throws IOException {
        long left = Files.getFileStore(folder.toAbsolutePath()).getUsableSpace();
        String found = left / GIB + " GiB left";
        return List.of(
                left < GIB
                        ? Finding.warn("disk", found, "make room: logs and images grow")
                        : Finding.ok("disk", found));
    }
}
