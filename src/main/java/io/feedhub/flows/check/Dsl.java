package io.feedhub.flows.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The YAML DSL as Camel describes it in the JSON schema that it ships. */
final class Dsl {
    private static final String SCHEMA = "/schema/camelYamlDsl.json";
    private static final String EXPRESSION = "org.apache.camel.model.language.ExpressionDefinition";
    private static final String UNMARSHAL = "org.apache.camel.model.UnmarshalDefinition";
    private static final String ROUTE = "org.apache.camel.model.RouteDefinition";
    private static final String PROPERTY = "#/items/definitions/org.apache.camel.model.PropertyDefinition";

    private final JsonNode definitions;
    private final JsonNode entry;
    private final Map<String, JsonNode> languages;
    private final Map<String, JsonNode> formats;

    Dsl() {
        try (InputStream schema = Objects.requireNonNull(Dsl.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            entry = new ObjectMapper().readTree(schema).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException("Camel's schema of its DSL cannot be read", e);
        }
        definitions = entry.path("definitions");
        // Camel reads it, and its schema forgets it
        ((ObjectNode) definitions.path(ROUTE).path("properties"))
                .putObject("routeProperty")
                .put("type", "array")
                .putObject("items")
                .put("$ref", PROPERTY);
        languages = choices(EXPRESSION);
        formats = choices(UNMARSHAL);
    }

    private Map<String, JsonNode> choices(String definition) {
        Map<String, JsonNode> choices = new LinkedHashMap<>();
        definitions.path(definition).path("anyOf").path(0).path("oneOf").forEach(choice -> choice.path("properties")
                .properties()
                .forEach(member -> choices.put(member.getKey(), member.getValue())));
        return choices;
    }

    /** What an entry of a file may be. */
    JsonNode entry() {
        return entry;
    }

    /** The languages of expressions. */
    Set<String> languages() {
        return languages.keySet();
    }

    /** The definition that a schema stands for. */
    JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : definitions.path(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /** The form of a definition that is a mapping, or a missing node when it has none. */
    JsonNode mapping(JsonNode definition) {
        if (definition.path("type").asText().equals("object") || definition.has("properties")) {
            return definition;
        }
        for (JsonNode form : definition.path("oneOf")) {
            if (form.path("type").asText().equals("object")) {
                return form;
            }
        }
        return MissingNode.getInstance();
    }

    /** What a member of a mapping may be. A language or a format without more said is what its own definition says. */
    JsonNode member(JsonNode mapping, String name) {
        JsonNode member = mapping.path("properties").path(name);
        return member.isObject() && member.isEmpty()
                ? resolve(languages.getOrDefault(name, formats.getOrDefault(name, member)))
                : resolve(member);
    }

    /** Whether a mapping may have this member. */
    boolean has(JsonNode mapping, String name) {
        return mapping.path("properties").has(name);
    }

    /** The members that a mapping may have. */
    Set<String> members(JsonNode mapping) {
        Set<String> names = new TreeSet<>();
        mapping.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
