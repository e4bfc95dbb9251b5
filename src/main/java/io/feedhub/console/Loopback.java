package io.feedhub.console;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells this machine's own addresses. */
final class Loopback {
    private Loopback() {}

    /** @param address a literal, which needs no name server */
    static boolean is(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
