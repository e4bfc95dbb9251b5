package io.feedhub.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.RunningHub;
import io.feedhub.console.Caller;
import io.feedhub.console.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class AccessRulesTest {
    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = new RunningHub(Path.of("routes"), Caller.oneOfEachRole("x"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void everyEndpointHasARow() {
        assertThat(endpoints()).isSubsetOf(rows());
    }

    @Test
    void everyRowOfTheApiHasAnEndpoint() {
        assertThat(rows().stream().filter(row -> row.contains(" /api/")))
                .allSatisfy(row -> assertThat(endpoints()).contains(row));
    }

    @Test
    void theContractNamesEveryEndpointOfTheTable() {
        JsonNode paths = hub.get("/api/openapi").path("paths");
        AccessRules.ROWS.stream()
                .filter(row -> row.path().startsWith("/api/") && !row.path().startsWith("/api/openapi"))
                .forEach(
                        row -> assertThat(paths.properties()).as(row.toString()).anySatisfy(path -> {
                            assertThat(path.getKey().replaceAll("\\{\\w+}", "{}"))
                                    .isEqualTo(row.path().replaceAll("\\{\\w+}", "{}"));
                            assertThat(path.getValue()
                                            .has(String.valueOf(row.method()).toLowerCase(Locale.ROOT)))
                                    .isTrue();
                        }));
    }

    @Test
    void withoutSignInThereIsHealthAndNothingElse() {
        assertThat(hub.send("GET", "/observe/health", false).statusCode()).isEqualTo(200);
        assertThat(hub.send("GET", "/observe/health", false).body()).isEqualTo("{\"status\":\"UP\"}");
        for (AccessRules.Row row : AccessRules.ROWS) {
            String method = row.method() == null ? "GET" : row.method().name();
            assertThat(hub.send(method, row.path().replaceAll("\\{\\w+}", "1"), false)
                            .statusCode())
                    .as(row.toString())
                    .isIn(302, 401, 403);
        }
    }

    /** Names in addresses are of things that are not there, so that whoever may enter changes nothing. */
    @Test
    void eachRoleEntersWhereItsRowSays() {
        for (Role role : Role.values()) {
            Caller caller = Caller.basic(hub, "the " + role, "x");
            for (AccessRules.Row row : AccessRules.ROWS) {
                HttpResponse<String> answer =
                        caller.send(String.valueOf(row.method()), example(row), "", "Content-Type", "application/json");
                boolean refused = answer.statusCode() == 403 && answer.body().contains("may not do this");
                assertThat(refused)
                        .as(role + " " + row + " " + answer.statusCode() + " " + answer.body())
                        .isEqualTo(!role.includes(row.role()));
                assertThat(answer.statusCode())
                        .as(row.toString())
                        .isNotEqualTo(401)
                        .isLessThan(500);
            }
        }
    }

    /** The first row that fits decides, so none may stand in another's shadow with another role. */
    @Test
    void noRowIsOvershadowed() {
        for (AccessRules.Row row : AccessRules.ROWS) {
            AccessRules.Row first = AccessRules.ROWS.stream()
                    .filter(other -> Objects.equals(other.method(), row.method())
                            && new AntPathMatcher().match(other.path().replaceAll("\\{\\w+}", "*"), row.path()))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.role()).as(row + " after " + first).isEqualTo(row.role());
        }
    }

    private static String example(AccessRules.Row row) {
        return row.path()
                .replaceAll("\\{(id|number)}", "0")
                .replaceAll("\\{\\w+}", "nothing")
                .replace("**", "nothing");
    }

    @Test
    void whatHasNoRowIsForNobody() {
        assertThat(hub.send("GET", "/jolokia", false).statusCode()).isIn(302, 401);
        HttpResponse<String> nowhere = hub.send("GET", "/api/secrets", true);
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("there is nothing at this address");
        HttpResponse<String> otherwise = hub.send("DELETE", "/api/flows/heartbeat_pulse/run", true);
        assertThat(otherwise.statusCode()).isEqualTo(405);
        assertThat(otherwise.headers().firstValue("Allow")).hasValue("POST");
        assertThat(hub.send("GET", "/api/secrets", false).statusCode())
                .as("a stranger is told nothing")
                .isEqualTo(401);
        assertThat(hub.send("HEAD", "/api/flows", true).statusCode()).isEqualTo(200);
        assertThat(hub.send("HEAD", "/api/flows/heartbeat_pulse/run", true).statusCode())
                .isEqualTo(405);
    }

    @Test
    void whatIsSentAsAFormIsNotReadAndItsSenderToldHow() {
        HttpResponse<String> refused = Caller.basic(hub, "admin", "secret")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", "/api/flows/check", "- route: { id: a&b }");
        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(refused.body()).contains("Content-Type: application/yaml");
    }

    @Test
    void whatTomcatRefusesByItselfIsAProblemToo() {
        HttpResponse<String> refused = hub.send("GET", "/api/flows/a%2Fb", true);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
    }

    @Test
    void instantsAreTextWhateverIsAskedFor() {
        HttpResponse<String> nodes = Caller.basic(hub, "admin", "secret")
                .with("Accept", "application/yaml")
                .send("GET", "/api/nodes", null);
        assertThat(nodes.statusCode()).isEqualTo(406);
    }

    private static Set<String> rows() {
        return Stream.concat(
                        AccessRules.OPEN.stream().flatMap(path -> Stream.of("GET " + path, "null " + path)),
                        AccessRules.ROWS.stream().map(row -> row.method() + " " + anonymous(row.path())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The hub's own controllers; Hawtio, Jolokia and the actuator bring others, below addresses with a row of their own. */
    private static Set<String> endpoints() {
        return hub
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue()
                        .getBeanType()
                        .getName()
                        .matches("(io\\.feedhub\\.console|org\\.springdoc)\\..*"))
                .flatMap(entry -> names(entry.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        List<String> names = methods.isEmpty()
                ? List.of("null")
                : methods.stream().map(RequestMethod::name).toList();
        return mapping.getPatternValues().stream()
                .flatMap(path -> names.stream().map(name -> name + " " + anonymous(path)));
    }

    private static String anonymous(String path) {
        return path.replaceAll("\\{[^}]+}", "{}");
    }
}
