package io.feedhub.flows.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The words of Camel's DSL that flows use. Numbers, switches and choices harm nobody; a text may name a class, a bean, a
 * language or an address, so only those texts are allowed that mean none of them or are judged by a rule of their own.
 */
final class AllowedTexts {
    private static final Set<String> TEXTS = Set.of(
            "aggregationRepository",
            "aggregationStrategy",
            "charset",
            "completionInterval",
            "completionTimeout",
            "completionTimeoutCheckerInterval",
            "delayPattern",
            "delimiter",
            "description",
            "endToken",
            "exceptionType",
            "excludePattern",
            "executorService",
            "expression",
            "group",
            "groupDelimiter",
            "header",
            "id",
            "idempotentRepository",
            "key",
            "logName",
            "marker",
            "maximumRedeliveryDelay",
            "maximumRetryDelay",
            "message",
            "name",
            "nodePrefixId",
            "note",
            "pattern",
            "redeliveryDelay",
            "ref",
            "resultType",
            "retryDelay",
            "source",
            "statusPropertyName",
            "timePeriodMillis",
            "timeout",
            "token",
            "type",
            "uri",
            "value",
            "variableReceive",
            "variableSend");

    /** Each holds addresses, beans or types of its own, or does something in other flows. */
    private static final Set<String> PARTS = Set.of(
            "errorHandler",
            "inputType",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "onCompletion",
            "outputType",
            "startupOrder");

    private AllowedTexts() {}

    /**
     * Whether a member of a mapping is for flows.
     *
     * @param definition what the DSL says of it
     */
    static boolean areForFlows(String name, JsonNode definition) {
        boolean isFreeText = definition.path("type").asText().equals("string") && !definition.has("enum");
        return !PARTS.contains(name) && (!isFreeText || TEXTS.contains(name));
    }
}
