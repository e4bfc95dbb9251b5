package io.feedhub.connectors.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up, and refuses what an outside name must not lead to: this machine, private networks, and the addresses
 * where clouds hand out credentials. It is asked after resolution and for every connection, so a name that changes its
 * address gains nothing. The services of one's own network are known by name; a link-local one must be written as that
 * address.
 */
public final class SsrfGuard implements DnsResolver {
    private final DnsResolver names;
    private final Set<String> inside;

    SsrfGuard(DnsResolver names, Set<String> inside) {
        this.names = names;
        this.inside = inside;
    }

    /**
     * Whether calls of a service would be refused because of where its name leads.
     *
     * @param privateNetwork what its settings say of that
     * @throws UnknownHostException when nobody knows the name
     */
    public static boolean refuses(URI address, boolean privateNetwork) throws UnknownHostException {
        return refuses(SystemDefaultDnsResolver.INSTANCE, address, privateNetwork);
    }

    static boolean refuses(DnsResolver names, URI address, boolean privateNetwork) throws UnknownHostException {
        Services.Service service = new Services.Service(
                address.toString(), null, null, null, privateNetwork, Duration.ZERO, Duration.ZERO);
        try {
            new SsrfGuard(names, new Services(Map.of("it", service)).privateHosts())
                    .resolve(String.valueOf(address.getHost()));
            return false;
        } catch (Refused e) {
            return true;
        }
    }

    /** Refused, in words without the address. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(String host) {
            super(host + " leads into a private network; if it belongs there, write private-network: true");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        boolean own = inside.contains(host.toLowerCase(Locale.ROOT));
        for (InetAddress address : addresses) {
            boolean allowed = own ? !isLinkLocal(address) || isLiteral(host, address) : isPublic(address);
            if (!allowed) {
                throw new Refused(host);
            }
        }
        return addresses;
    }

    @Override
    public @Nullable String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    private static boolean isLiteral(String host, InetAddress address) {
        return host.replaceAll("[\\[\\]]", "").equalsIgnoreCase(address.getHostAddress());
    }

    /** 169.254.0.0/16 and fe80::/10, where clouds have their metadata. */
    private static boolean isLinkLocal(InetAddress address) {
        return address.isLinkLocalAddress() || isMetadata(address);
    }

    /** The clouds' own addresses that are not link-local: Azure's, and Amazon's for IPv6. */
    private static boolean isMetadata(InetAddress address) {
        String text = address.getHostAddress();
        return text.equals("168.63.129.16") || text.equals("fd00:ec2:0:0:0:0:0:254");
    }

    static boolean isPublic(InetAddress address) {
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isLinkLocal(address)
                || (address instanceof Inet4Address ? isReserved4(address.getAddress()) : isReserved6(address)));
    }

    /** What InetAddress does not know: 0/8, 100.64/10 (carriers), 192.0.0/24, 198.18/15 (tests) and 240/4. */
    private static boolean isReserved4(byte[] ip) {
        int first = ip[0] & 0xFF;
        int second = ip[1] & 0xFF;
        return first == 0
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && ip[2] == 0)
                || (first == 198 && (second == 18 || second == 19))
                || first >= 240;
    }

    /** Unique local addresses, and the ways to write an IPv4 address inside an IPv6 one. */
    private static boolean isReserved6(InetAddress address) {
        byte[] ip = address.getAddress();
        boolean uniqueLocal = (ip[0] & 0xFE) == 0xFC;
        boolean nat64 = ip[0] == 0 && ip[1] == 0x64 && ip[2] == (byte) 0xFF && ip[3] == (byte) 0x9B;
        boolean sixToFour = ip[0] == 0x20 && ip[1] == 0x02;
        boolean compatible = Arrays.equals(Arrays.copyOf(ip, 12), new byte[12]);
        return uniqueLocal || nat64 || sixToFour || compatible;
    }
}
