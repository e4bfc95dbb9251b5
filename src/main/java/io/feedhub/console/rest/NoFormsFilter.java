package io.feedhub.console.rest;

import io.feedhub.console.signin.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The API takes no forms. What is sent as one, which curl does unless it is told otherwise, would be read and gone before anybody
 * saw the YAML in it.
 */
final class NoFormsFilter extends OncePerRequestFilter {
    private static final String REASON =
            "this was sent as a form; send YAML as application/yaml and JSON as application/json"
                    + " (curl --header 'Content-Type: application/yaml')";

    private final Refusals refusals;

    NoFormsFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        boolean isForm = type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
        if (isForm && hasCredentials(request) && hasBody(request)) {
            refusals.write(request, response, HttpStatus.UNSUPPORTED_MEDIA_TYPE, REASON);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** A form without them may be another site's, and the door has that on record. */
    private static boolean hasCredentials(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }
}
