package io.feedhub.console.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.UriComponentsBuilder;

/** What stands around every page: who looks at it, what that person may do, and the time. */
@ControllerAdvice(basePackageClasses = Frame.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Frame {
    private final Clock clock;
    private final boolean isSandbox;

    Frame(Clock clock, Environment environment) {
        this.clock = clock;
        this.isSandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
    }

    @ModelAttribute("frame")
    View around(HttpServletRequest request, Principal person) {
        String query = request.getQueryString();
        return new View(
                person.getName(),
                request.isUserInRole("OPERATOR"),
                request.isUserInRole("EDITOR"),
                request.isUserInRole("ADMIN"),
                request.getRequestURI() + (query == null ? "" : "?" + query),
                first(request.getRequestURI(), query),
                Optional.ofNullable(request.getParameter("q")).orElse(""),
                isSandbox,
                Moment.at(Instant.now(clock), Instant.now(clock)));
    }

    /** As it was sent, so what is encoded stays so. */
    private static String first(String path, @Nullable String query) {
        return UriComponentsBuilder.fromPath(path)
                .query(query)
                .replaceQueryParam("before")
                .build()
                .toUriString();
    }

    @ModelAttribute("now")
    Instant now() {
        return Instant.now(clock);
    }

    /** What the API says as a problem, a page says as a page. */
    @ExceptionHandler
    String problem(
            ErrorResponseException problem,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal person,
            Model model) {
        return notHere(problem.getStatusCode(), problem.getBody().getDetail(), request, response, person, model);
    }

    /** All that an address has besides words is numbers. */
    @ExceptionHandler
    String noNumber(
            MethodArgumentTypeMismatchException problem,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal person,
            Model model) {
        String detail = problem.getValue() + " is no number, which " + problem.getName() + " must be.";
        return notHere(HttpStatus.BAD_REQUEST, detail, request, response, person, model);
    }

    private String notHere(
            HttpStatusCode status,
            @Nullable String detail,
            HttpServletRequest request,
            HttpServletResponse response,
            Principal person,
            Model model) {
        response.setStatus(status.value());
        model.addAttribute("frame", around(request, person));
        model.addAttribute("detail", detail);
        return "desk/problem";
    }

    /**
     * @param who the person's name
     * @param operates whether the person may run, pause and retry
     * @param edits whether the person may change flows
     * @param administers whether the person may read the audit
     * @param here this page's address, to ask for it again
     * @param first the address of the first page of the list that is on this page
     * @param query what was searched for
     * @param sandbox whether this is the sandbox
     * @param clock now
     */
    record View(
            String who,
            boolean operates,
            boolean edits,
            boolean administers,
            String here,
            String first,
            String query,
            boolean sandbox,
            Moment clock) {}
}
