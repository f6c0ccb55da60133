package dev.blast.environment.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.ForwardProxy;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.gate.PathUse;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenEyesTest {
    private static final Reason RULE =
            new Reason(new Origin("test.drl", 1, 1), "test", Layer.PROJECT, "deny", "");

    /** Allows what begins with "good", denies what begins with "bad", says nothing of others. */
    private static final class Rules implements Gatekeeper {
        @Override
        public Judgement judge(Connection asked) {
            return lookUp(asked.host());
        }

        @Override
        public Judgement lookUp(String name) {
            boolean said = name.startsWith("good") || name.startsWith("bad");
            return new Judgement(
                    name.startsWith("good") ? Outcome.ALLOWED : Outcome.DENIED,
                    said ? List.of(RULE) : List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null);
        }

        @Override
        public void attempted(ConnectionAttempt attempt) {}

        @Override
        public void carried(ConnectionAttempt.Traffic traffic) {}
    }

    /** The same, but that a proxy dials, and that every name has these addresses here. */
    private record BehindProxy(String addressesHere) implements Gatekeeper {
        @Override
        public Judgement judge(Connection asked) {
            return new Rules().judge(asked);
        }

        @Override
        public Judgement lookUp(String name) {
            return new Rules().lookUp(name);
        }

        @Override
        public Optional<ForwardProxy> proxy(String host, int port) {
            return Optional.of(
                    new ForwardProxy(ForwardProxy.Kind.HTTP, "proxy.example", 3128, null));
        }

        @Override
        public List<InetAddress> addresses(String name) throws UnknownHostException {
            if (addressesHere.isEmpty()) {
                throw new UnknownHostException(name);
            }
            var all = new ArrayList<InetAddress>();
            for (String address : addressesHere.split(" ", -1)) {
                all.add(InetAddress.getByName(address));
            }
            return all;
        }

        @Override
        public void attempted(ConnectionAttempt attempt) {}

        @Override
        public void carried(ConnectionAttempt.Traffic traffic) {}
    }

    private static void attempt(OpenEyes eyes, Connection asked) {
        Judgement judged = eyes.judge(asked);
        eyes.attempted(
                new ConnectionAttempt(
                        1,
                        Instant.EPOCH,
                        1,
                        asked,
                        judged,
                        judged.allowed()
                                ? ConnectionAttempt.Result.REACHED
                                : ConnectionAttempt.Result.REFUSED,
                        0,
                        null));
    }

    @ParameterizedTest
    @CsvSource({
        "good.example,    true, false, ''",
        "other.example,   true, true,  ''",
        "93.184.216.34,   true, true,  ''",
        "bad.example,     false, false, a rule denies it",
        "127.0.0.1,       false, false, an inner address",
        "10.1.2.3,        false, false, an inner address",
        "169.254.169.254, false, false, an inner address"
    })
    void whatIsPublicAndNotDeniedIsLetThrough(
            String host, boolean open, boolean noted, String why) {
        var eyes = new OpenEyes(new Rules(), true);
        Connection asked = Connection.to(host, 443, false);
        assertThat(eyes.judge(asked).allowed()).isEqualTo(open);
        attempt(eyes, asked);
        attempt(eyes, asked);
        var endpoint = new Endpoint(asked.host(), 443, Protocol.TCP);
        assertThat(eyes.reached().get(endpoint)).isEqualTo(noted ? Integer.valueOf(2) : null);
        assertThat(eyes.closed().getOrDefault(endpoint, "")).isEqualTo(why);
    }

    /** A proxy may find an address inside that nobody here has judged. */
    @ParameterizedTest
    @CsvSource({
        "public.example,  93.184.216.34,          true",
        "intranet.example, 10.1.2.3,              false",
        "mixed.example,   93.184.216.34 10.1.2.3, false",
        "local.example,   127.0.0.1,              false",
        "unknown.example, '',                     false",
        "good.example,    '',                     true"
    })
    void behindAProxyANameIsOpenOnlyIfItIsPublicHere(String host, String addresses, boolean open) {
        var eyes = new OpenEyes(new BehindProxy(addresses), true);
        Connection asked = Connection.to(host, 443, false);
        assertThat(eyes.judge(asked).allowed())
                .as("to look it up takes another thread than the one that judges")
                .isEqualTo(host.startsWith("good"));
        lookUp(eyes, host);
        assertThat(eyes.judge(asked).allowed()).isEqualTo(open);
        attempt(eyes, asked);
        var endpoint = new Endpoint(host, 443, Protocol.TCP);
        assertThat(eyes.closed().get(endpoint))
                .isEqualTo(
                        open
                                ? null
                                : "a proxy dials it, and this machine finds no public address for it");
    }

    private static void lookUp(OpenEyes eyes, String host) {
        try {
            assertThat(eyes.addresses(host)).isNotEmpty();
        } catch (UnknownHostException e) {
            assertThat(e).hasMessage(host);
        }
    }

    @Test
    void whatStayedClosedIsBounded() {
        var eyes = new OpenEyes(new Rules(), true);
        for (int i = 0; i < 20_100; i++) {
            attempt(eyes, Connection.to("bad" + i + ".example", 443, false));
        }
        assertThat(eyes.closed()).hasSize(20_000);
    }

    @Test
    void namesAreLookedUpUnlessARuleDenies() {
        var eyes = new OpenEyes(new Rules(), true);
        assertThat(eyes.lookUp("other.example").allowed()).isTrue();
        assertThat(eyes.lookUp("bad.example").allowed()).isFalse();
    }

    /** A proof lets through what rules do, and notes what it missed. */
    @Test
    void withoutOpeningOnlyNotes() {
        var eyes = new OpenEyes(new Rules(), false);
        Connection asked = Connection.to("other.example", 443, false);
        assertThat(eyes.judge(asked).allowed()).isFalse();
        assertThat(eyes.lookUp("other.example").allowed()).isFalse();
        attempt(eyes, asked);
        assertThat(eyes.reached()).containsKey(new Endpoint("other.example", 443, Protocol.TCP));
    }

    @Test
    void pathsAndCallsAreNotedAndBounded() {
        var eyes = new OpenEyes(new Rules(), true);
        for (int i = 0; i < 30_000; i++) {
            eyes.names(Path.of("/x/" + i), PathUse.READ);
        }
        eyes.names(Path.of("/y"), PathUse.WRITE);
        eyes.refuses("ptrace");
        assertThat(eyes.paths(PathUse.READ)).hasSize(20_000);
        assertThat(eyes.paths(PathUse.WRITE)).containsExactly(Path.of("/y"));
        assertThat(eyes.refused()).containsExactly("ptrace");
    }

    /** What a gate asks beside is answered by the rules, and by no default. */
    @Test
    void everythingElseIsPassedOn() throws ReflectiveOperationException {
        for (Method asked : Gatekeeper.class.getMethods()) {
            assertThat(
                            OpenEyes.class
                                    .getMethod(asked.getName(), asked.getParameterTypes())
                                    .getDeclaringClass())
                    .as(asked.getName())
                    .isEqualTo(OpenEyes.class);
        }
    }
}
