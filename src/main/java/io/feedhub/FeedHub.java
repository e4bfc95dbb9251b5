package io.feedhub;

import io.feedhub.cli.Commands;
import java.io.ObjectInputFilter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub's main class. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {UserDetailsServiceAutoConfiguration.class, OAuth2ClientAutoConfiguration.class})
@ConfigurationPropertiesScan
public final class FeedHub {
    /** The last two for jconsole and its like. */
    private static final String JDK_ONLY = "java.base/*;java.management/*;java.rmi/*;!*";

    FeedHub() {}

    /**
     * Runs one command; the process ends with its exit code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        refuseForeignObjects();
        System.exit(Commands.run(new SpringApplication(FeedHub.class), arguments));
    }

    /**
     * Java's deserialisation builds nothing but the JDK's own: the hub does not use it, and a library that does by mistake
     * must not build what a stranger sends. A filter that was given to the JVM stays.
     */
    static void refuseForeignObjects() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(JDK_ONLY));
        }
    }
}
