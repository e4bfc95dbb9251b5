package io.feedhub.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Discord channels by name. A channel's URL is its secret and is shown nowhere.
 *
 * @param channels what {@code feedhub.discord.channels} lists
 */
@ConfigurationProperties("feedhub.discord")
record Channels(@DefaultValue Map<String, Channel> channels) {

    /** @param url the webhook's address, id and token included */
    record Channel(@Nullable String url) {
        boolean isConfigured() {
            return url != null && !url.isBlank();
        }

        @Override
        public String toString() {
            return "Channel[url=***]";
        }
    }
}
