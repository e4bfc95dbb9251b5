package io.feedhub.connectors.gemini;

import io.feedhub.connectors.http.QuotaSpent;

/** The day's tokens are used up; a flow goes on without the model, and says so. */
public final class BudgetSpent extends QuotaSpent {
    private static final long serialVersionUID = 1L;

    BudgetSpent(String whose, long spent, long budget) {
        super(whose + " daily budget is spent: " + spent + " of " + budget + " tokens; it renews at midnight Pacific");
    }
}
