package io.feedhub.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.database.Storable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The items of a list and their keys: a member of each, or the item itself when it has no members. */
final class Keyed {
    /** The variable in which a Kamelet says the member's name. */
    private static final String MEMBER = "seen.key";

    private Keyed() {}

    /**
     * The items by key, in the list's order; of several with one key, the first.
     *
     * @param keyless is given those that have none
     * @throws IllegalStateException when the body is no list
     */
    static Map<String, Object> items(Exchange exchange, Consumer<Object> keyless) {
        String member = String.valueOf(exchange.removeVariable(MEMBER));
        List<?> list = Lists.body(exchange);
        if (list == null) {
            throw new IllegalStateException("unseen-action and claim-action need a list as the body");
        }
        Map<String, Object> items = new LinkedHashMap<>();
        for (Object item : list) {
            String key = key(item, member);
            if (key == null) {
                keyless.accept(item);
            } else {
                items.putIfAbsent(key, item);
            }
        }
        return items;
    }

    /** The same of a list whose items all have one. */
    static Map<String, Object> items(Exchange exchange) {
        String member = String.valueOf(exchange.getVariable(MEMBER));
        return items(exchange, item -> {
            throw new IllegalStateException("an item has no " + member + ": name its key with the parameter key");
        });
    }

    private static @Nullable String key(@Nullable Object item, String member) {
        Object key = item instanceof Map<?, ?> map
                ? map.get(member)
                : item instanceof JsonNode node && node.isObject() ? node.get(member) : item;
        String text = key instanceof JsonNode node ? text(node) : key == null ? null : key.toString();
        return text == null ? null : Storable.text(text);
    }

    private static @Nullable String text(JsonNode key) {
        return key.isNull() ? null : key.asText();
    }
}
