package io.feedhub.console.signin;

import static io.feedhub.console.identity.Role.ADMIN;
import static io.feedhub.console.identity.Role.EDITOR;
import static io.feedhub.console.identity.Role.OPERATOR;
import static io.feedhub.console.identity.Role.VIEWER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import io.feedhub.console.hawtio.JolokiaDoor;
import io.feedhub.console.identity.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The one table of addresses and who may use them. The first row that fits decides; what fits none is for nobody, so a new
 * endpoint needs a row here.
 */
final class AccessRules {

    private static final PathPatternRequestMatcher.Builder PATHS = PathPatternRequestMatcher.withDefaults();

    /** Open to everyone. */
    static final List<String> OPEN =
            List.of("/observe/health", SignInPage.PATH, "/desk/sign-in.css", "/desk/mark.svg", "/error");

    /** Open in the sandbox to this machine. */
    static final String SANDBOX = "/sandbox/**";

    static final List<Row> ROWS = List.of(
            new Row(GET, "/api/nodes", VIEWER),
            new Row(GET, "/api/flows", VIEWER),
            new Row(GET, "/api/flows/{flow}", VIEWER),
            new Row(POST, "/api/flows/{flow}/run", OPERATOR),
            new Row(POST, "/api/flows/{flow}/pause", OPERATOR),
            new Row(POST, "/api/flows/{flow}/resume", OPERATOR),
            new Row(GET, "/api/flows/{flow}/state", VIEWER),
            new Row(GET, "/api/flows/{flow}/state/{name}", VIEWER),
            new Row(POST, "/api/flows/{flow}/state/{name}/restore", EDITOR),
            new Row(POST, "/api/flows/{flow}/seen/forget", EDITOR),
            new Row(POST, "/api/state/import", ADMIN),
            new Row(GET, "/api/flows/{flow}/revisions", VIEWER),
            new Row(GET, "/api/flows/{flow}/revisions/{number}", VIEWER),
            new Row(GET, "/api/flows/{flow}/revisions/{number}/diff", VIEWER),
            new Row(POST, "/api/flows/check", VIEWER),
            new Row(PUT, "/api/flows/{flow}", EDITOR),
            new Row(DELETE, "/api/flows/{flow}", EDITOR),
            new Row(POST, "/api/flows/{flow}/rollback", EDITOR),
            new Row(GET, "/api/files", VIEWER),
            new Row(PUT, "/api/files/{folder}/{name}", EDITOR),
            new Row(DELETE, "/api/files/{folder}/{name}", EDITOR),
            new Row(GET, "/api/files/{folder}/{name}/revisions", VIEWER),
            new Row(GET, "/api/files/{folder}/{name}/revisions/{number}", VIEWER),
            new Row(GET, "/api/files/{folder}/{name}/revisions/{number}/diff", VIEWER),
            new Row(POST, "/api/files/{folder}/{name}/rollback", EDITOR),
            new Row(GET, "/api/runs", VIEWER),
            new Row(GET, "/api/runs/{id}", VIEWER),
            new Row(GET, "/api/deliveries", VIEWER),
            new Row(GET, "/api/deliveries/{id}", VIEWER),
            new Row(POST, "/api/deliveries/{id}/retry", OPERATOR),
            new Row(POST, "/api/deliveries/{id}/give-up", OPERATOR),
            new Row(GET, "/api/channels", VIEWER),
            new Row(POST, "/api/channels/{channel}/resume", OPERATOR),
            new Row(POST, "/api/mesh/classify", OPERATOR),
            new Row(POST, "/api/mesh/claims", OPERATOR),
            new Row(POST, "/api/mesh/claims/{id}/renew", OPERATOR),
            new Row(DELETE, "/api/mesh/claims/{id}", OPERATOR),
            new Row(GET, "/api/mesh/work", VIEWER),
            new Row(POST, "/api/mesh/work/done", OPERATOR),
            new Row(GET, "/api/mesh/rate-limits", VIEWER),
            new Row(POST, "/api/mesh/rate-limits", OPERATOR),
            new Row(GET, "/api/report", VIEWER),
            new Row(GET, "/api/commands", VIEWER),
            new Row(GET, "/api/commands/{id}", VIEWER),
            new Row(POST, "/api/commands", VIEWER), // each command says which role may ask for it
            new Row(GET, "/api/models", VIEWER),
            new Row(GET, "/api/audit", ADMIN),
            new Row(GET, "/api/openapi", VIEWER),
            new Row(GET, "/api/openapi.yaml", VIEWER),
            new Row(GET, "/", VIEWER),
            new Row(GET, "/new", EDITOR),
            new Row(GET, "/flows/{flow}", VIEWER),
            new Row(GET, "/flows/{flow}/edit", VIEWER),
            new Row(POST, "/flows/{flow}/review", EDITOR),
            new Row(GET, "/flows/{flow}/revisions/{number}", VIEWER),
            new Row(GET, "/files/{folder}/{name}", VIEWER),
            new Row(GET, "/files/{folder}/{name}/edit", VIEWER),
            new Row(POST, "/files/{folder}/{name}/review", EDITOR),
            new Row(GET, "/files/{folder}/{name}/revisions/{number}", VIEWER),
            new Row(GET, "/runs", VIEWER),
            new Row(GET, "/runs/{id}", VIEWER),
            new Row(GET, "/deliveries", VIEWER),
            new Row(GET, "/deliveries/{id}", VIEWER),
            new Row(GET, "/nodes", VIEWER),
            new Row(GET, "/search", VIEWER),
            new Row(GET, "/audit", ADMIN),
            new Row(GET, "/desk/**", VIEWER),
            new Row(GET, "/webjars/**", VIEWER),
            new Row(GET, SANDBOX, VIEWER),
            new Row(GET, "/observe/metrics", VIEWER),
            new Row(GET, "/observe/health/**", VIEWER),
            new Row(GET, "/hawtio/**", VIEWER),
            // what a role may do there is in hawtio/jmx-policy.txt
            new Row(POST, JolokiaDoor.PATH + "/**", VIEWER));

    private AccessRules() {}

    /** The method by which a request is judged: who may GET may ask for the headers alone. */
    static HttpMethod asked(HttpServletRequest request) {
        HttpMethod method = HttpMethod.valueOf(request.getMethod());
        return method.equals(HttpMethod.HEAD) ? GET : method;
    }

    /** The methods with which the address of a request may be used at all; none when there is nothing. */
    static Set<HttpMethod> methods(HttpServletRequest request) {
        return ROWS.stream().filter(row -> row.isAt(request)).map(Row::method).collect(Collectors.toSet());
    }

    /**
     * @param method the HTTP method; whoever may GET may HEAD as well
     * @param path a path pattern; names in braces stand for one part of a path
     * @param role the lowest role that may
     * @param place which requests the path fits
     */
    record Row(HttpMethod method, String path, Role role, RequestMatcher place) {
        Row(HttpMethod method, String path, Role role) {
            this(method, path, role, PATHS.matcher(path));
        }

        boolean fits(HttpServletRequest request) {
            return method.equals(asked(request)) && isAt(request);
        }

        private boolean isAt(HttpServletRequest request) {
            return place.matches(request);
        }
    }
}
