package io.feedhub.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One value that is imported.
 *
 * @param flow the flow that will remember it
 * @param name the variable, or {@code seen} for ids
 * @param kind how its copies became one
 * @param value ids as a list, anything else as it will be in the variable
 * @param file the family's name: the file without Syncthing's stamp, with its folder below the one that is imported
 * @param copies how many files of the family had it
 * @param conflicts for how many keys the copies differed
 * @param sources which file each key came from; a single value has the key ""
 */
public record Entry(
        String flow,
        String name,
        String kind,
        JsonNode value,
        String file,
        int copies,
        int conflicts,
        Map<String, String> sources) {

    /** Whether the values become seen keys. */
    boolean isSeen() {
        return kind.equals(Kind.IDS.toString());
    }
}
