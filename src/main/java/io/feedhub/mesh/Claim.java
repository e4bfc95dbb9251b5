package io.feedhub.mesh;

import java.time.Instant;

/**
 * Somebody has a piece of work in hand.
 *
 * @param id the claim's number, the same for each claim of this work
 * @param work the work's key
 * @param holder who has it: a machine, or a machine and one of its sessions
 * @param epoch raised when the work changes hands; what is written under an older one is refused
 * @param leaseUntil when it is free again, unless it is renewed
 */
public record Claim(long id, String work, String holder, long epoch, Instant leaseUntil) {}
