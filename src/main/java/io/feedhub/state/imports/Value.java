package io.feedhub.state.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;

/**
 * A value and where it came from.
 *
 * @param json the value
 * @param copy the file that had it
 */
record Value(JsonNode json, Origin copy) {
    /** By modification time. Where that is lost, the file itself is newer than its copies: so Syncthing names them. */
    static final Comparator<Value> NEWEST =
            Comparator.comparing(Value::copy).thenComparing(value -> value.json.toString());

    static final Comparator<Value> LARGEST = Comparator.comparing(
                    (Value value) -> value.number().orElse(BigDecimal.ZERO))
            .thenComparing(NEWEST);

    static final Comparator<Value> LATEST = Comparator.comparing(
                    (Value value) -> value.time().orElse(BigDecimal.ZERO))
            .thenComparing(NEWEST);

    Optional<BigDecimal> number() {
        return json.isNumber() ? Optional.of(json.decimalValue()) : Optional.empty();
    }

    /** Seconds since 1970 of an ISO 8601 text, or the number itself. */
    Optional<BigDecimal> time() {
        return json.isTextual() ? instant(json.asText()).map(Value::seconds) : number();
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }

    /** Times without a zone are taken as UTC, which is what the old hub wrote. */
    private static Optional<Instant> instant(String text) {
        try {
            if (text.length() <= 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            String iso = text.replaceFirst(" ", "T");
            return Optional.of(
                    iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
                            ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                                    .toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
