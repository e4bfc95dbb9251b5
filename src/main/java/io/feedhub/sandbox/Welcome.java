package io.feedhub.sandbox;

/**
 * What the sandbox tells whoever started it.
 *
 * @param password of the user admin
 * @param database the address of the PostgreSQL
 */
record Welcome(String password, String database) {

    String text(String port, int speed) {
        String hub = "http://127.0.0.1:" + port;
        return """

                Feed-Hub sandbox is ready: PostgreSQL and stand-ins for every outside service run on this machine.

                  Desk      %s/
                  Discord   %s/sandbox/discord
                  faults    %s/sandbox
                  Console   %s/hawtio
                  API       %s/api/flows
                  sign in   admin / %s
                  rows      psql %s

                A minute passes in %s s. ./feedhub flows lists the flows; Ctrl-C stops everything.
                """
                .formatted(hub, hub, hub, hub, hub, password, database, seconds(speed));
    }

    private static String seconds(int speed) {
        return speed == 60 ? "1" : String.format("%.1f", 60.0 / speed);
    }

    @Override
    public String toString() {
        return "Welcome[***]";
    }
}
