package io.feedhub.state.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What an operator says about files that do not explain themselves.
 *
 * @param files by the file's name without the dot and {@code .json}
 */
public record Rules(@Nullable Map<String, FileRule> files) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /** No rules. */
    public static final Rules NONE = new Rules(Map.of());

    /**
     * Reads them from a YAML file.
     *
     * @throws IllegalArgumentException when they are not rules, with the reason
     */
    public static Rules read(Path file) throws IOException {
        try {
            Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return JSON.readerFor(Rules.class).readValue(JSON.writeValueAsBytes(yaml));
        } catch (YamlEngineException | JsonProcessingException e) {
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException(file + ": " + reason, e);
        }
    }

    Optional<FileRule> of(String stem) {
        return Optional.ofNullable(files).map(all -> all.get(stem));
    }

    /**
     * @param flow whose state it is
     * @param kind of the whole file, when it holds a list or is one map
     * @param keys by member
     */
    record FileRule(@Nullable String flow, @Nullable Kind kind, @Nullable Map<String, KeyRule> keys) {
        Optional<KeyRule> of(String key) {
            if (key.isEmpty() && kind != null) {
                return Optional.of(new KeyRule(kind, null));
            }
            return Optional.ofNullable(keys).map(all -> all.get(key));
        }
    }

    /**
     * @param kind how its copies become one
     * @param as the variable's name, when it is to be another
     */
    record KeyRule(Kind kind, @Nullable String as) {}
}
