package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.NameServer.Transport;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, there is an answer that can be read, or none. */
class NameServerFuzzTest {
    private static final List<String> NAMES =
            List.of("a.example", "many.example", "localhost", "2.0.18.198.in-addr.arpa", "7.1", "");

    private final NameServer server =
            new NameServer(NameServerFuzzTest::find, new SyntheticAddresses());

    private static RealAddresses.Lead find(String name) {
        return switch (name.length() % 5) {
            case 0 -> new RealAddresses.Lead.NoSuchName();
            case 1 -> new RealAddresses.Lead.Refused();
            case 2 -> new RealAddresses.Lead.Failed();
            default ->
                    new RealAddresses.Lead.Found(
                            IntStream.range(0, name.length() * 4)
                                    .mapToObj(i -> InetAddress.ofLiteral("192.0.2." + i % 256))
                                    .toList());
        };
    }

    @Test
    void anyBytesHaveAnAnswerThatCanBeReadOrNone() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            byte[] message = anyMessage(random);
            var transport = random.nextBoolean() ? Transport.UDP : Transport.TCP;
            String as = "seed %d: %s".formatted(seed, HexFormat.of().formatHex(message));
            Optional<byte[]> answer = answer(message, transport, as);
            boolean silent = message.length < 2 || (message.length >= 4 && message[2] < 0);
            assertThat(answer.isEmpty()).as(as).isEqualTo(silent);
            answer.ifPresent(bytes -> reads(bytes, message, transport, as));
        }
    }

    private Optional<byte[]> answer(byte[] message, Transport transport, String as) {
        try {
            return server.answer(message, transport);
        } catch (RuntimeException e) {
            throw new AssertionError(as, e);
        }
    }

    private static void reads(byte[] answer, byte[] message, Transport transport, String as) {
        DnsBytes.Read read = DnsBytes.read(answer);
        assertThat(Arrays.copyOf(answer, 2)).as(as).isEqualTo(Arrays.copyOf(message, 2));
        assertThat(read.flags() & 0x8000).as(as).isNotZero();
        assertThat(answer.length)
                .as(as)
                .isLessThanOrEqualTo(transport == Transport.UDP ? 1232 : 65_535);
        boolean echoes = answer[5] == 1;
        if (echoes) {
            int end = 12 + DnsBytes.labels(read.question()).length + 4;
            assertThat(Arrays.copyOfRange(answer, 12, end))
                    .as(as)
                    .isEqualTo(Arrays.copyOfRange(message, 12, end));
        } else {
            assertThat(read.code()).as(as).isIn(1, 4);
        }
        assertThat(read.answers())
                .as(as)
                .allMatch(each -> each.type() == read.questionType())
                .allMatch(each -> List.of(1, 12, 28).contains(each.type()));
    }

    /** Noise, or a query of which some bytes are other ones, cut off, put in or repeated. */
    private static byte[] anyMessage(Random random) {
        if (random.nextInt(8) == 0) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            return noise;
        }
        int[] types = {1, 1, 28, 12, 16, 65, 255};
        byte[] opt =
                random.nextBoolean()
                        ? DnsBytes.opt(
                                random.nextInt(0x1_0000),
                                random.nextInt(8) / 7,
                                0x8000,
                                0,
                                3,
                                0,
                                1,
                                7)
                        : new byte[0];
        byte[] message =
                DnsBytes.query(
                        0x0100,
                        DnsBytes.labels(NAMES.get(random.nextInt(NAMES.size()))),
                        types[random.nextInt(types.length)],
                        1,
                        opt);
        for (int i = random.nextInt(4); i > 0 && message.length > 0; i--) {
            int at = random.nextInt(message.length);
            switch (random.nextInt(4)) {
                case 0 -> message[at] = (byte) random.nextInt();
                case 1 -> message[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> message = Arrays.copyOf(message, at);
                default -> {
                    byte[] longer = Arrays.copyOf(message, message.length + 1 + random.nextInt(4));
                    System.arraycopy(
                            message,
                            at,
                            longer,
                            longer.length - (message.length - at),
                            message.length - at);
                    message = longer;
                }
            }
        }
        return message;
    }
}
