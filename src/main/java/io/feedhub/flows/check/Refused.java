package io.feedhub.flows.check;

import java.util.List;

/** A file that cannot go live. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    public Refused(List<Finding> findings) {
        super(findings.get(0).toString());
        this.findings = findings;
    }

    public Refused(Finding finding, Throwable cause) {
        super(finding.toString(), cause);
        this.findings = List.of(finding);
    }

    /** Why, in the order of the file. */
    public List<Finding> findings() {
        return findings;
    }
}
