package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.reifier.dataformat.DataFormatReifier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.StringUtils;

class CheckerTest {
    private static final String NAME = "routes/infrastructure/heartbeat_pulse.yaml";

    private static Checker checker = new Checker(new Vocabulary(
            java.util.Set.of(), java.util.Map.of(), java.util.Set.of(), java.util.Set.of(), java.util.Set::of, null));
    private static String good = "";

    @BeforeAll
    static void readTheWorkshop() throws IOException {
        checker = new Checker(WorkingDirectory.here().words());
        good = Files.readString(Path.of(NAME));
    }

    static Stream<BadEdit> mistakes() {
        return BadEdit.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsFoundWithItsLineAndWhatToWrite(BadEdit mistake) {
        String text = mistake.in(good);
        List<Finding> findings = checker.check(new FlowFile(NAME, text));
        assertThat(findings).as(text).anySatisfy(finding -> {
            assertThat(finding.reason()).contains(mistake.reason());
            assertThat(finding.fix()).contains(mistake.fix());
            assertThat(finding.line()).isBetween(1, (int) text.lines().count() + 1);
            assertThat(finding.column()).isPositive();
        });
    }

    @Test
    void everyFileOfTheCatalogueIsGood() throws IOException {
        for (FlowFile file : WorkingDirectory.here().all().values()) {
            assertThat(checker.check(file)).as(file.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-transaction", "\"#one-transaction\"", "in-batches"})
    void noServiceIsAskedInATransaction(String policy) {
        String text = good.replace("ref: one-transaction", "ref: " + policy)
                .replace("kamelet:discord-sink/heartbeat_pulse-silence", "kamelet:numu-action/heartbeat_pulse-silence");
        assertThat(checker.check(new FlowFile(NAME, text)))
                .extracting(Finding::reason)
                .contains("numu-action asks a service while a transaction is open");
        assertThat(checker.check(new FlowFile(NAME, text.replace("ref: " + policy, "ref: other"))))
                .extracting(Finding::reason)
                .doesNotContain("numu-action asks a service while a transaction is open");
    }

    /** It is delivered when the transaction has long been over. */
    @Test
    void aBatchThatIsFilledInATransactionMayAskWhenItIsDelivered() {
        String call =
                "                        - to: { uri: kamelet:numu-action/heartbeat_pulse-more, parameters: { path: /x } }";
        String step =
                "                        - setVariable: { name: \"state:heartbeat_pulse.misses\", variable: missed }";
        String within = good.replace(step, step + "\n" + call);
        String later = good.replace(
                step,
                step + "\n                        - aggregate:\n                            steps:\n"
                        + call.replaceAll("(?m)^", "      "));
        assertThat(reasons(within)).contains("numu-action asks a service while a transaction is open");
        assertThat(reasons(later)).doesNotContain("numu-action asks a service while a transaction is open");
    }

    private List<String> reasons(String text) {
        return checker.check(new FlowFile(NAME, text)).stream()
                .map(Finding::reason)
                .toList();
    }

    @Test
    void aFormatMayHaveItsOptionsOrNone() {
        for (String format : List.of("{ json: {} }", "{ json: { prettyPrint: true } }")) {
            assertThat(checker.check(new FlowFile(NAME, reading(format))))
                    .as(format)
                    .isEmpty();
        }
    }

    @Test
    void aFormatIsOneThatTheHubHas() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            for (String format : AllowRule.FORMATS) {
                String model = "org.apache.camel.model.dataformat." + StringUtils.capitalize(format) + "DataFormat";
                DataFormatDefinition definition = Class.forName(model)
                        .asSubclass(DataFormatDefinition.class)
                        .getDeclaredConstructor()
                        .newInstance();
                assertThat(DataFormatReifier.getDataFormat(camel, definition)).isNotNull();
            }
        }
        assertThat(checker.check(new FlowFile(NAME, reading("{ csv: {} }"))))
                .extracting(Finding::reason)
                .containsExactly("the format csv is not for flows");
    }

    private static String reading(String format) {
        return good.replace(
                "        - removeVariable: { name: \"state:heartbeat_pulse.misses\" }",
                "        - unmarshal: " + format);
    }

