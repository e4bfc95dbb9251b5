package io.feedhub.console.desk;

import io.feedhub.flows.check.FlowFile;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where a file stands on the desk and in the API.
 *
 * @param key what its revisions are filed under: the flow, or {@code beans/<name>} or {@code _shared/<name>}
 */
record Place(String key) {

    static Place flow(String id) {
        return named(id, FlowFile.isFlowId(id), "A flow’s name has small letters, digits and _, such as good_morning.");
    }

    /** A file that flows share. */
    static Place file(String folder, String name) {
        if (!FlowFile.isSharedFolder(folder)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no folder " + folder + ".");
        }
        return named(
                folder + "/" + name,
                FlowFile.isSharedId(name),
                "A file’s name has letters, digits, _ and -, and no ending.");
    }

    static Place of(String file) {
        return new Place(new FlowFile(file, "").key());
    }

    private static Place named(String key, boolean isGood, String otherwise) {
        if (!isGood) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, otherwise);
        }
        return new Place(key);
    }

    boolean isFlow() {
        return !FlowFile.isSharedKey(key);
    }

    /** Its name without a folder. */
    String name() {
        return key.substring(key.indexOf('/') + 1);
    }

    /** Its page. */
    public String page() {
        return (isFlow() ? "/flows/" : "/files/") + key;
    }

    /** Its address in the API. */
    public String api() {
        return "/api" + page();
    }

    /** What people call the kind of thing. */
    public String kind() {
        return isFlow() ? "flow" : "file";
    }
}
