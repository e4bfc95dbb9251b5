package io.feedhub.runs;

/** The exchange properties by which a list of items that committed together says, for its run's record, what it did. */
public final class ItemCounts {
    /** How many items it stood for at first. */
    public static final String IN = "feedhub.itemsIn";

    /** How many of them took effect; who has this stands for a list. */
    public static final String OUT = "feedhub.itemsOut";

    /** How many failed, and come again. */
    public static final String PARKED = "feedhub.parked";

    private ItemCounts() {}
}
