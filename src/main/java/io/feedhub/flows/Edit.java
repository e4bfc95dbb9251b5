package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;

/**
 * Somebody wants a file to be different.
 *
 * @param file the file as it should be; without text it should be gone
 * @param isDeletion whether the file should be gone
 * @param base the revision that the author saw; 0 for a new flow
 * @param author who wants it
 * @param origin file, api or rollback
 */
record Edit(FlowFile file, boolean isDeletion, int base, String author, String origin) {
    static final String FILE = "file";
    static final String API = "api";
    static final String ROLLBACK = "rollback";

    static Edit of(FlowFile file, int base, String author, String origin) {
        return new Edit(file, false, base, author, origin);
    }

    static Edit deletion(String file, int base, String author, String origin) {
        return new Edit(new FlowFile(file, ""), true, base, author, origin);
    }

    String flow() {
        return file.key();
    }
}
