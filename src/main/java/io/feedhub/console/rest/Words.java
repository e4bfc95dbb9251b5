package io.feedhub.console.rest;

import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Words of a list in a request. */
final class Words {
    private Words() {}

    /** What a word stands for; one that stands for nothing is answered with 400 and the list. */
    static <T> T of(String word, Function<String, T> list) {
        try {
            return list.apply(word);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }
}
