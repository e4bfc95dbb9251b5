package io.feedhub.console.rest;

import io.feedhub.mesh.Claim;
import io.feedhub.mesh.Classifier;
import io.feedhub.mesh.RateLimit;
import io.feedhub.mesh.RateLimits;
import io.feedhub.mesh.Work;
import io.feedhub.mesh.WorkClaims;
import io.feedhub.mesh.WorkQueue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/mesh}: what the machines' hooks ask and tell. They sign in with a token of an operator. */
@RestController
@RequestMapping("/api/mesh")
final class MeshApi {
    /** How many seconds a lease has when nobody says. */
    private static final int USUAL_LEASE = 300;

    private static final int LONGEST_LEASE = (int) Duration.ofDays(1).toSeconds();
    private static final int LONGEST_TEXT = 100_000;
    private static final int LONGEST_KEY = 500;

    private final Classifier classifier;
    private final WorkClaims claims;
    private final WorkQueue queue;
    private final RateLimits limits;

    MeshApi(Classifier classifier, WorkClaims claims, WorkQueue queue, RateLimits limits) {
        this.classifier = classifier;
        this.claims = claims;
        this.queue = queue;
        this.limits = limits;
    }

    @PostMapping("/classify")
    Classifier.Classified classify(@RequestBody ClassifyRequest wanted) {
        return classifier.classify(Needed.text("text", wanted.text(), LONGEST_TEXT), wanted.machine());
    }

    @PostMapping("/claims")
    @ResponseStatus(HttpStatus.CREATED)
    Claim claim(@RequestBody ClaimRequest wish) {
        String work = Needed.text("work", wish.work(), LONGEST_KEY);
        String holder = Needed.text("holder", wish.holder(), LONGEST_KEY);
        return claims.claim(work, holder, lease(wish.seconds())).orElseThrow(() -> taken(work));
    }

    @PostMapping("/claims/{id}/renew")
    Claim renew(
            @PathVariable long id,
            @RequestParam long epoch,
            @RequestParam(defaultValue = "" + USUAL_LEASE) Integer seconds) {
        return claims.renew(id, epoch, lease(seconds)).orElseThrow(MeshApi::lost);
    }

    @DeleteMapping("/claims/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable long id, @RequestParam long epoch) {
        if (!claims.release(id, epoch)) {
            throw lost();
        }
    }

    @GetMapping("/work")
    Page<Work> work(
            @RequestParam(required = false) @Nullable String machine,
            @RequestParam(required = false) @Nullable String domain,
            @RequestParam(defaultValue = "0") long next) {
        return Page.of(queue.waiting(machine, domain, next, Page.SIZE), Work::id);
    }

    @PostMapping("/work/done")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void done(@RequestBody WorkDone done) {
        if (!queue.done(Needed.text("work", done.work(), LONGEST_KEY), done.epoch())) {
            throw lost();
        }
    }

    @GetMapping("/rate-limits")
    Page<RateLimit> limits() {
        return Page.all(limits.active());
    }

    @PostMapping("/rate-limits")
    RateLimit limit(@RequestBody RateLimitReport limit) {
        return limits.tell(
                Needed.text("service", limit.service(), LONGEST_KEY),
                lease(limit.seconds()),
                Needed.text("machine", limit.machine(), LONGEST_KEY));
    }

    private ResponseStatusException taken(String work) {
        String holder = claims.of(work)
                .map(claim -> claim.holder() + " has " + work + " until " + claim.leaseUntil())
                .orElse(work + " was just given up; ask again");
        return new ResponseStatusException(HttpStatus.CONFLICT, holder);
    }

    private static ResponseStatusException lost() {
        return new ResponseStatusException(HttpStatus.CONFLICT, "the claim has run out or changed hands");
    }

    private static Duration lease(@Nullable Integer seconds) {
        int lease = seconds == null ? USUAL_LEASE : seconds;
        if (lease < 1 || lease > LONGEST_LEASE) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "seconds must be from 1 to " + LONGEST_LEASE);
        }
        return Duration.ofSeconds(lease);
    }

    /** @param machine who works on the text, or null */
    record ClassifyRequest(@Nullable String text, @Nullable String machine) {}

    /** @param seconds how long the lease is; the usual time when it is left out */
    record ClaimRequest(@Nullable String work, @Nullable String holder, @Nullable Integer seconds) {}

    /** @param epoch of the claim under which it was done */
    record WorkDone(@Nullable String work, long epoch) {}

    /**
     * @param seconds how long the service must be left alone
     * @param machine who met the limit
     */
    record RateLimitReport(@Nullable String service, @Nullable Integer seconds, @Nullable String machine) {}
}
