package io.feedhub.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Values as columns of JSON have them: the hub reads what it wrote. Thread-safe. */
@Component("json-columns") // json alone is a name that a bean of flows may want
public final class Json {
    private final ObjectMapper mapper;

    /** @param mapper how values become JSON, for the API and the database alike */
    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * A value as JSON.
     *
     * @throws IllegalArgumentException when it has a part for which there is no JSON
     */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "no JSON can be made of a " + value.getClass().getName(), e);
        }
    }

    /**
     * A value that a column holds; null for JSON's null.
     *
     * @throws IllegalStateException when the column holds another one
     */
    public <T extends @Nullable Object> T read(String column, Class<T> type) {
        try {
            return mapper.readValue(column, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column holds what is no " + type.getName(), e);
        }
    }

    /** The same for a value whose type has parameters. */
    public <T extends @Nullable Object> T read(String column, TypeReference<T> type) {
        try {
            return mapper.readValue(column, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a column holds what is no " + type.getType().getTypeName(), e);
        }
    }
}
