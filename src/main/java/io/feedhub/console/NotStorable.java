package io.feedhub.console;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What PostgreSQL takes in no text and no time, such as the character NUL or the year 300000, is the caller's fault. */
@RestControllerAdvice
final class NotStorable {
    private static final Logger log = LoggerFactory.getLogger(NotStorable.class);

    @ExceptionHandler(DataIntegrityViolationException.class)
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    ProblemDetail refused(DataIntegrityViolationException refusal) {
        log.warn("the database refused a value of a request", refusal);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "the database takes a value of this request in no text or time");
    }
}
