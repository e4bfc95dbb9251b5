package io.feedhub.console.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/report}: what became of everything since an instant; since a day ago when none is given. */
@RestController
final class ReportApi {
    private final Report report;
    private final Clock clock;

    ReportApi(Report report, Clock clock) {
        this.report = report;
        this.clock = clock;
    }

    @GetMapping("/api/report")
    Page<Report.Line> report(@RequestParam(name = "since", required = false) @Nullable Instant asked) {
        Instant since = Since.of(asked);
        return Page.all(report.since(since == null ? clock.instant().minus(Duration.ofDays(1)) : since));
    }
}
