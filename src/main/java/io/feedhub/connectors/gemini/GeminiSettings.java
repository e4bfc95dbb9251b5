package io.feedhub.connectors.gemini;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Gemini is used.
 *
 * @param model the model's name; names age fast
 * @param dailyTokens what all flows together may spend from midnight to midnight, Pacific
 */
@ConfigurationProperties("feedhub.gemini")
record GeminiSettings(@DefaultValue("gemini-flash-latest") String model, @DefaultValue("2000000") long dailyTokens) {}
