package io.feedhub.console.desk;

import io.feedhub.flows.Flow;
import io.feedhub.flows.Flows;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
                users(new FlowFile(
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

    /** The flows that would be exchanged with it: all of them by a policy, by beans those that name one. */
    private List<String> users(FlowFile file) {
        Set<String> beans = BeanNames.in(file);
        return flows.all().stream()
                .filter(flow ->
                        new FlowFile(flow.file(), "").isFlow() && !flow.state().equals("refused"))
                .map(Flow::id)
                .filter(flow -> file.isShared() || names(flow, beans))
                .sorted()
                .toList();
    }

    private boolean names(String flow, Set<String> beans) {
        return revisions
                .head(flow)
                .filter(live -> beans.stream()
                        .anyMatch(bean -> BeanNames.isNamed(bean, new FlowFile(live.file(), live.content()))))
                .isPresent();
    }
}
