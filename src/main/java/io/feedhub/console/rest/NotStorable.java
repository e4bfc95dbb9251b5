package io.feedhub.console.rest;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What PostgreSQL takes in no text and no time, such as the character NUL or the year 300000, is the caller's fault. */
@RestControllerAdvice
final class NotStorable {
    private static final String DATA = "22";
    private static final Logger log = LoggerFactory.getLogger(NotStorable.class);

    @ExceptionHandler(DataIntegrityViolationException.class)
    ResponseEntity<ProblemDetail> refused(DataIntegrityViolationException refusal) {
        if (!isOfClass(DATA, refusal)) {
            log.error("the database refused what the hub wrote for a request", refusal);
            return answer(HttpStatus.INTERNAL_SERVER_ERROR, "this failed in the hub; its log says why");
        }
        log.warn("the database refused a value of a request", refusal);
        return answer(HttpStatus.BAD_REQUEST, "the database takes a value of this request in no text or time");
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail))
                .build();
    }

    /** Whether PostgreSQL gave this class of SQLState as the reason. */
    static boolean isOfClass(String beginning, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && String.valueOf(sql.getSQLState()).startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
