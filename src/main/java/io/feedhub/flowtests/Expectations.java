package io.feedhub.flowtests;

import io.feedhub.flowtests.Runs.Ended;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Compares what is the case after the runs with what the test says must be. */
@Component
@Profile("flow-tests")
final class Expectations {
    private static final String POSTS =
            """
            select payload -> 'embeds' -> 0 || jsonb_build_object('channel', channel) from feedhub.outgoing
            where flow = ? order by id""";
    /** As {@code delivery.Embeds} counts the pages of a text. */
    private static final Pattern FURTHER_PAGE = Pattern.compile("(?!1 )\\d+ of \\d+");

    private final Tables tables;
    private final Outside outside;

    Expectations(Tables tables, Outside outside) {
        this.tables = tables;
        this.outside = outside;
    }

    /** Every difference, ready to print. */
    List<String> differences(FlowTest test, List<Ended> runs) {
        List<String> lines = new ArrayList<>(outcomes(test.then(), runs));
        lines.addAll(posts(test));
        test.then()
                .rows()
                .forEach((table, rows) ->
                        lines.addAll(Difference.inAnyOrder("rows of " + table, rows, tables.rows(table))));
        lines.addAll(remembered(test));
        test.then().calls().forEach((name, expected) -> lines.addAll(calls(name, expected)));
        outside.unforeseen().stream()
                .map(Call::toString)
                .distinct()
                .forEach(call -> lines.add("called " + call + ", to which given.answers has no answer"));
        return lines;
    }

    /** Several outcomes are of as many runs. */
    static List<String> outcomes(Then then, List<Ended> runs) {
        List<String> lines = new ArrayList<>();
        if (then.outcome().size() > 1) {
            lines.addAll(Difference.ofValue("runs", then.outcome().size(), runs.size()));
        }
        for (int run = 0; run < runs.size(); run++) {
            Ended ended = runs.get(run);
            String reason = ended.error() == null ? "" : ": " + ended.error();
            if (!then.outcome(run).equals(ended.outcome())) {
                lines.add("run " + (run + 1));
                lines.add("  - " + then.outcome(run));
                lines.add("  + " + ended.outcome() + reason);
            }
        }
        String error =
                runs.stream().map(Ended::error).filter(reason -> reason != null).reduce(null, (a, b) -> b);
        if (then.error() != null) {
            lines.addAll(Difference.ofValue("error", then.error(), error));
        }
        int parked = runs.stream().mapToInt(Ended::parked).sum();
        lines.addAll(Difference.ofValue("parked items", then.parked(), parked));
        return lines;
    }

    private List<String> posts(FlowTest test) {
        Map<String, List<Map<String, @Nullable Object>>> actual = posts(tables.json(POSTS, test.flow()));
        List<String> lines = new ArrayList<>();
        TreeSet<String> channels = new TreeSet<>(actual.keySet());
        channels.addAll(test.then().posts().keySet());
        for (String channel : channels) {
            List<?> expected = test.then().posts().getOrDefault(channel, List.of()).stream()
                    .map(Expectations::expected)
                    .toList();
            lines.addAll(Difference.inOrder("posts in " + channel, expected, actual.getOrDefault(channel, List.of())));
        }
        return lines;
    }

    /** A post as it is compared: a text is its title, and any word for a tone is the tone. */
    private static @Nullable Object expected(@Nullable Object post) {
        if (post instanceof String title) {
            return Map.of("title", title);
        }
        if (!(post instanceof Map<?, ?> written) || !(written.get("tone") instanceof String word)) {
            return post;
        }
        Map<Object, @Nullable Object> members = new LinkedHashMap<>(written);
        members.put("tone", Tones.of(word));
        return members;
    }

    /** What was posted, by channel. A long text leaves in several messages; here it is one post again. */
    static Map<String, List<Map<String, @Nullable Object>>> posts(List<Object> embeds) {
        Map<String, List<Map<String, @Nullable Object>>> posts = new LinkedHashMap<>();
        for (Object written : embeds) {
            Map<?, ?> embed = (Map<?, ?>) written;
            List<Map<String, @Nullable Object>> channel =
                    posts.computeIfAbsent(String.valueOf(embed.get("channel")), name -> new ArrayList<>());
            if (isFurtherPage(embed) && !channel.isEmpty()) {
                channel.get(channel.size() - 1)
                        .computeIfPresent("text", (key, text) -> text + "" + embed.get("description"));
            } else {
                channel.add(post(embed));
            }
        }
        return posts;
    }

    /** By its footer: a message of its own may have no title either. */
    private static boolean isFurtherPage(Map<?, ?> embed) {
        return embed.get("footer") instanceof Map<?, ?> footer
                && FURTHER_PAGE.matcher(String.valueOf(footer.get("text"))).matches();
    }

    private static Map<String, @Nullable Object> post(Map<?, ?> embed) {
        Map<String, @Nullable Object> post = new LinkedHashMap<>();
        post.put("title", embed.get("title"));
        post.put("text", embed.get("description"));
        post.put("url", embed.get("url"));
        post.put("tone", embed.get("color") instanceof Integer colour ? Tones.of(colour) : null);
        return post;
    }

    private List<String> remembered(FlowTest test) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object row : tables.json(
                "select jsonb_build_object('name', name, 'value', value) from feedhub.state where flow = ?",
                test.flow())) {
            Map<?, ?> entry = (Map<?, ?>) row;
            values.put(String.valueOf(entry.get("name")), entry.get("value"));
        }
        List<String> lines = new ArrayList<>();
        test.then()
                .remembered()
                .forEach((name, value) ->
                        lines.addAll(Difference.ofValue("remembered " + name, value, values.get(name))));
        List<String> seen = test.then().seen();
        if (seen != null) {
            lines.addAll(Difference.inAnyOrder(
                    "seen", seen, tables.json("select to_jsonb(key) from feedhub.seen where flow = ?", test.flow())));
        }
        return lines;
    }

    private List<String> calls(String name, @Nullable Object expected) {
        List<Call> calls = outside.calls(name);
        if (expected instanceof Integer) {
            return Difference.ofValue("calls of " + name, expected, calls.size());
        }
        List<?> bodies = expected instanceof List<?> list ? list : List.of();
        boolean asSent = bodies.stream().anyMatch(Call::isOfTheProtocol);
        return Difference.ofWhole(
                "calls of " + name,
                bodies,
                calls.stream().map(asSent ? Call::body : Call::matter).toList());
    }
}
