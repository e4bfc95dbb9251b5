package io.feedhub.console.desk;

import io.feedhub.flows.Diff;
import io.feedhub.flows.Edits;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /flows/{flow}/edit}: a flow's file with the checker beside it, and what an edit would change. */
@Controller
final class Editor {
    private static final String SKELETON =
            """
            - route:
                id: NAME
                nodePrefixId: NAME-
                group: operations
                description:
                note: |-
                  when   every hour
                  reads
                  writes nothing
                  posts  ops, one message a run
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:operations/NAME
                  parameters:
                    cron: "0 0 * * * ?"
                  steps:
                    - to:
                        uri: kamelet:discord-sink/NAME-post
                        parameters:
                          channel: ops
                          title:
            """;

    private final Revisions revisions;
    private final Edits edits;

    Editor(Revisions revisions, Edits edits) {
        this.revisions = revisions;
        this.edits = edits;
    }

    /** From the name that somebody gave a new flow to its empty file. */
    @GetMapping("/new")
    String begin(@RequestParam String flow) {
        return "redirect:/flows/" + named(flow) + "/edit";
    }

    @GetMapping("/flows/{flow}/edit")
    String show(@PathVariable String flow, Model model) {
        Optional<Revision> head = revisions.head(flow);
        Optional<Revision> shown =
                head.or(() -> newest(flow)).filter(revision -> !revision.content().isEmpty());
        model.addAttribute("flow", named(flow));
        model.addAttribute("file", shown.map(Revision::file).orElse(flow + ".yaml, a new flow"));
        model.addAttribute("yaml", shown.map(Revision::content).orElseGet(() -> SKELETON.replace("NAME", flow)));
        model.addAttribute("base", head.map(Revision::number).orElse(0));
        model.addAttribute("isThere", head.isPresent() && shown.isPresent());
        return "desk/editor";
    }

    private static String named(String flow) {
        if (!flow.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "A flow’s name has small letters, digits and _, such as good_morning.");
        }
        return flow;
    }

    /** What saving this text would change, and what the checker says of it. */
    @PostMapping("/flows/{flow}/review")
    String review(@PathVariable String flow, @RequestParam String yaml, Model model) {
        String text = yaml.replace("\r\n", "\n");
        String before = revisions.head(flow).map(Revision::content).orElse("");
        model.addAttribute("lines", DiffLine.of(Diff.unified(flow, before, flow, text)));
        model.addAttribute("findings", edits.check(edits.place(flow, text)));
        return "desk/editor :: review";
    }

    @GetMapping("/flows/{flow}/revisions/{number}")
    String revision(@PathVariable String flow, @PathVariable int number, Model model) {
        Revision shown = revisions
                .find(flow, number)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "There is no revision " + number + " of " + flow + "."));
        Optional<Revision> live = revisions.head(flow);
        model.addAttribute("flow", flow);
        model.addAttribute(
                "revision", RevisionRow.of(shown, live.map(Revision::number).orElse(0), shown.at()));
        model.addAttribute("yaml", shown.content());
        model.addAttribute(
                "lines", live.map(now -> DiffLine.of(Diff.between(shown, now))).orElseGet(java.util.List::of));
        return "desk/revision";
    }

    private Optional<Revision> newest(String flow) {
        return revisions.history(flow).stream().findFirst().flatMap(last -> revisions.find(flow, last.number()));
    }
}
