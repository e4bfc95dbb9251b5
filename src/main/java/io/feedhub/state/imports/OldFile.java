package io.feedhub.state.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A state file of the old hub, or one of its copies.
 *
 * @param family the file's name without Syncthing's addition, with folders
 * @param origin which file of the family it is
 * @param content an object or an array
 */
record OldFile(String family, Origin origin, JsonNode content) {
    private static final Pattern STATE = Pattern.compile("\\..+\\.json");
    private static final Pattern CONFLICT = Pattern.compile("\\.sync-conflict-(\\d{8}-\\d{6}-[A-Z0-9]{7})");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The state files below a folder. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> STATE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** @throws Broken when it cannot be read whole */
    static OldFile read(Path folder, Path file) throws Broken {
        String name = folder.relativize(file).toString().replace('\\', '/');
        Matcher conflict = CONFLICT.matcher(name);
        String stamp = conflict.find() ? conflict.group(1) : "";
        try {
            Origin origin = new Origin(Files.getLastModifiedTime(file).toInstant(), stamp, name);
            return new OldFile(family(name), origin, parse(name, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new Broken(name, "cannot be read: " + e.getMessage());
        }
    }

    static String family(String name) {
        return CONFLICT.matcher(name).replaceAll("");
    }

    private static JsonNode parse(String name, byte[] bytes) throws Broken {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.isBlank()) {
                throw new Broken(name, "is empty");
            }
            JsonNode content = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            if (!content.isContainerNode()) {
                throw new Broken(name, "holds neither an object nor a list");
            }
            return content;
        } catch (CharacterCodingException e) {
            throw new Broken(name, "is not text: it has bytes that are not UTF-8");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new Broken(name, "is not whole JSON: line " + line + ": " + e.getOriginalMessage());
        }
    }

    /** A file that is skipped, and why. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final String file;

        Broken(String file, String reason) {
            super(reason);
            this.file = file;
        }

        Skipped skipped() {
            return new Skipped(file, String.valueOf(getMessage()));
        }
    }
}
