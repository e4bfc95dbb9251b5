package io.feedhub.console;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may sign in.
 *
 * @param users what {@code feedhub.users} lists
 */
@ConfigurationProperties("feedhub")
record Users(@DefaultValue List<User> users) {

    /**
     * @param name what the person types
     * @param password a hash with its scheme, such as {@code {bcrypt}$2a$10$…}
     * @param role viewer, operator, editor or admin; each may what those before may
     */
    record User(String name, String password, @DefaultValue("viewer") Role role) {
        @Override
        public String toString() {
            return "User[" + name + ", " + role + "]";
        }
    }
}
