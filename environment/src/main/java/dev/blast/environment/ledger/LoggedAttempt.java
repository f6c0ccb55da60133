package dev.blast.environment.ledger;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.environment.Lines;
import dev.blast.environment.change.KeptReason;
import dev.blast.packaging.Host;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Direction;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, what rules said and what became of it; who repeats it is counted.
 *
 * @param count at least 1
 * @param pid of the last process, as the machine numbers it; 0 where it is not known
 * @param addresses that were to be dialled for it, as far as they were known, the first of them
 * @param decision the id under which it can be explained; null where it is not kept
 * @param carried bytes of all of them together; null where they were not counted
 */
public record LoggedAttempt(
        Matter matter,
        Instant first,
        Instant last,
        long count,
        long pid,
        List<InetAddress> addresses,
        @Nullable String decision,
        @Nullable Carried carried) {

    private static final int MOST_ADDRESSES = 8;

    public LoggedAttempt {
        addresses = List.copyOf(addresses);
    }

    /**
     * What attempts have in common that are told as one.
     *
     * @param asked without an address, unless the host is one; port 0 where only a name was looked
     *     up
     * @param errno of one that failed, 0 where it is not known
     * @param deciding the answers that made the verdict; none where the default did
     * @param failure why rules could not be asked, which is a refusal; null where they could
     * @param proxy that was to dial, its host and port; null where none was
     */
    public record Matter(
            Connection asked,
            Outcome verdict,
            ConnectionAttempt.Result result,
            int errno,
            List<Reason> deciding,
            @Nullable String failure,
            @Nullable String proxy) {
        public Matter {
            deciding = List.copyOf(deciding);
        }

        static Matter of(ConnectionAttempt attempt) {
            Connection asked = attempt.asked();
            var withoutAddress =
                    new Connection(
                            asked.host(),
                            asked.port(),
                            null,
                            asked.protocol(),
                            asked.direction(),
                            asked.program(),
                            asked.toIndex(),
                            false,
                            false,
                            false);
            return new Matter(
                    withoutAddress,
                    attempt.judgement().outcome(),
                    attempt.result(),
                    attempt.errno(),
                    attempt.judgement().deciding(),
                    attempt.judgement().failure(),
                    attempt.proxy() == null ? null : attempt.proxy().proxy());
        }

        /** Whether rules did not let it be. */
        public boolean isRefused() {
            return result == ConnectionAttempt.Result.REFUSED;
        }

        /** Whether nothing but a name was asked for. */
        public boolean isLookUp() {
            return asked.port() == 0 && asked.protocol() != Protocol.UNIX;
        }
    }

    /**
     * Bytes that went through.
     *
     * @param sent by the program
     */
    public record Carried(long sent, long received) {}

    static LoggedAttempt first(ConnectionAttempt attempt) {
        return new LoggedAttempt(
                Matter.of(attempt),
                attempt.at(),
                attempt.at(),
                1,
                attempt.pid(),
                Optional.ofNullable(attempt.asked().address()).stream().toList(),
                null,
                null);
    }

    /** With another one of the same matter. */
    LoggedAttempt and(ConnectionAttempt again) {
        InetAddress address = again.asked().address();
        List<InetAddress> all = addresses;
        if (address != null && all.size() < MOST_ADDRESSES && !all.contains(address)) {
            all = new ArrayList<>(addresses);
            all.add(address);
        }
        return new LoggedAttempt(
                matter, first, again.at(), count + 1, again.pid(), all, decision, carried);
    }

    LoggedAttempt keptAs(String id) {
        return new LoggedAttempt(matter, first, last, count, pid, addresses, id, carried);
    }

    /** With bytes that went through one of them. */
    LoggedAttempt carrying(long sent, long received) {
        var all =
                carried == null
                        ? new Carried(sent, received)
                        : new Carried(carried.sent() + sent, carried.received() + received);
        return new LoggedAttempt(matter, first, last, count, pid, addresses, decision, all);
    }

    String text() {
        Connection asked = matter.asked();
        var text =
                new Lines.Writer()
                        .add("host", asked.host())
                        .add("port", Integer.toString(asked.port()))
                        .add("protocol", asked.protocol().name())
                        .add("direction", asked.direction().name())
                        .add("index", Boolean.toString(asked.toIndex()));
        if (asked.program() != null) {
            text.add("program", asked.program().toString());
        }
        text.add("verdict", matter.verdict().name())
                .add("result", matter.result().name())
                .add("errno", Integer.toString(matter.errno()));
        matter.deciding().forEach(it -> text.add("deciding", KeptReason.text(it)));
        if (matter.failure() != null) {
            text.add("failure", matter.failure());
        }
        if (matter.proxy() != null) {
            text.add("proxy", matter.proxy());
        }
        text.add("first", first.toString())
                .add("last", last.toString())
                .add("count", Long.toString(count))
                .add("pid", Long.toString(pid));
        addresses.forEach(it -> text.add("address", Host.of(it).text()));
        if (decision != null) {
            text.add("decision", decision);
        }
        if (carried != null) {
            text.add("sent", Long.toString(carried.sent()))
                    .add("received", Long.toString(carried.received()));
        }
        return text.text();
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it was not
     * @throws java.time.DateTimeException where a time is none
     */
    static LoggedAttempt of(Lines lines) {
        var asked =
                new Connection(
                        lines.one("host"),
                        Integer.parseInt(lines.one("port")),
                        null,
                        Protocol.valueOf(lines.one("protocol")),
                        Direction.valueOf(lines.one("direction")),
                        lines.all("program").stream().findFirst().map(Path::of).orElse(null),
                        Boolean.parseBoolean(lines.one("index")),
                        false,
                        false,
                        false);
        var matter =
                new Matter(
                        asked,
                        Outcome.valueOf(lines.one("verdict")),
                        ConnectionAttempt.Result.valueOf(lines.one("result")),
                        Integer.parseInt(lines.one("errno")),
                        lines.all("deciding").stream().map(KeptReason::of).toList(),
                        lines.all("failure").stream().findFirst().orElse(null),
                        lines.all("proxy").stream().findFirst().orElse(null));
        return new LoggedAttempt(
                matter,
                Instant.parse(lines.one("first")),
                Instant.parse(lines.one("last")),
                Long.parseLong(lines.one("count")),
                Long.parseLong(lines.one("pid")),
                lines.all("address").stream().map(InetAddress::ofLiteral).toList(),
                lines.all("decision").stream().findFirst().orElse(null),
                carried(lines));
    }

    private static @Nullable Carried carried(Lines lines) {
        return lines.all("sent").isEmpty()
                ? null
                : new Carried(
                        Long.parseLong(lines.one("sent")), Long.parseLong(lines.one("received")));
    }
}
