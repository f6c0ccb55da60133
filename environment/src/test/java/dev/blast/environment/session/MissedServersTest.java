package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a person reads that a server of the machine's may have been meant. */
class MissedServersTest {
    private final MissedServers servers = new MissedServers();

    @Test
    void oneThatTheMachineHas() {
        servers.missed(5432);
        servers.missed(5432);
        servers.missed(6379);
        assertThat(servers.sentence(port -> port == 5432))
                .contains(
                        "nobody inside listens at 127.0.0.1:5432, where a server of the machine's does; which rule would let it be reached: blast check --explain connect 127.0.0.1:5432");
        assertThat(servers.sentence(port -> true).orElseThrow())
                .contains("127.0.0.1:5432", "(and at 1 more such ports)");
        assertThat(servers.sentence(port -> false)).isEmpty();
    }

    @Test
    void notOneThatWasOnlyLate() {
        servers.missed(8000);
        servers.listens(8000);
        assertThat(servers.sentence(port -> true)).isEmpty();
    }

    @Test
    void onlySoManyOfAProgramThatCounts() {
        for (int port = 1; port < 1000; port++) {
            servers.missed(port);
        }
        assertThat(servers.sentence(port -> true).orElseThrow()).contains("at 99 more");
    }
}
