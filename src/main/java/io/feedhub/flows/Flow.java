package io.feedhub.flows;

import io.feedhub.flows.check.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flow, as its file says and as it fares.
 *
 * @param id the file's name, and the id of its route
 * @param domain the file's folder
 * @param description one line
 * @param state how it stands on this node
 * @param schedule the cron expression, or null when something else starts it
 * @param revision the number of what runs; 0 when nothing does, or while it is compared with the database
 * @param file the file, as the operator knows it
 * @param problems why it, or its newest edit, was refused
 */
public record Flow(
        String id,
        String domain,
        String description,
        FlowState state,
        @Nullable String schedule,
        int revision,
        String file,
        List<Finding> problems) {}
