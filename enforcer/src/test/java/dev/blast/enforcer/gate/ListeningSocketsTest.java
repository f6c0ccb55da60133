package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kernel lists, and what we make of it. */
class ListeningSocketsTest {

    @Test
    void onlyThoseThatWaitAtThePort() {
        String lines =
                """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0
                   1: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0
                   2: 0100007F:1F41 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0
                   3: 0100007F:1F40 0100007F:A2B4 01 00000000:00000000 00:00000000 00000000     0        0 4714 1 0
                   4: 00000000000000000000000001000000:1F40 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 4715 1
                """;
        assertThat(ListeningSockets.inodes(lines.lines().toList(), 8000))
                .containsExactlyInAnyOrder(4711L, 4712L, 4715L);
        assertThat(ListeningSockets.inodes(List.of(), 8000)).isEmpty();
    }

    @Test
    void whetherTheLoopbackLeadsToOne() {
        record Case(String address, boolean reached) {}
        for (var it :
                List.of(
                        new Case("00000000", true),
                        new Case("0100007F", true),
                        new Case("3500007F", true),
                        new Case("0100000A", false),
                        new Case("00000000000000000000000000000000", true),
                        new Case("00000000000000000000000001000000", true),
                        new Case("0000000000000000FFFF00000100007F", true),
                        new Case("0000000000000000FFFF00000100000A", false),
                        new Case("000080FE000000000000000001000000", false))) {
            List<String> lines =
                    List.of(
                            "  0: %s:1F40 00000000:0000 0A 0:0 0:0 0 0 0 4711 1"
                                    .formatted(it.address()));
            assertThat(ListeningSockets.isOnLoopback(lines, 8000))
                    .as(it.address())
                    .isEqualTo(it.reached());
            assertThat(ListeningSockets.isOnLoopback(lines, 8001)).isFalse();
        }
    }

    @Test
    void itsOwnAreFound() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ListeningSockets.inodes(server.getLocalPort())).hasSize(1);
        }
    }
}
