package io.feedhub.console.desk;

import io.feedhub.flows.Diff;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** {@code …/revisions/{number}}: what a file was, and what is different now. */
@Controller
final class RevisionPage {
    private final Revisions revisions;

    RevisionPage(Revisions revisions) {
        this.revisions = revisions;
    }

    @GetMapping("/flows/{flow}/revisions/{number}")
    String show(@PathVariable String flow, @PathVariable int number, Model model) {
        return show(Place.flow(flow), number, model);
    }

    @GetMapping("/files/{folder}/{name}/revisions/{number}")
    String show(@PathVariable String folder, @PathVariable String name, @PathVariable int number, Model model) {
        return show(Place.file(folder, name), number, model);
    }

    private String show(Place place, int number, Model model) {
        Revision shown = revisions
                .find(place.key(), number)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no revision " + number + " of " + place.key() + "."));
        Optional<Revision> live = revisions.head(place.key());
        model.addAttribute("place", place);
        model.addAttribute(
                "revision", RevisionRow.of(shown, live.map(Revision::number).orElse(0), shown.at()));
        model.addAttribute("yaml", shown.content());
        model.addAttribute(
                "lines", live.map(now -> DiffLine.of(Diff.between(shown, now))).orElseGet(List::of));
        return "desk/revision";
    }
}
