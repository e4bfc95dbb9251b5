package io.feedhub.console.rest;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Without its database the hub answers that, and not with an error of its own. What is too much for PostgreSQL, such as a key
 * that no index takes, is no outage, though it has the same exception.
 */
@RestControllerAdvice
final class DatabaseAway {
    static final String WORDS = "the database does not answer; nothing was done; try again";
    static final String TOO_MUCH = "a value of this request is longer than the database takes";

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    ResponseEntity<ProblemDetail> away(Exception failure) {
        ProblemDetail problem = isTooMuch(failure)
                ? ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, TOO_MUCH)
                : ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, WORDS);
        return ResponseEntity.of(problem).build();
    }

    static boolean isTooMuch(Exception failure) {
        return NotStorable.isOfClass("54", failure);
    }
}
