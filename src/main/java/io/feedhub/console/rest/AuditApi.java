package io.feedhub.console.rest;

import io.feedhub.console.audit.Audit;
import io.feedhub.console.audit.AuditEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/audit}: who did what, newest first. */
@RestController
@RequestMapping("/api/audit")
final class AuditApi {
    private final Audit audit;

    AuditApi(Audit audit) {
        this.audit = audit;
    }

    @GetMapping
    Page<AuditEntry> newest(
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable Long next) {
        return Page.of(audit.newest(who, action, subject, Page.before(next), Page.SIZE), AuditEntry::id);
    }
}
