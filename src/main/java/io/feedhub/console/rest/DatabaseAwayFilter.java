package io.feedhub.console.rest;

import io.feedhub.console.signin.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says the same as {@link DatabaseAway} when the doors themselves, which keep records, cannot reach the database. */
final class DatabaseAwayFilter extends OncePerRequestFilter {
    private final Refusals refusals;

    DatabaseAwayFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        try {
            next.doFilter(request, response);
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
            if (response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            if (DatabaseAway.isTooMuch(e)) {
                refusals.write(request, response, HttpStatus.BAD_REQUEST, DatabaseAway.TOO_MUCH);
            } else {
                refusals.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, DatabaseAway.WORDS);
            }
        }
    }
}
