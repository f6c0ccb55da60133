package dev.blast.environment.ledger;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.packaging.Host;
import dev.blast.packaging.Message;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Session;
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
import java.util.function.Function;

/**
 * Tells of what a run is refused, a line for each host and port and no second one, and keeps why,
 * so that it can be explained. One thread.
 */
public final class RefusalLines {
    /** Who scans a network is not told of each port; the ledger is. */
    static final int MOST_LINES = 20;

    private final KeptDecisions decisions;
    private final Session session;
    private final String by;
    private final Function<Connection, Explanation> why;
    private final List<String> searchList;
    private final Consumer<String> says;

    private final Map<String, Optional<String>> told = new HashMap<>();
    private final Set<String> namesRefused = new HashSet<>();
    private int lines;

    /**
     * Of one run.
     *
     * @param by the command, as it was typed
     * @param searchList what resolvers put behind names (resolv.conf(5)): what they try of their
     *     own accord is told of no more
     * @param says a line
     */
    public RefusalLines(
            KeptDecisions decisions,
            Session session,
            String by,
            Function<Connection, Explanation> why,
            List<String> searchList,
            Consumer<String> says) {
        this.decisions = decisions;
        this.session = session;
        this.by = by;
        this.why = why;
        this.searchList = searchList.stream().map(domain -> Host.of(domain).text()).toList();
        this.says = says;
    }

    /** Tells of one, and returns the id under which it is kept; empty where none is. */
    Optional<String> tell(ConnectionAttempt refused) {
        String what = what(refused.asked());
        Optional<String> known = told.get(what);
        if (known != null) {
            return known;
        }
        if (isLookUp(refused.asked()) && isOfTheSearch(refused.asked().host())) {
            return Optional.empty();
        }
        if (lines == MOST_LINES) {
            lines++;
            says.accept("blast: more is refused than is told here: blast log --denied");
        }
        if (lines > MOST_LINES) {
            return Optional.empty();
        }
        lines++;
        var decision =
                KeptDecision.of(
                        refused.at(), by, session, refused.asked(), why.apply(refused.asked()));
        decisions.keep(List.of(decision));
        says.accept(
                Message.of(
                                "blast: refused to %s%s: %s; why: blast check --explain '#%s'",
                                what,
                                at(refused.asked()),
                                because(refused.judgement()),
                                decisions.shortest(decision))
                        .text());
        told.put(what, Optional.of(decision.id()));
        return Optional.of(decision.id());
    }

    /** Whether a resolver only tries a name with what the search list adds to it, or without. */
    private boolean isOfTheSearch(String name) {
        boolean again =
                searchList.stream()
                        .anyMatch(domain ->
                                namesRefused.contains(name + "." + domain)
                                        || (name.endsWith("." + domain)
                                                && namesRefused.contains(
                                                        name.substring(
                                                                0,
                                                                name.length()
                                                                        - domain.length()
                                                                        - 1))));
        namesRefused.add(name);
        return again;
    }

    private static boolean isLookUp(Connection asked) {
        return asked.port() == 0 && asked.protocol() != Protocol.UNIX;
    }

    private static String what(Connection asked) {
        if (asked.direction() == Direction.IN) {
            return "publish port " + asked.port();
        }
        if (asked.protocol() == Protocol.UNIX) {
            return "connect to the socket " + asked.host();
        }
        if (isLookUp(asked)) {
            return "look up " + asked.host();
        }
        String protocol = asked.protocol() == Protocol.UDP ? " by UDP" : "";
        return "connect to " + Host.withPort(asked.host(), asked.port()) + protocol;
    }

    /** The address, where a name leads to one that nobody would expect behind it. */
    private static String at(Connection asked) {
        InetAddress address = asked.address();
        boolean unexpected = asked.toLoopback() || asked.toPrivate() || asked.toMetadataService();
        return address == null || !unexpected || Host.of(address).text().equals(asked.host())
                ? ""
                : " at " + Host.of(address).text();
    }

    private static Message because(Judgement judgement) {
        if (judgement.failure() != null) {
            return Message.of("the rules could not be asked: %s", judgement.failure());
        }
        if (!judgement.deciding().isEmpty()) {
            Reason reason = judgement.deciding().getFirst();
            boolean ofBlast = reason.origin().line() == 0;
            if (ofBlast) {
                return Message.of("%s: %s", reason.rule(), reason.text());
            }
            return Message.of(
                    "%s by rule \"%s\", %s%s",
                    judgement.outcome() == Outcome.HELD ? "held" : "denied",
                    reason.rule(),
                    reason.origin(),
                    reason.text().isEmpty() ? "" : ": " + reason.text());
        }
        return judgement.untrusted().isEmpty()
                ? new Message("no rule allows it")
                : Message.of(
                        "the rule that allows it, %s, is not trusted (blast trust)",
                        judgement.untrusted().getFirst().origin());
    }
}
