package io.feedhub.nodes;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This machine, as its peers know it.
 *
 * @param name unique among the nodes that share a database
 * @param labels what this machine is or has; flows may ask for a label
 */
@ConfigurationProperties("feedhub.node")
public record Node(@DefaultValue("local") String name, @DefaultValue List<String> labels) {}
