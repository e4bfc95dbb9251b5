package io.feedhub.flows.check;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One YAML file of an operator's folder.
 *
 * @param name the path as the operator knows it, with slashes, such as routes/intelligence/x_repost_watcher.yaml
 * @param text what it holds
 */
public record FlowFile(String name, String text) {
    /** What the name of such a file ends with. */
    public static final String ENDING = ".yaml";

    /** What it ends with for other programs, and for no hub. */
    static final String OTHER_ENDING = ".yml";

    /** And with what the name of one ends that lies beside a flow and says how it must behave. */
    public static final String TESTS = ".test.yaml";

    /** How many folders and names a path below an operator's folder has at most. */
    public static final int DEPTH = 3;

    /** What is read for bytes that are no UTF-8. */
    static final char UNREADABLE = '\uFFFD';

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * A file as an editor left it. A byte order mark and carriage returns say nothing about a flow, so two machines whose
     * editors differ in them have the same file. A NUL is one in no YAML, and no column holds it: a file of zeros, or one in
     * UTF-16, is refused like any other that cannot be read.
     */
    public static FlowFile of(String name, byte[] bytes) {
        String text =
                new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n").replace('\0', UNREADABLE);
        return new FlowFile(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    /** Whether a file of this name holds a flow or what flows share, and not a flow's tests or something else. */
    public static boolean isName(String name) {
        return name.endsWith(ENDING) && !name.endsWith(TESTS);
    }

    /**
     * Whether what is at this path below an operator's folder is such a file, and not what an editor or an author has beside
     * one: nothing hidden is, and nothing deeper than {@link #DEPTH}.
     */
    public static boolean isPlace(Path path) {
        return path.getNameCount() <= DEPTH
                && isName(path.toString())
                && StreamSupport.stream(path.spliterator(), false)
                        .noneMatch(part -> part.toString().startsWith("."));
    }

    /** Whether a flow may be called so: it is the name of a page, of a meter's tag and of rows. */
    public static boolean isFlowId(String id) {
        return id.matches("[a-z][a-z0-9_]{0,62}");
    }

    /** Whether files that flows share are kept in a folder of this name. */
    public static boolean isSharedFolder(String folder) {
        return folder.matches("beans|_shared");
    }

    /** Whether a file that flows share may be called so, without its ending. */
    public static boolean isSharedId(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    }

    /** The id that the file's route must have. */
    public String id() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.substring(0, Math.max(last.lastIndexOf('.'), 0));
    }

    /** The folder it is in. */
    public String domain() {
        String[] parts = name.split("/");
        return parts.length < 3 ? "" : parts[parts.length - 2];
    }

    /** Whether it holds policy for all flows instead of a flow. */
    public boolean isShared() {
        return domain().equals("_shared");
    }

    /** Whether it holds beans instead of a flow. */
    public boolean isBeans() {
        return name.startsWith("beans/");
    }

    /** Whether it holds a flow. */
    public boolean isFlow() {
        return !isShared() && !isBeans();
    }

    /** What its revisions are filed under: the flow's id, or {@code beans/<name>} or {@code _shared/<name>}. */
    public String key() {
        return isBeans() ? "beans/" + id() : isShared() ? "_shared/" + id() : id();
    }

    /** Whether a {@link #key()} is that of a file that flows share: of beans or of policy. */
    public static boolean isSharedKey(String key) {
        return key.contains("/");
    }

    /** The hash of its text, in hex. */
    public String sha256() {
        return DigestUtils.sha256Hex(text);
    }
}
