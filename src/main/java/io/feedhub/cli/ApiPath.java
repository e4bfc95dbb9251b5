package io.feedhub.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How things of the hub are written in the addresses of its API. */
final class ApiPath {
    private static final Pattern HIDING = Pattern.compile("[/\\\\;%]");

    private ApiPath() {}

    /** A path with its query; what is blank is left out. */
    static String with(Map<String, String> query, String path) {
        String parameters = query.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return path + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** The address of a flow, or of a file that flows share, such as {@code beans/digest}. */
    static String of(String flow) {
        int folder = flow.indexOf('/');
        return folder < 0
                ? "/api/flows/" + part(flow)
                : "/api/files/" + part(flow.substring(0, folder)) + "/" + part(flow.substring(folder + 1));
    }

    /** A name as one part of a path. Some characters the hub takes there in no spelling: they can hide what is meant. */
    static String part(String name) {
        if (HIDING.matcher(name).find()) {
            throw new IllegalArgumentException("the hub cannot be asked for " + Table.text(name)
                    + " by its name: no address has /, \\, ; or % within a name");
        }
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
