package io.feedhub.connectors.gemini;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Gemini is used.
 *
 * @param model the model that answers; names age fast
 * @param embedModel the model that embeds
 * @param dimensions of an embedding
 * @param dailyTokens what all flows together may spend from midnight to midnight, Pacific
 * @param flowTokens what one flow may spend in that time
 * @param flows other bounds for single flows, by name
 * @param answerTokens the longest answer, thoughts included
 * @param cache how long an answer serves the same question; zero for never
 * @param keepUsage how long the tokens of a call are remembered
 */
@ConfigurationProperties("feedhub.gemini")
record GeminiSettings(
        @DefaultValue("gemini-flash-latest") String model,
        @DefaultValue("gemini-embedding-001") String embedModel,
        @DefaultValue("768") int dimensions,
        @DefaultValue("2000000") long dailyTokens,
        @DefaultValue("500000") long flowTokens,
        @DefaultValue Map<String, Long> flows,
        @DefaultValue("8192") int answerTokens,
        @DefaultValue("24h") Duration cache,
        @DefaultValue("400d") Duration keepUsage) {

    long tokensOf(String flow) {
        return flows.getOrDefault(flow, flowTokens);
    }
}
