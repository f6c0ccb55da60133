package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketDiagnosisTest {
    private static byte[] message(int state, long sent, long again, long received) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + 72 + 8 + 4 + TcpInfo.BYTES);
        bytes.order(ByteOrder.nativeOrder());
        bytes.putInt(bytes.capacity()).putShort((short) 20).position(16);
        bytes.put((byte) 2).put((byte) state);
        bytes.putLong(16 + 4 + 40, 0x1_0000_0007L);
        bytes.putShort(88, (short) 8).putShort(90, (short) 1); // another attribute
        bytes.putShort(96, (short) (4 + TcpInfo.BYTES)).putShort(98, (short) 2);
        bytes.putLong(100 + 128, received).putLong(100 + 200, sent).putLong(100 + 208, again);
        return bytes.array();
    }

    /** The end that was received is not a byte. */
    @ParameterizedTest
    @CsvSource({
        "1, 10, 3, 5, false, 7, 5",
        "5, 10, 0, 5, false, 10, 5",
        "8, 10, 0, 5, false, 10, 4",
        "7, 10, 0, 5, true, 10, 4",
        "7, 0, 0, 0, true, 0, 0",
    })
    void whatIsTold(
            int state,
            long sent,
            long again,
            long received,
            boolean over,
            long netSent,
            long netReceived) {
        assertThat(SocketDiagnosis.of(message(state, sent, again, received)))
                .containsExactly(
                        new SocketDiagnosis.Carried(0x1_0000_0007L, over, netSent, netReceived));
    }

    @Test
    void oneThatIsUnknown() {
        ByteBuffer bytes = ByteBuffer.allocate(36).order(ByteOrder.nativeOrder());
        bytes.putInt(36).putShort((short) 2).putInt(16, -2).putInt(16 + 4 + 8, 77);
        assertThat(SocketDiagnosis.of(bytes.array()))
                .containsExactly(new SocketDiagnosis.Unknown(77));
    }

    @Test
    void oneOfWhichOnlyItsEndIsLeft() {
        ByteBuffer bytes = ByteBuffer.allocate(88).order(ByteOrder.nativeOrder());
        bytes.putInt(88).putShort((short) 20).putInt(8, 77);
        assertThat(SocketDiagnosis.of(bytes.array()))
                .containsExactly(new SocketDiagnosis.Unknown(77));
    }

    @Test
    void whatIsCutShortTellsNothing() {
        byte[] whole = message(1, 1, 0, 1);
        for (int length = 0; length < whole.length; length++) {
            assertThat(SocketDiagnosis.of(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void theQuestion() {
        var ours = new SocketAddress.Internet(InetAddress.ofLiteral("192.0.2.1"), 0x1234);
        var theirs = new SocketAddress.Internet(InetAddress.ofLiteral("192.0.2.2"), 443);
        byte[] four = SocketDiagnosis.question(7, SocketAddress.INET, 9, ours, theirs);
        assertThat(HexFormat.of().formatHex(four, 24, 60))
                .isEqualTo(
                        "123401bb"
                                + "c0000201000000000000000000000000"
                                + "c0000202000000000000000000000000");
        byte[] six = SocketDiagnosis.question(7, SocketAddress.INET6, 9, ours, theirs);
        assertThat(HexFormat.of().formatHex(six, 28, 60))
                .isEqualTo("00000000000000000000ffffc0000201" + "00000000000000000000ffffc0000202");
    }
}
