package io.feedhub.console.signin;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells this machine's own addresses. */
public final class Loopback {
    private Loopback() {}

    /**
     * Whether an address is this machine's own.
     *
     * @param address a literal, which needs no name server; a blank one is every machine's
     */
    public static boolean is(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
