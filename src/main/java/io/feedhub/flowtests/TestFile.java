package io.feedhub.flowtests;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.feedhub.flows.check.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Reads {@code <flow>.test.yaml}: {@code given} for all cases, and the cases. */
final class TestFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private final String flow;
    private final String name;
    private final String text;
    private final Consumer<String> callNames;

    private TestFile(String flow, String name, String text, Consumer<String> callNames) {
        this.flow = flow;
        this.name = name;
        this.text = text;
        this.callNames = callNames;
    }

    /**
     * The cases of a flow, in the file's order.
     *
     * @param name the file, as the operator knows it
     * @param callNames refuses the name of a call that there cannot be
     * @throws TestFileRefused when it is not a test file
     */
    static List<FlowTest> read(String flow, String name, Path file, Consumer<String> callNames) {
        try {
            return new TestFile(flow, name, Files.readString(file), callNames).tests();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private List<FlowTest> tests() {
        Contents contents = convert(load(), Contents.class, 1);
        List<FlowTest> tests = new ArrayList<>();
        int line = 0;
        for (Object written : contents.cases()) {
            line = lineOfNextCase(line);
            FlowTest test = convert(written, Case.class, line).test(flow, name + ":" + line, contents.given());
            requireCallNames(test, line);
            tests.add(test);
        }
        return tests;
    }

    private void requireCallNames(FlowTest test, int line) {
        Stream.of(
                        test.given().answers().keySet().stream(),
                        test.when().stream().flatMap(step -> step.answers().keySet().stream()),
                        test.then().calls().keySet().stream())
                .flatMap(names -> names)
                .forEach(call -> requireCallName(call, line));
    }

    /** It may stand above the cases, in what is given for all of them. */
    private void requireCallName(String call, int caseLine) {
        try {
            callNames.accept(call);
        } catch (IllegalArgumentException e) {
            throw new TestFileRefused(name + ":" + lineOf(call, caseLine), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object load() {
        try {
            Object loaded = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text);
            return Repeats.spellOut(loaded instanceof List<?> cases ? Map.of("cases", cases) : loaded);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new TestFileRefused(name + ":" + line, "not YAML: " + e.getProblem());
        }
    }

    private int lineOfNextCase(int after) {
        List<String> lines = text.lines().toList();
        for (int i = after; i < lines.size(); i++) {
            if (lines.get(i).matches("\\s*- case:.*")) {
                return i + 1;
            }
        }
        return after;
    }

    private int lineOf(String call, int caseLine) {
        List<String> lines = text.lines().toList();
        return IntStream.concat(IntStream.rangeClosed(caseLine, lines.size()), IntStream.range(1, caseLine))
                .filter(line -> lines.get(line - 1).contains(call))
                .findFirst()
                .orElse(caseLine);
    }

    private <T> T convert(@Nullable Object written, Class<T> type, int line) {
        try {
            return JSON.convertValue(written, type);
        } catch (IllegalArgumentException e) {
            throw new TestFileRefused(
                    name + ":" + line,
                    e.getCause() instanceof JsonMappingException mapping
                            ? reason(mapping)
                            : String.valueOf(e.getMessage()));
        }
    }

    private static String reason(JsonMappingException error) {
        if (error instanceof UnrecognizedPropertyException unknown) {
            return "unknown key " + unknown.getPropertyName() + "; "
                    + Vocabulary.instead(
                            unknown.getPropertyName(),
                            unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.toSet()));
        }
        String key = error.getPath().stream()
                .map(reference ->
                        reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName())
                .collect(Collectors.joining("."));
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return key + ": "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** The file's own shape. */
    private record Contents(@Nullable Given given, @Nullable List<Object> cases) {
        @Override
        public Given given() {
            return given == null ? Given.NOTHING : given;
        }

        @Override
        public List<Object> cases() {
            return cases == null ? List.of() : cases;
        }
    }

    private record Case(
            @JsonProperty("case") @Nullable String name,
            @Nullable Given given,
            @Nullable List<Step> when,
            @Nullable Then then) {

        FlowTest test(String flow, String place, Given forAll) {
            if (name == null || then == null) {
                throw new TestFileRefused(place, "a case has a name and an end; write case: and then:");
            }
            return new FlowTest(
                    flow,
                    place,
                    name,
                    forAll.with(given == null ? Given.NOTHING : given),
                    when == null ? List.of(Step.ONE_RUN) : when,
                    then);
        }
    }
}
