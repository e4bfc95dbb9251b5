package io.feedhub.flows;

import java.util.List;

/** A file that cannot go live. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    Refused(List<Finding> findings) {
        super(findings.get(0).toString());
        this.findings = findings;
    }

    Refused(Finding finding, Throwable cause) {
        super(finding.toString(), cause);
        this.findings = List.of(finding);
    }

    List<Finding> findings() {
        return findings;
    }
}
