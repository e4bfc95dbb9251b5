package io.feedhub.mesh;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How work is told apart.
 *
 * @param domains the words by which a domain's work is known, by domain
 */
@ConfigurationProperties("feedhub.mesh")
record MeshSettings(@DefaultValue Map<String, List<String>> domains) {}
