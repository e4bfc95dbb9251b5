package io.feedhub.state.imports;

import java.time.Instant;
import java.util.Comparator;

/**
 * One file of a family.
 *
 * @param modified when it was written
 * @param conflict Syncthing's stamp of a copy, or empty for the file itself
 * @param file its name, with folders below the one that is imported
 */
record Origin(Instant modified, String conflict, String file) implements Comparable<Origin> {
    private static final Comparator<Origin> ORDER = Comparator.comparing(Origin::modified)
            .thenComparing(origin -> origin.conflict.isEmpty() ? "~" : origin.conflict)
            .thenComparing(Origin::file);

    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }
}
