package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.LeavingDatagram.Unreachable;
import dev.blast.enforcer.gate.LeavingDatagram.Way;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeavingDatagramTest {
    private static final Way WAY = new Way(of("198.18.0.1"), 40_000, of("198.18.0.7"), 443);
    private static final Way BACK = new Way(of("198.18.0.7"), 443, of("198.18.0.1"), 40_000);
    private static final int HEADERS = 10 + 14;

    private static Inet4Address of(String literal) {
        return Inet4Address.ofLiteral(literal);
    }

    /** What goes back one way leaves the other. */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "1200", "65507"})
    void whatIsWrittenIsRead(int bytes) {
        byte[] payload = new byte[bytes];
        new Random(bytes).nextBytes(payload);
        byte[] frame = LeavingDatagram.answer(BACK, payload);
        List<LeavingDatagram> read = LeavingDatagram.in(frame);
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().way()).isEqualTo(WAY);
        assertThat(read.getFirst().payload()).isEqualTo(payload);
        assertThat(sum(frame, HEADERS, 20)).as("of its header").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "1200, 500, '500 500 200'",
        "1000, 500, '500 500'",
        "100, 500, 100",
        "0, 500, 0",
        "9, 0, 9",
    })
    void severalThatWereSentAsOne(int bytes, int portion, String expected) {
        byte[] frame = LeavingDatagram.answer(BACK, new byte[bytes]);
        frame[1] = 5; // VIRTIO_NET_HDR_GSO_UDP_L4
        ByteBuffer.wrap(frame).order(ByteOrder.nativeOrder()).putShort(4, (short) portion);
        assertThat(
                        LeavingDatagram.in(frame).stream()
                                .map(it -> Integer.toString(it.payload().length)))
                .containsExactly(expected.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "a header that is too long, 24, 4f",
        "a header that is too short, 24, 44",
        "of version 6, 24, 65",
        "of TCP, 33, 06",
        "longer than it is, 26, ffff",
        "shorter than its headers, 26, 001b",
    })
    void whatIsNone(String what, int at, String bytes) {
        byte[] frame = LeavingDatagram.answer(BACK, new byte[8]);
        byte[] changed = HexFormat.of().parseHex(bytes);
        System.arraycopy(changed, 0, frame, at, changed.length);
        assertThat(LeavingDatagram.in(frame)).as(what).isEmpty();
    }

    /** Whatever comes, nothing is thrown. */
    @Test
    void anyBytes() {
        var random = new Random(20261130);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] frame = LeavingDatagram.answer(BACK, new byte[random.nextInt(40)]);
            for (int j = random.nextInt(6); j > 0; j--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            read +=
                    LeavingDatagram.in(Arrays.copyOf(frame, random.nextInt(frame.length + 9)))
                            .size();
        }
        assertThat(read).isPositive();
    }

    /** See icmp(7): what was sent is in it, so that the kernel finds the socket. */
    @Test
    void whatIsSaidOfOneThatDoesNotArrive() {
        byte[] frame = LeavingDatagram.unreachable(WAY, 100, Unreachable.PROHIBITED);
        assertThat(HexFormat.of().formatHex(frame, HEADERS + 20, HEADERS + 22)).isEqualTo("030d");
        assertThat(sum(frame, HEADERS, 20)).isZero();
        assertThat(sum(frame, HEADERS + 20, frame.length - HEADERS - 20)).isZero();
        assertThat(HexFormat.of().formatHex(frame, HEADERS + 28 + 12, frame.length))
                .isEqualTo("c6120001" + "c6120007" + "9c40" + "01bb" + "006c" + "0000");
    }

    /** Zero of what carries its own sum, RFC 1071. */
    private static int sum(byte[] bytes, int at, int length) {
        long sum = 0;
        for (int i = at; i < at + length; i += 2) {
            sum += Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(i));
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (~sum & 0xffff);
    }
}
