package io.feedhub.console.desk;

import io.feedhub.console.audit.Audit;
import io.feedhub.console.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /audit}: who did what. */
@Controller
final class AuditPage {
    private final Audit audit;

    AuditPage(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/audit")
    String list(
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(defaultValue = Rows.FIRST) long before,
            @ModelAttribute("now") Instant now,
            Model model) {
        List<AuditEntry> found = audit.newest(null, null, subject, before, Rows.MOST);
        model.addAttribute(
                "entries", found.stream().map(one -> Row.of(one, now)).toList());
        model.addAttribute("subject", subject);
        model.addAttribute("older", Rows.older(found, AuditEntry::id));
        return "desk/audit";
    }

    /**
     * An entry as the list shows it.
     *
     * @param change from what to what; empty when neither was recorded
     */
    record Row(
            long id,
            Moment at,
            String who,
            String role,
            String via,
            String origin,
            String action,
            String subject,
            String change,
            String result,
            @Nullable String reason) {

        static Row of(AuditEntry entry, Instant now) {
            String before = entry.before() == null ? "" : entry.before().toString();
            String after = entry.after() == null ? "" : entry.after().toString();
            return new Row(
                    entry.id(),
                    Moment.at(entry.at(), now),
                    entry.who(),
                    entry.role(),
                    entry.via(),
                    entry.origin(),
                    entry.action(),
                    entry.subject(),
                    before.equals(after) ? "" : before + " → " + after,
                    entry.result(),
                    entry.reason());
        }
    }
}
