package io.feedhub.console.desk;

import io.feedhub.flows.Flows;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** {@code /files/{folder}/{name}}: a file that flows share, who uses it, and what it was. */
@Controller
final class FilePage {
    private final Flows flows;
    private final Revisions revisions;

    FilePage(Flows flows, Revisions revisions) {
        this.flows = flows;
        this.revisions = revisions;
    }

    @GetMapping("/files/{folder}/{name}")
    String show(
            @PathVariable String folder, @PathVariable String name, @ModelAttribute("now") Instant now, Model model) {
        Place place = Place.file(folder, name);
        List<Revision> history = revisions.history(place.key());
        if (history.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no file " + place.key() + ".");
        }
        Optional<Revision> live = revisions.head(place.key());
        int number = live.map(Revision::number).orElse(0);
        model.addAttribute("place", place);
        model.addAttribute("file", history.get(0).file());
        model.addAttribute("yaml", live.map(Revision::content).orElse(""));
        model.addAttribute("problems", problems(history.get(0).file()));
        model.addAttribute(
                "users",
                flows.users(new FlowFile(
                        history.get(0).file(), live.map(Revision::content).orElse(""))));
        model.addAttribute(
                "revisions",
                history.stream().map(one -> RevisionRow.of(one, number, now)).toList());
        return "desk/file";
    }

    private List<Finding> problems(String file) {
        return flows.all().stream()
                .filter(flow -> flow.file().equals(file))
                .flatMap(flow -> flow.problems().stream())
                .toList();
    }
}
