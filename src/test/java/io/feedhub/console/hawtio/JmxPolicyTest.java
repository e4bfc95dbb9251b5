package io.feedhub.console.hawtio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.RunningHub;
import io.feedhub.console.Caller;
import io.feedhub.console.identity.Role;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every attribute and operation of every MBean, and who may use it: the golden file against the policy and the hub. */
class JmxPolicyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/jmx.golden");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final String FLOW =
            """
            - route:
                id: golden
                nodePrefixId: golden-
                group: operations
                description: Stands for all flows
                note: |-
                  when   daily
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:operations/golden
                  parameters:
                    cron: "0 0 0 * * ?"
                  steps:
                    - setBody: { constant: hello }
                    - log: "${body}"
            """;

    private static final int AT_ONCE = 300;

    @TempDir
    private static Path routes;

    private static RunningHub hub;

    private final JmxPolicy policy = JmxPolicy.ofTheJar();

    JmxPolicyTest() throws Exception {}

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(routes.resolve("operations"));
        Files.writeString(routes.resolve("operations/golden.yaml"), FLOW);
        hub = new RunningHub(routes, Caller.oneOfEachRole("x"));
        jolokia(Role.VIEWER, Map.of("type", "version")); // Jolokia brings MBeans of its own
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void theGoldenFileListsEveryMemberAndItsRole() throws Exception {
        List<String> actual = members().stream().map(Member::toString).toList();
        Files.write(Path.of("target/jmx.golden"), actual);
        List<String> golden = Files.readAllLines(GOLDEN);
        assertThat(actual.stream().filter(member -> !ofTheJvm(member)))
                .as("target/jmx.golden is what the policy says now; read the difference before you copy it")
                .containsExactlyElementsOf(
                        golden.stream().filter(member -> !ofTheJvm(member)).toList());
        assertThat(actual.stream().filter(member -> ofTheJvm(member) && !member.endsWith("nobody")))
                .isSubsetOf(golden);
    }

    /** Another JVM has other MBeans; none of them may be allowed that the golden file does not know. */
    private static boolean ofTheJvm(String member) {
        return member.matches("(at|op) (java|jdk|com\\.sun|JMI).*");
    }

    @Test
    void whatRunsCodeIsForNobody() throws Exception {
        assertThat(Files.readAllLines(GOLDEN))
                .filteredOn(
                        line -> line.matches(
                                "op .*(send|request|inject|addRoute|createEndpoint|[sS]etLog|vmLog|compiler|"
                                        + "jfr|gc|updateRoute|evaluate|Debug|breakpoint|reload|load|uninstall|setBody|eval|exec).*"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith("nobody"));
    }

    @Test
    void jolokiaDoesAsTheGoldenFileSaysForEveryRole() throws Exception {
        List<Member> members = members();
        for (Role role : Role.values()) {
            List<Map<String, Object>> requests = new ArrayList<>();
            List<Member> asked = new ArrayList<>();
            for (Member member : members) {
                if (member.use().equals("at")) {
                    requests.add(Map.of("type", "read", "mbean", member.bean().toString(), "attribute", member.name()));
                    asked.add(member);
                } else if (!member.may(role)) {
                    requests.add(Map.of(
                            "type",
                            "exec",
                            "mbean",
                            member.bean().toString(),
                            "operation",
                            member.name(),
                            "arguments",
                            List.of()));
                    asked.add(member);
                }
            }
            List<JsonNode> answers = new ArrayList<>();
            for (int i = 0; i < requests.size(); i += AT_ONCE) {
                jolokia(role, requests.subList(i, Math.min(i + AT_ONCE, requests.size())))
                        .forEach(answers::add);
            }
            for (int i = 0; i < asked.size(); i++) {
                boolean refused = answers.get(i).path("error_type").asText().contains("SecurityException")
                        || answers.get(i).path("status").asInt() == 403;
                assertThat(refused)
                        .as(role + " " + asked.get(i) + " " + answers.get(i))
                        .isEqualTo(!asked.get(i).may(role));
            }
        }
    }

    @Test
    void aRouteStoppedInHawtioIsOnRecordLikeTheRest() throws Exception {
        Map<String, Object> stop = Map.of(
                "type",
                "exec",
                "mbean",
                "org.apache.camel:context=feedhub,type=routes,name=\"golden\"",
                "operation",
                "stop()");
        assertThat(jolokia(Role.VIEWER, stop).path("status").asInt()).isEqualTo(403);
        assertThat(jolokia(Role.OPERATOR, stop).path("status").asInt()).isEqualTo(200);
        JsonNode entries = hub.get("/api/audit?action=jmx.stop&subject=golden").path("items");
        assertThat(entries.at("/0/who").asText()).isEqualTo("the operator");
        assertThat(entries.at("/0/via").asText()).isEqualTo("hawtio");
        assertThat(entries.at("/0/before/state").asText()).isEqualTo("Started");
        assertThat(entries.at("/0/after/state").asText()).isEqualTo("Stopped");
        assertThat(entries.at("/1/who").asText()).isEqualTo("the viewer");
        assertThat(entries.at("/1/result").asText()).isEqualTo("refused");
    }

    private static JsonNode jolokia(Role role, Object request) throws Exception {
        HttpResponse<String> answer = Caller.basic(hub, "the " + role, "x")
                .send("POST", "/hawtio/jolokia", JSON.writeValueAsString(request), "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** One MBean stands for all of its kind: names of routes, processors, pools and numbers are left out. */
    private List<Member> members() throws Exception {
        Map<String, Member> members = new TreeMap<>();
        for (ObjectName bean : new TreeSet<>(BEANS.queryNames(null, null))) {
            MBeanInfo info = BEANS.getMBeanInfo(bean);
            for (MBeanAttributeInfo attribute : info.getAttributes()) {
                if (attribute.isReadable()) {
                    Optional<Role> lowest = policy.read(bean, attribute.getName());
                    Member member = new Member("at", kind(bean), bean, attribute.getName(), lowest);
                    members.putIfAbsent(member.toString(), member);
                }
            }
            for (MBeanOperationInfo operation : info.getOperations()) {
                Optional<Role> lowest = policy.operation(bean, operation.getName());
                Member member = new Member("op", kind(bean), bean, operation.getName(), lowest);
                members.putIfAbsent(member.toString(), member);
            }
        }
        return List.copyOf(members.values());
    }

    private static String kind(ObjectName bean) {
        return bean.getDomain().replaceAll("[-\\d]+", "") + ":"
                + bean.getKeyPropertyList().entrySet().stream()
                        .filter(
                                property -> !property.getKey()
                                        .matches(
                                                "agent|id|name|context|host|port|WebModule|Realm|Servlet|.*[rR]ealmPath|worker"))
                        .map(property ->
                                property.getKey() + "=" + property.getValue().replaceAll("[-\\d]+", ""))
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    private record Member(String use, String kind, ObjectName bean, String name, Optional<Role> lowest) {
        boolean may(Role role) {
            return lowest.filter(role::includes).isPresent();
        }

        @Override
        public String toString() {
            return use + " " + kind + " " + name + "  "
                    + lowest.map(Role::toString).orElse("nobody");
        }
    }
}
