package io.feedhub.console.desk;

import io.feedhub.flows.Flow;
import io.feedhub.flows.Flows;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /search}: flows by name, description and by what is in their files. */
@Controller
final class SearchPage {
    private static final int LINES = 5;

    private final Flows flows;
    private final Revisions revisions;

    SearchPage(Flows flows, Revisions revisions) {
        this.flows = flows;
        this.revisions = revisions;
    }

    @GetMapping("/search")
    String find(@RequestParam(defaultValue = "") String q, Model model) {
        String word = q.strip().toLowerCase(Locale.ROOT);
        model.addAttribute("q", q);
        model.addAttribute(
                "hits",
                word.isEmpty()
                        ? List.of()
                        : flows.all().stream()
                                .map(flow -> hit(flow, word))
                                .filter(Objects::nonNull)
                                .toList());
        return "desk/search";
    }

    private @Nullable Hit hit(Flow flow, String word) {
        List<Line> lines = lines(revisions.head(flow.id()), word);
        boolean named = (flow.id() + " " + flow.domain() + " " + flow.description())
                .toLowerCase(Locale.ROOT)
                .contains(word);
        return named || !lines.isEmpty() ? new Hit(flow.id(), flow.domain(), flow.description(), lines) : null;
    }

    private static List<Line> lines(Optional<Revision> live, String word) {
        List<String> text =
                live.map(revision -> revision.content().lines().toList()).orElse(List.of());
        return IntStream.range(0, text.size())
                .filter(i -> text.get(i).toLowerCase(Locale.ROOT).contains(word))
                .limit(LINES)
                .mapToObj(i -> new Line(i + 1, text.get(i).strip()))
                .toList();
    }

    /** A flow that has the word in it. */
    record Hit(String flow, String domain, String description, List<Line> lines) {}

    /** A line of its file. */
    record Line(int number, String text) {}
}
