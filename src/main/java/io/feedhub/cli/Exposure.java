package io.feedhub.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.Environment;

/** Who can reach the hub's port, and how people are named: other machines only over TLS, and each name once, with a hash. */
final class Exposure {
    private static final List<String> TLS =
            List.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store");

    private static final String HASH = "\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}";

    private Exposure() {}

    static List<String> problems(Environment environment) {
        List<String> problems = new ArrayList<>();
        String address = environment.getProperty("server.address", "");
        boolean plain =
                TLS.stream().allMatch(key -> environment.getProperty(key, "").isBlank());
        if (plain && !isLoopback(address) && !environment.getProperty("feedhub.plain-http", Boolean.class, false)) {
            problems.add(
                    "server.address: " + (address.isBlank() ? "any" : address)
                            + " lets other machines in, and passwords would cross the network in the clear; write 127.0.0.1, or set up"
                            + " TLS with server.ssl.bundle, or set feedhub.plain-http when a proxy with TLS stands before this hub");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; environment.containsProperty("feedhub.users[" + i + "].name"); i++) {
            String key = "feedhub.users[" + i + "]";
            if (!names.add(environment.getProperty(key + ".name", ""))) {
                problems.add(key + ".name: another user has that name");
            }
            if (!environment.getProperty(key + ".password", "").matches(HASH)) {
                problems.add(key + ".password: not a bcrypt hash; ./feedhub password NAME makes one");
            }
        }
        return problems;
    }

    static boolean isLoopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
