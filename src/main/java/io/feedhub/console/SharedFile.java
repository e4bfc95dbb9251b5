package io.feedhub.console;

/** How a file that flows share may be called. */
public final class SharedFile {
    private SharedFile() {}

    public static boolean isFolder(String folder) {
        return folder.matches("beans|_shared");
    }

    /** @param name without a folder and without an ending */
    public static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    }
}
