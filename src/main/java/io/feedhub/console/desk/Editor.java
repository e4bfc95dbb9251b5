package io.feedhub.console.desk;

import io.feedhub.flows.Diff;
import io.feedhub.flows.Edits;
import io.feedhub.flows.Places;
import io.feedhub.flows.Revision;
import io.feedhub.flows.Revisions;
import io.feedhub.flows.check.FlowFile;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /flows/{flow}/edit}, and {@code /files/{folder}/{name}/edit} for what flows share: a file with the checker beside it,
 * and what an edit would change.
 */
@Controller
final class Editor {
    private static final String FLOW =
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

    private static final String BEANS =
            """
            - beans:
                - name: NAME
                  type: io.feedhub.state.Batches
                  properties: { name: NAME }
            """;
    private static final String POLICY =
            """
            # For all flows. It has no id on purpose: with an id it would not be global.
            - routeConfiguration:
                onException:
                  - onException:
                      exception:
                        - java.lang.Exception
            """;

    private final Revisions revisions;
    private final Edits edits;
    private final Places places;

    Editor(Revisions revisions, Edits edits, Places places) {
        this.revisions = revisions;
        this.edits = edits;
        this.places = places;
    }

    /** From the name that somebody gave a new flow to its empty file. */
    @GetMapping(path = "/new", params = "flow")
    String begin(@RequestParam String flow) {
        return "redirect:" + Place.flow(flow).page() + "/edit";
    }

    /** The same for new beans. */
    @GetMapping(path = "/new", params = "beans")
    String beginBeans(@RequestParam String beans) {
        return "redirect:" + Place.file("beans", beans).page() + "/edit";
    }

    @GetMapping("/flows/{flow}/edit")
    String show(@PathVariable String flow, Model model) {
        return show(Place.flow(flow), model);
    }

    @GetMapping("/files/{folder}/{name}/edit")
    String show(@PathVariable String folder, @PathVariable String name, Model model) {
        return show(Place.file(folder, name), model);
    }

    private String show(Place place, Model model) {
        Optional<Revision> head = revisions.head(place.key());
        Optional<Revision> shown = head.or(() -> revisions.newest(place.key()))
                .filter(revision -> !revision.content().isEmpty());
        model.addAttribute("place", place);
        model.addAttribute("file", shown.map(Revision::file).orElse(place.key() + ".yaml, a new " + place.kind()));
        model.addAttribute("yaml", shown.map(Revision::content).orElseGet(() -> skeleton(place)));
        model.addAttribute("base", head.map(Revision::number).orElse(0));
        model.addAttribute("isThere", head.isPresent() && shown.isPresent());
        return "desk/editor";
    }

    private static String skeleton(Place place) {
        String text = place.isFlow() ? FLOW : place.key().startsWith("beans/") ? BEANS : POLICY;
        return text.replace("NAME", place.name());
    }

    @PostMapping("/flows/{flow}/review")
    String review(@PathVariable String flow, @RequestParam String yaml, Model model) {
        return review(Place.flow(flow), yaml, model);
    }

    @PostMapping("/files/{folder}/{name}/review")
    String review(@PathVariable String folder, @PathVariable String name, @RequestParam String yaml, Model model) {
        return review(Place.file(folder, name), yaml, model);
    }

    /** What saving this text would change, and what the checker says of it. */
    private String review(Place place, String yaml, Model model) {
        String key = place.key();
        FlowFile file = places.of(key, yaml);
        String before = revisions.head(key).map(Revision::content).orElse("");
        model.addAttribute("lines", DiffLine.of(Diff.unified(key, before, key, file.text())));
        model.addAttribute("findings", edits.check(file));
        return "desk/editor :: review";
    }
}
