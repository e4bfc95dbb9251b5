package io.feedhub.console.desk;

import io.feedhub.flows.Flow;
import io.feedhub.flows.Flows;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

    SearchPage(Flows flows) {
        this.flows = flows;
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
        List<Line> lines = lines(flows.text(place.key()).orElse(""), word);
        boolean named = (place.key() + " " + file.domain() + " " + file.description())
                .toLowerCase(Locale.ROOT)
                .contains(word);
        return named || !lines.isEmpty()
                ? new Hit(place, place.isFlow() ? file.domain() + " · " + file.description() : "", lines)
                : null;
    }

    private static List<Line> lines(String file, String word) {
        List<String> text = file.lines().toList();
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
