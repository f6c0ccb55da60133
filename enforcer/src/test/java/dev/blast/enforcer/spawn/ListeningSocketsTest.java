package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningSocketsTest {
    /** As a little-endian kernel writes them. */
    @Test
    void whatWaitsIsToldAndWhatIsConnectedIsNot() {
        assertThat(
                        ListeningSockets.of(
                                List.of(
                                        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt",
                                        "   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1",
                                        "   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2",
                                        "   2: 0100007F:1F40 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 3",
                                        "   3: 00000000000000000000000001000000:1F41 00000000000000000000000000000000:0000 0A 0",
                                        "   4: 00000000000000000000000000000000:1F42 00000000000000000000000000000000:0000 0A 0",
                                        "   5: 0000000000000000FFFF00000100007F:1F43 00000000000000000000000000000000:0000 0A 0",
                                        "nonsense")))
                .extracting(ListeningSockets.Listening::toString)
                .containsExactly(
                        "127.0.0.1:8000",
                        "0.0.0.0:80",
                        "[::1]:8001",
                        "[::]:8002",
                        "[0:0:0:0:0:ffff:7f00:1]:8003");
        assertThat(ListeningSockets.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void thoseOfThisProcessAreTold(String address) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            assertThat(ListeningSockets.of(ProcessHandle.current().pid()))
                    .extracting(ListeningSockets.Listening::port)
                    .contains(server.getLocalPort());
        }
    }
}
