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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /search}: flows and the files that they share, by name, description and by what is in them. */
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
                        : Stream.concat(flows.all().stream(), flows.shared().stream())
                                .map(file -> hit(file, word))
                                .filter(Objects::nonNull)
                                .toList());
        return "desk/search";
    }

    private @Nullable Hit hit(Flow file, String word) {
        Place place = Place.of(file.file());
        List<Line> lines = lines(revisions.head(place.key()), word);
        boolean named = (place.key() + " " + file.domain() + " " + file.description())
                .toLowerCase(Locale.ROOT)
                .contains(word);
        return named || !lines.isEmpty()
                ? new Hit(place, place.isFlow() ? file.domain() + " · " + file.description() : "", lines)
                : null;
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

    /** A file that has the word in it. */
    record Hit(Place place, String about, List<Line> lines) {}

    /** A line of its file. */
    record Line(int number, String text) {}
}