    @Test
    void aFindingPointsAtTheWord() {
        String text = good.replace("channel: infra,", "channel: infre,");
        Finding finding = checker.check(new FlowFile(NAME, text)).get(0);
        assertThat(Diagnostic.of(finding, NAME, text))
                .startsWith("error: unknown channel infre\n")
                .contains("channel: infre, tone: bad")
                .contains(" ^^^^^\n")
                .contains(" = did you mean infra?");
        String line = text.lines().skip(finding.line() - 1L).findFirst().orElseThrow();
        assertThat(line.substring(finding.column() - 1)).startsWith("infre,");
    }

    @Test
    void aFindingInsideAQueryPointsAtTheSign() {
        String text = good.replace("'seen by NUMU'", "'seen by #1'");
        Finding finding = checker.check(new FlowFile(NAME, text)).get(0);
        String line = text.lines().skip(finding.line() - 1L).findFirst().orElseThrow();
        assertThat(line.substring(finding.column() - 1)).startsWith("#1')");
    }

    @Test
    void aQueryWithAnotherPlaceholderMayHaveTheSign() {
        String query = "outputHeader: changed\n                          query: >-";
        String text = good.replace("'seen by NUMU'", "'seen by #1'")
                .replace(query, query.replace("query", "placeholder: \"§\"\n                          query"))
                .replace(":#name, :#status, :#detail", ":§name, :§status, :§detail");
        assertThat(checker.check(new FlowFile(NAME, text))).isEmpty();
        assertThat(checker.check(new FlowFile(NAME, text.replace(":§name", "§name"))))
                .extracting(Finding::reason)
                .containsExactly("§ becomes ? in a query");
        assertThat(checker.check(new FlowFile(NAME, text.replace(":§name", ":#name"))))
                .extracting(Finding::reason)
                .containsExactly(":# is no parameter beside this placeholder");
    }

    @Test
    void aQuestionMarkInAQueryEndsNoCheck() {
        String text = good.replace("'seen by NUMU'", "'seen?by=NUMU' || '#1'");
        assertThat(checker.check(new FlowFile(NAME, text)))
                .extracting(Finding::reason)
                .containsExactlyInAnyOrder("# becomes ? in a query", "Camel reads options behind the ? of a query");
    }

    @Test
    void anAmpersandIsOneInAConnectorsParameterAndWithinRaw() {
        assertThat(checker.check(new FlowFile(NAME, good.replace("${body[name]} is", "RAW(A&B ${body[name]})"))))
                .extracting(Finding::toString)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("RAW hides what is in it")
                .contains("write it without RAW");
        String title = "\"${body[name]} is ${body[status]}\"";
        for (String fine : List.of("A&B", "A&B (x) ${body[name]}", "RAW(A&B ${body[name]})")) {
            assertThat(checker.check(new FlowFile(NAME, good.replace(title, "\"" + fine + "\""))))
                    .isEmpty();
        }
    }

