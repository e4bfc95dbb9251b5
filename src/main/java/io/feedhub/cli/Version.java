package io.feedhub.cli;

import java.io.IOException;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven writes down when it builds the hub; {@code dev} when the hub runs from class files. */
final class Version implements IVersionProvider {
    private final ClassPathResource build;

    Version() {
        this(Version.class.getClassLoader());
    }

    Version(ClassLoader loader) {
        this.build = new ClassPathResource("META-INF/build-info.properties", loader);
    }

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = build.exists() ? PropertiesLoaderUtils.loadProperties(build) : new Properties();
        return new String[] {"Feed-Hub " + properties.getProperty("build.version", "dev")};
    }
}
