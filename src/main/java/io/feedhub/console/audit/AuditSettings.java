package io.feedhub.console.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the record is kept.
 *
 * @param keepAudit how long what people did stays on record; at least a year
 */
@ConfigurationProperties("feedhub")
record AuditSettings(@DefaultValue("1095d") Duration keepAudit) {}
