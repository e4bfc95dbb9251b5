package io.feedhub.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Discord channels by name. A channel's URL is its secret and is shown nowhere.
 *
 * @param channels what {@code feedhub.discord.channels} lists
 * @param keep how long messages that need nobody any more stay on the ledger
 */
@ConfigurationProperties("feedhub.discord")
record Channels(@DefaultValue Map<String, Channel> channels, @DefaultValue("90d") Duration keep) {

    /** The names of those that have an address. */
    Set<String> configured() {
        Set<String> names = new TreeSet<>(channels.keySet());
        names.removeIf(name -> address(name).isBlank());
        return names;
    }

    /** The webhook's address, id and token included; empty when there is none. */
    String address(String name) {
        Channel channel = channels.get(name);
        return channel == null || channel.url() == null ? "" : channel.url();
    }

    /** Whether a message whose answer was lost is sent again. */
    boolean repeats(String name) {
        Channel channel = channels.get(name);
        return channel != null && channel.guarantee() == Guarantee.AT_LEAST_ONCE;
    }

    /** What becomes of a message that was sent and whose answer was lost. */
    enum Guarantee {
        /** It stays unknown until a person decides. */
        AT_MOST_ONCE,
        /** It is sent again, and counted as a possible duplicate. */
        AT_LEAST_ONCE
    }

    /**
     * @param url the webhook's address
     * @param guarantee what becomes of a message whose answer was lost
     */
    record Channel(@Nullable String url, @DefaultValue("at-most-once") Guarantee guarantee) {
        Channel {
            if (url != null && !url.isBlank() && !isAddress(url)) {
                throw new IllegalArgumentException("a channel's url is not an address"); // it is a secret: not shown
            }
        }

        private static boolean isAddress(String url) {
            try {
                return url.matches("https?://[^/]+/.+") && URI.create(url).getRawAuthority() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "Channel[url=***, guarantee=" + guarantee + "]";
        }
    }
}
