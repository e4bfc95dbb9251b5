package io.feedhub.connectors.youtube;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * YouTube's daily quota, until midnight Pacific.
 *
 * @param dailyUnits for everything but searches; a page of a list costs one
 * @param dailySearches a quota of its own
 */
@ConfigurationProperties("feedhub.youtube")
record YouTubeSettings(@DefaultValue("10000") long dailyUnits, @DefaultValue("100") long dailySearches) {}
