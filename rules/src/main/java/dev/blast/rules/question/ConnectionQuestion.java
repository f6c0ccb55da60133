package dev.blast.rules.question;

import dev.blast.packaging.Host;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

final class ConnectionQuestion extends VerdictQuestion<Connection> {
    /** For documentation, RFC 5737: an address like any other, which nobody has. */
    private static final String PUBLIC = "192.0.2.1";

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final Verb LIMIT_BANDWIDTH =
            Verb.narrows("limitBandwidth", Aspect.BANDWIDTH)
                    .takes("rate", Type.RATE, Accepts.AMOUNT)
                    .means("no faster than that", it -> new Answer.Bandwidth(it.whole(0)));

    ConnectionQuestion() {
        super(
                "connection",
                "connect",
                "May it connect?",
                Outcome.DENIED,
                Connection.class,
                Facts.CONNECTION);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verbs.ALLOW, Verbs.DENY, Verbs.WARN, LIMIT_BANDWIDTH);
    }

    /** Port 0 is none: a socket in a folder, or a name that was looked up. */
    @Override
    public String asked(Connection it) {
        if (it.port() == 0) {
            return (it.protocol() == Protocol.UNIX ? "connect " : "look up ")
                    + Quoted.plain(it.host());
        }
        return (it.direction() == Direction.IN ? "publish " : "connect ")
                + Quoted.plain(Host.withPort(it.host(), it.port()))
                + (it.protocol() == Protocol.UDP ? " by UDP" : "");
    }

    @Override
    public String file() {
        return "network";
    }

    @Override
    public Optional<String> condition(Connection it) {
        if (it.direction() == Direction.IN) {
            String wide =
                    isOfThisMachineAlone(it)
                            ? ""
                            : ", address == \"%s\""
                                    .formatted(
                                            Host.of(Objects.requireNonNull(it.address())).text());
            return Optional.of(
                    "Connection( direction == IN, port == %d%s )".formatted(it.port(), wide));
        }
        String datagrams = it.protocol() == Protocol.UDP ? ", protocol == UDP" : "";
        String port = it.port() == 0 ? "" : ", port == " + it.port() + datagrams;
        if (Host.of(it.host()).isLoopback()) { // by whichever of its names and addresses
            return Optional.of("Connection( toLoopback == true%s )".formatted(port));
        }
        String inner =
                Host.of(it.host()).address() != null
                        ? ""
                        : it.toLoopback()
                                ? ", toLoopback == true"
                                : it.toPrivate() ? ", toPrivate == true" : "";
        return Quoted.literal(it.host())
                .map(host -> "Connection( host == %s%s%s )".formatted(host, port, inner));
    }

    /**
     * What listens on this machine or in its network trusts whoever gets that far, and a name that
     * somebody else serves may lead there. So a rule opens it only if it means it.
     */
    @Override
    public Optional<Connection> ordinary(Connection it) {
        if (it.direction() == Direction.IN) {
            return Optional.of(
                    isOfThisMachineAlone(it)
                            ? Connection.to(it.host(), it.port(), false)
                            : it.at(LOOPBACK));
        }
        boolean inner = it.toLoopback() || it.toPrivate() || it.toMetadataService();
        return inner && it.protocol() != Protocol.UNIX
                ? Optional.of(
                        new Connection(
                                isOfOneself(Host.of(it.host())) ? PUBLIC : it.host(),
                                it.port(),
                                InetAddress.ofLiteral(PUBLIC),
                                it.protocol(),
                                it.direction(),
                                it.program(),
                                false,
                                false,
                                false,
                                false))
                : Optional.empty();
    }

    private static boolean isOfThisMachineAlone(Connection it) {
        return it.address() == null || it.address().isLoopbackAddress();
    }

    /** Whether the host says by itself where it leads. */
    private static boolean isOfOneself(Host host) {
        return host.address() != null || host.isLoopback() || host.isMetadataService();
    }

    @Override
    public Reason unmeant(Connection it) {
        if (it.direction() == Direction.IN && isOfThisMachineAlone(it)) {
            return Reason.ofBlast(
                    "servers",
                    "deny",
                    "programs outside would reach it, and only a rule that says so opens that: direction == IN");
        }
        if (it.direction() == Direction.IN) {
            return Reason.ofBlast(
                    "other machines",
                    "deny",
                    "they would reach it, and only a rule that says so opens that: address == \"%s\""
                            .formatted(Host.of(Objects.requireNonNull(it.address())).text()));
        }
        String where =
                it.toMetadataService()
                        ? "a metadata service"
                        : it.toLoopback() ? "this machine itself" : "a private network";
        String field =
                it.toMetadataService()
                        ? "toMetadataService"
                        : it.toLoopback() ? "toLoopback" : "toPrivate";
        return Reason.ofBlast(
                "inner addresses",
                "deny",
                "it leads to %s, and only a rule that says so opens that: %s == true"
                        .formatted(where, field));
    }

    /** With another host its address, and what that is, are gone. */
    @Override
    public Connection with(Connection it, String field, Object value) {
        return field.equals("host") ? it.named((String) value) : super.with(it, field, value);
    }
}
