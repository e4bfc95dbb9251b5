package io.feedhub.mesh;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of the domains. A text is of the domain with the most of them; two with as many do not decide. */
final class Rules {
    private final Map<String, Pattern> domains = new TreeMap<>();

    Rules(Map<String, List<String>> words) {
        words.forEach((domain, list) -> domains.put(
                domain,
                Pattern.compile(
                        list.stream()
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(", ")(?![\\p{L}\\p{N}])")),
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
    }

    List<String> domains() {
        return List.copyOf(domains.keySet());
    }

    /** The domains with the most words in a text: one decides, none or several do not. */
    List<String> best(String text) {
        Map<String, Long> hits = new TreeMap<>();
        domains.forEach((domain, pattern) -> hits.put(
                domain,
                pattern.matcher(text)
                        .results()
                        .map(result -> result.group().toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()));
        long most = hits.values().stream().max(Comparator.naturalOrder()).orElse(0L);
        return most == 0
                ? List.of()
                : hits.entrySet().stream()
                        .filter(hit -> hit.getValue() == most)
                        .map(Map.Entry::getKey)
                        .toList();
    }
}
