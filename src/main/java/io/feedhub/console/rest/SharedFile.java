package io.feedhub.console.rest;

/** How a file that flows share may be called. */
public final class SharedFile {
    private SharedFile() {}

    /** Whether files that flows share are kept in a folder of this name. */
    public static boolean isFolder(String folder) {
        return folder.matches("beans|_shared");
    }

    /**
     * Whether such a file may be called so.
     *
     * @param name without a folder and without an ending
     */
    public static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    }
}
