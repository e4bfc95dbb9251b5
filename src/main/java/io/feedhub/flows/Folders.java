package io.feedhub.flows;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where operators keep their files.
 *
 * @param routes one file for each flow
 * @param beans beans that flows name
 */
@ConfigurationProperties("feedhub")
record Folders(@DefaultValue("routes") Path routes, @DefaultValue("beans") Path beans) {}
