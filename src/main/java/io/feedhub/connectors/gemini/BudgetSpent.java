package io.feedhub.connectors.gemini;

/** The day's tokens are used up; a flow goes on without the model, and says so. */
public final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetSpent(long spent, long budget) {
        super("Gemini's daily budget is spent: " + spent + " of " + budget + " tokens; it renews at midnight Pacific");
    }
}
