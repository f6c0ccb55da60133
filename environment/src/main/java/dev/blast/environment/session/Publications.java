package dev.blast.environment.session;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.packaging.Host;
import dev.blast.packaging.Visible;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Servers of a session: which of them a person asked to be reached from outside, and a line about
 * each, so that nobody waits before an empty browser. Safe on any thread.
 */
public final class Publications {
    /**
     * Where {@code net.ipv4.ip_local_port_range} begins in a new namespace: given out, as to tests.
     */
    private static final int GIVEN_OUT = 32768;

    private static final Reason ASKED_FOR =
            Reason.ofBlast("--publish", "allow", "asked for on the command line");

    private final Map<Integer, Integer> wanted = new HashMap<>();
    private final Consumer<String> says;
    private final Set<String> said = new HashSet<>();

    /** By the port inside, the rule that speaks against it. */
    private final Map<Integer, Reason> refused = new HashMap<>();

    private boolean saidInside;

    /**
     * Of one session.
     *
     * @param wanted {@code PORT} or {@code OUTSIDE:INSIDE}
     * @param says a line
     * @throws IllegalArgumentException where one of them is neither
     */
    public Publications(List<String> wanted, Consumer<String> says) {
        this.says = says;
        for (String each : wanted) {
            String[] ports = each.split(":", -1);
            if (ports.length > 2) {
                throw new IllegalArgumentException(
                        ("--publish takes PORT or OUTSIDE:INSIDE, not '%s': it opens ports of 127.0.0.1;"
                                        + " another address takes a rule, as in"
                                        + " Connection( direction == IN, port == 8000, address == \"0.0.0.0\" )")
                                .formatted(each));
            }
            this.wanted.put(port(ports[ports.length - 1], each), port(ports[0], each));
        }
    }

    private static int port(String text, String whole) {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        }
        throw new IllegalArgumentException(
                "--publish takes PORT or OUTSIDE:INSIDE, not '%s'".formatted(whole));
    }

    int outside(int inside) {
        return wanted.getOrDefault(inside, inside);
    }

    /** Who asks for it may have it on this machine, as long as no rule speaks against it. */
    synchronized Judgement judged(int inside, Connection asked, Judgement byRules) {
        InetAddress place = asked.address();
        Optional<Reason> against =
                byRules.deciding().stream()
                        .filter(reason -> reason.origin().line() > 0) // not Blast itself
                        .findFirst();
        if (!byRules.allowed() && place != null && place.isLoopbackAddress()) {
            against.ifPresent(rule -> refused.put(inside, rule));
        }
        boolean isWanted =
                !byRules.allowed()
                        && byRules.failure() == null
                        && against.isEmpty()
                        && wanted.containsKey(inside)
                        && place != null
                        && place.isLoopbackAddress();
        return isWanted
                ? new Judgement(
                        Outcome.ALLOWED,
                        List.of(ASKED_FOR),
                        byRules.overridden(),
                        byRules.warnings(),
                        byRules.untrusted(),
                        byRules.preferences(),
                        byRules.bandwidth(),
                        null)
                : byRules;
    }

    synchronized void listens(InetAddress address, int port, Optional<Connection> outside) {
        String inside = shown(address, port);
        if (outside.isPresent()) {
            Connection there = outside.get();
            InetAddress place = there.address();
            String line =
                    "blast: %s of this machine leads to %s inside"
                            .formatted(
                                    place == null
                                            ? Integer.toString(there.port())
                                            : shown(place, there.port()),
                                    inside);
            if (said.add(line)) {
                says.accept(line);
            }
        } else if (port < GIVEN_OUT && !saidInside) {
            saidInside = true;
            Reason rule = refused.get(port);
            says.accept(
                    "blast: listening on %s inside, which nobody outside reaches; %s"
                            .formatted(
                                    inside,
                                    rule == null
                                            ? "--publish %d opens it to this machine"
                                                    .formatted(port)
                                            : "rule \"%s\", %s, keeps it closed%s"
                                                    .formatted(
                                                            Visible.of(rule.rule()),
                                                            rule.origin(),
                                                            rule.text().isEmpty()
                                                                    ? ""
                                                                    : ": "
                                                                            + Visible.of(
                                                                                    rule.text()))));
        }
    }

    synchronized void isNotPublished(int inside, Connection asked, int errno) {
        InetAddress place = asked.address();
        String there = place == null ? Integer.toString(asked.port()) : shown(place, asked.port());
        String line =
                "blast: %s of this machine cannot lead to %d inside: %s; --publish OTHER:%2$d takes another port"
                        .formatted(there, inside, Errno.sentence(errno));
        if (said.add(line)) {
            says.accept(line);
        }
    }

    private static String shown(InetAddress address, int port) {
        return Host.withPort(Host.of(address).text(), port);
    }
}
