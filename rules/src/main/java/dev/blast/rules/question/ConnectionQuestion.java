package dev.blast.rules.question;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

final class ConnectionQuestion extends VerdictQuestion<Connection> {
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
        return "connect " + Quoted.plain(beforePort(it.host())) + ":" + it.port();
    }

    private static String beforePort(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public String file() {
        return "network";
    }

    @Override
    public Optional<String> condition(Connection it) {
        return Quoted.literal(it.host())
                .map(host ->
                        it.port() == 0
                                ? "Connection( host == %s )".formatted(host)
                                : "Connection( host == %s, port == %d )"
                                        .formatted(host, it.port()));
    }

    /** With another host its address, and what that is, are gone. */
    @Override
    public Connection with(Connection it, String field, Object value) {
        return field.equals("host") ? it.named((String) value) : super.with(it, field, value);
    }
}