    @Test
    void anAmpersandOfAnotherComponentIsWrittenWithinRaw() {
        Map<String, String> advice = Map.of(
                "A&B", "write RAW(…) around the value",
                "A&B (x)", "write RAW{…} around the value",
                "A&B (x) {y}", "set a variable in a step before, and write ${variable.x}");
        advice.forEach((value, fix) -> assertThat(checker.check(new FlowFile(
                        NAME,
                        good.replace(
                                "- setBody: { constant: \"{}\" }",
                                "- to: { uri: \"log:x\", parameters: { marker: \"%s\" } }".formatted(value)))))
                .extracting(Finding::fix)
                .contains(fix));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{feedhub.database.password}}",
                "{{feedhub.database.password:}b}}",
                "{{feedhub.database.password:a\\nb}}",
                "{{feedhub.retry-delay:{{feedhub.database.password}}}}",
                "{{feedhub.retry-delay}}{{env:HOME}}",
                "{{{feedhub.database.password}}}",
                "{{?feedhub.database.password}}",
                "{{feedhub.database.password"
            })
    void aQueryHoldsNoPlaceholderOfTheConfigurationHoweverItIsWritten(String placeholder) {
        String text = good.replace("\"select coalesce(", "\"" + placeholder + " select coalesce(");
        assertThat(checker.check(new FlowFile(NAME, text)))
                .extracting(Finding::reason)
                .anyMatch(reason -> reason.endsWith("could be a secret"));
    }

    @Test
    void beansMayNotBeJustAnything() {
        String text = "- beans:\n    - name: shell\n      type: java.lang.ProcessBuilder\n      script: x\n";
        assertThat(checker.check(new FlowFile("beans/shell.yaml", text)))
                .extracting(Finding::line)
                .contains(3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.5/x", "file:/tmp", "bean:audit?method=newest", "direct:dead?block=true"})
    void whatABatchCannotDeliverGoesToARoute(String uri) {
        String text =
                """
                - beans:
                    - name: comment-batches
                      type: io.feedhub.state.Batches
                      properties: { name: comment-batches, maximumRedeliveries: 3, deadLetterUri: "URI" }
                """;
        assertThat(checker.check(new FlowFile("beans/batches.yaml", text.replace("URI", uri))))
                .extracting(Finding::fix)
                .contains("write direct:<flow>.<part>");
        assertThat(checker.check(new FlowFile("beans/batches.yaml", text.replace("URI", "direct:comments.dead"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errorHandler: { refErrorHandler: { ref: seen } }",
                "interceptSendToEndpoint: [ { interceptSendToEndpoint: { uri: \"log:x\", afterUri: \"http://10.0.0.5/x\" } } ]",
                "interceptFrom: [ { interceptFrom: { steps: [] } } ]",
                "onException: [ { onException: { exception: [java.io.IOException], onRedeliveryRef: seen } } ]",
                "onException: [ { onException: { exception: [java.io.IOException], redeliveryPolicy: { exchangeFormatterRef: seen } } } ]"
            })
    void whatFlowsShareHasNoAddressesAndBeans(String policy) {
        assertThat(checker.check(new FlowFile("routes/_shared/errors.yaml", "- routeConfiguration:\n    " + policy)))
                .extracting(Finding::reason)
                .anyMatch(reason -> reason.endsWith(" is not for flows"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: io.feedhub.console.audit.Audit",
                "type: \"#class:io.feedhub.state.Batches('x')\"",
                "type: org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository",
                "type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy, properties: { x: y }",
                "type: io.feedhub.state.Batches, properties: { name: a, dead-letter-uri: \"http://10.0.0.5/x\" }",
                "type: io.feedhub.delivery.Shape, properties: { title: \"#class:java.io.File\" }",
                "type: io.feedhub.state.Batches, constructors: { 0: x }"
            })
    void aBeanIsOneThatIsMadeForAuthors(String bean) {
        FlowFile file = new FlowFile("beans/one.yaml", "- beans:\n    - { name: one, " + bean + " }\n");
        assertThat(checker.check(file)).isNotEmpty();
    }

    @Test
    void carriageReturnsAndAByteOrderMarkSayNothing() {
        byte[] bytes = ("\uFEFF" + good.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
        FlowFile file = FlowFile.of(NAME, bytes);
        assertThat(checker.check(file)).isEmpty();
        assertThat(file.sha256()).isEqualTo(new FlowFile(NAME, good).sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "\"\"", "Infra", "~", "a b"})
    void aGroupIsTheNameOfAFolder(String group) {
        String text = good.replace("infrastructure", group);
        FlowFile file = new FlowFile("routes/" + group.replace("\"", "") + "/heartbeat_pulse.yaml", text);
        assertThat(checker.check(file))
                .extracting(Finding::fix)
                .anyMatch(fix -> fix.contains("such as infrastructure"));
    }

    @Test
    void aFileOfZerosIsOneThatAColumnHolds() {
        FlowFile file = FlowFile.of(NAME, new byte[100]);
        assertThat(file.text()).hasSize(100).doesNotContain("\0");
        assertThat(checker.check(file)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
    void aFileThatIsNotUtf8IsRefusedWithItsLine(String charset) {
        String text = good.replace("Tell #infra when", "Tell #infra, überall, when");
        FlowFile file = FlowFile.of(NAME, text.getBytes(Charset.forName(charset)));
        int line = charset.startsWith("UTF") ? 1 : 5;
        assertThat(checker.check(file))
                .extracting(Finding::line, Finding::reason)
                .containsExactly(tuple(line, "line " + line + " is not UTF-8"));
        assertThat(checker.check(FlowFile.of(NAME, text.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void aFileOfTwoMegabytesIsRefusedAtOnce() {
        assertThat(checker.check(new FlowFile(NAME, "#".repeat(2 << 20))))
                .extracting(Finding::reason)
                .containsExactly("the file is larger than 100 kB");
    }

    @Test
    void aTimeLimitIsAboveZero() {
        for (String limit : List.of("0s", "00m", "99999999999999999999d")) {
            String text = good.replace(
                    "    group: infrastructure",
                    "    group: infrastructure\n    routeProperty: [{ key: timeLimit, value: " + limit + " }]");
            assertThat(checker.check(new FlowFile(NAME, text)))
                    .extracting(Finding::fix)
                    .containsExactly("write a duration above zero, such as 90s, 10m, 6h or 2d, and at most 9999d");
        }
    }

    @Test
    void aConnectorWithoutANameIsAFinding() {
        String text = good.replace("kamelet:numu-action/heartbeat_pulse-sentinel", "kamelet:numu-action/");
        assertThat(checker.check(new FlowFile(NAME, text)))
                .extracting(Finding::reason)
                .containsExactly("the connector's call has no name of this flow");
    }

    @Test
    void aFileThatNoRuleForesawIsAFindingAndStopsNoOther() {
        String text = good.replace("(var(\"state:heartbeat_pulse.misses\") // 0) + 1", "(".repeat(20_000));
        assertThat(checker.check(new FlowFile(NAME, text)))
                .extracting(Finding::reason)
                .containsExactly("this file cannot be judged: StackOverflowError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body.class}",
                "$simple{body.getClass.name}",
                "}${ body[${header.a}class]",
                "${body[class.name]}",
                "${body[a.class]}",
                "${body['class']}",
                "${a${b.classLoader"
            })
    void anExpressionNamesNoClass(String expression) {
        String text = good.replace("Tell #infra when", expression);
        assertThat(checker.check(new FlowFile(NAME, text)))
                .extracting(Finding::reason)
                .contains("an expression may not reach for classes");
        assertThat(checker.check(new FlowFile(NAME, good.replace("Tell #infra when", "${body} class}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body[0][text]} of ${body.size} ${body.size()}",
                "${header.changed[0][text]} ${header.changed.size}",
                "${exchangeProperty.CamelGroupedExchange.size}",
                "${exchangeProperty.feedhub.run} ${exchangeProperty[feedhub.epoch]}",
                "${variable.pair[a.b]} ${variable[pair]} ${header:x} ${exchangeId}",
                "${body[title].trim.toUpperCase()} ${body[${header.key}]}",
                "${date:now:yyyy-MM-dd'T'HH.mm} ${exception.message} ${bodyAs(String).length}",
                "${body[class]} ${variable.found[0][class]}",
                "${body.substring(0, 3)} ${replace(a.b,c,${body})} ${collate(100)}",
                "it's ${body[a]} '${body[b]}' \\} ${body['a.b (c)']} ${header['a']}",
                "${iif(${body[n]} > 1, 'posts (many)', 'post')} ${bodyAs(String).contains('(')}"
            })
    void anExpressionReadsWhatIsThere(String expression) {
        String text = good.replace("\"${body[name]} is ${body[status]}\"", "'" + expression.replace("'", "''") + "'");
        assertThat(checker.check(new FlowFile(NAME, text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource:http://HOST/x",
                "  resource:http://HOST/x",
                "${iif(${body} == 1, resource:http://HOST/x, 2)}",
                "${jq(resource:http://HOST/x)} == 1"
            })
    void noCheckAsksAnAddress(String expression) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(50);
            String address = "127.0.0.1:" + server.getLocalPort();
            String text = good.replace("${header.changed.size} > 0", expression.replace("HOST", address));
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> checker.check(new FlowFile(NAME, text))))
                    .isNotEmpty();
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${variable.x\\}.exchange.context.createProducerTemplate.sendBody('file:/tmp/x','y')}",
                "$simple{variable.x[\\}].exchange}",
                "${variable.m.get('[').exchange.context.createProducerTemplate.sendBody('file:/tmp/x]', 'y')}",
                "${variable.m.get('(').exchange.context.x(')')}",
                "${body.get([)b.exchange.context.x(])}",
                "${variable.'a.exchange.b'}",
                "${body.'exchange'}",
                "${body[']}",
                "${list(${body[n]},'${variable.v}')}",
                "${list('a','b ${variable.v}')}",
                "${list(${body[n]},\"'\",${variable.v},\"'\")}"
            })
    void anExpressionThatCamelReadsOtherwiseIsRefused(String expression) {
        String title = "\"${body[name]} is ${body[status]}\"";
        String quoted = "'" + expression.replace("'", "''") + "'";
        assertThat(reasons(good.replace(title, quoted)))
                .anyMatch(reason -> reason.endsWith(" is not clear") || reason.startsWith(".exchange in "));
    }

    /** Camel runs what is in some headers, and evaluates names of headers, variables and properties. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: { uri: sql, parameters: { query: \"select 'x'\", outputHeader: CamelSqlQuery } }",
                "to: { uri: \"sql:select 'x'?outputHeader=camelSqlQuery\" }",
                "to: { uri: \"direct:x\", variableReceive: CamelSqlQuery }",
                "to: { uri: \"direct:x\", variableSend: \"${body}\" }",
                "setHeader: { name: \" camelsqlquery\", constant: x }",
                "setHeader: { name: \"${variable.n}\", constant: x }",
                "setHeader: { name: \"$simple{variable.n}\", constant: x }",
                "setHeaders: { headers: [ { name: \"Camel${variable.n}\", constant: x } ] }",
                "setVariable: { name: \"header:${variable.n}\", constant: x }",
                "setVariable: { name: \"${variable.n}\", constant: x }",
                "setVariables: { variables: [ { name: \"${variable.n}\", constant: x } ] }",
                "removeVariable: \"${variable.n}\"",
                "removeProperty: CamelExternalRedelivered",
                "setProperty: { name: CamelRouteStop, constant: true }",
                "setProperty: { name: feedhub.flow, constant: other }",
                "removeProperty: feedhub.run",
                "removeProperty: { name: Feedhub.run }",
                "filter: { simple: \"${body} == 1\", statusPropertyName: feedhub.giveUp, steps: [ { stop: {} } ] }"
            })
    void aFlowNamesItsOwn(String step) {
        assertThat(reasons(withStep(step)))
                .anyMatch(reason -> reason.endsWith("is an order to Camel, not for flows")
                        || reason.endsWith("is the hub's own")
                        || reason.equals("a name is not made of data"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setProperty: { name: CamelAggregationCompleteAllGroups, constant: true }",
                "setHeader: { name: feedhub, constant: x }",
                "setVariable: { name: camera, simple: \"${body}\" }",
                "removeHeader: { name: changed }",
                "removeHeaders: { pattern: \"*\" }"
            })
    void whatAFlowNamesIsFree(String step) {
        assertThat(reasons(withStep(step))).isEmpty();
    }

    /** Else it would be live, and have no page. */
    @ParameterizedTest
    @ValueSource(strings = {"beans/two words.yaml", "routes/_shared/a.b.yaml"})
    void aSharedFileHasANameThatCanBeAskedFor(String name) {
        assertThat(checker.check(new FlowFile(name, "- beans: []")))
                .extracting(Finding::reason)
                .contains("the file's name is not one for a file that flows share");
    }

    private static String withStep(String step) {
        return good.replace(
                "        - removeVariable: { name: \"state:heartbeat_pulse.misses\" }", "        - " + step);
    }

    @Test
    void theExampleInTheGuideIsGood() throws IOException {
        String guide = Files.readString(Path.of("docs/flows.md"));
        String example = guide.substring(guide.indexOf("```yaml\n") + 8);
        example = example.substring(0, example.indexOf("```"));
        assertThat(checker.check(new FlowFile("routes/operations/morning_count.yaml", example)))
                .isEmpty();
    }

    @Test
    void theSchemaForEditorsFitsEveryFlow() throws IOException {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        var schema = com.networknt.schema.JsonSchemaFactory.getInstance(com.networknt.schema.SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(Path.of("docs/flow.schema.json")));
        for (FlowFile file : WorkingDirectory.here().all().values()) {
            if (file.isFlow()) {
                Object flow = new org.snakeyaml.engine.v2.api.Load(org.snakeyaml.engine.v2.api.LoadSettings.builder()
                                .build())
                        .loadFromString(file.text());
                assertThat(schema.validate(json.valueToTree(flow)))
                        .as(file.name())
                        .isEmpty();
            }
        }
    }
}
