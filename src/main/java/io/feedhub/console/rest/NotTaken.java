package io.feedhub.console.rest;

import io.feedhub.flows.Outcome;
import io.feedhub.flows.check.Finding;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An edit that did not go live, as the API says it. */
final class NotTaken extends ErrorResponseException {
    private static final long serialVersionUID = 1L;

    private NotTaken(HttpStatus status, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** 409 with the revision that is live and the difference to it. */
    static NotTaken conflict(Outcome.Conflict conflict) {
        int head = conflict.head().number();
        String detail =
                "revision " + head + " by " + conflict.head().author() + " is live; merge, and send If-Match: " + head;
        NotTaken answer = new NotTaken(HttpStatus.CONFLICT, detail);
        answer.getBody().setProperty("revision", head);
        answer.getBody().setProperty("diff", conflict.diff());
        return answer;
    }

    /** 409: there is no revision to have seen. */
    static NotTaken nothingLive(String flow) {
        return new NotTaken(HttpStatus.CONFLICT, "no revision of " + flow + " is live; send If-Match: 0");
    }

    /** 422 with what is wrong. */
    static NotTaken refused(List<Finding> findings) {
        NotTaken answer =
                new NotTaken(HttpStatus.UNPROCESSABLE_ENTITY, findings.get(0).toString());
        answer.getBody().setProperty("findings", findings);
        return answer;
    }

    @Override
    public String getMessage() {
        return String.valueOf(getBody().getDetail());
    }
}
