package dev.blast.benchmarks;

import dev.blast.enforcer.gate.NameServer;
import dev.blast.enforcer.gate.RealAddresses;
import dev.blast.enforcer.gate.SyntheticAddresses;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Any bytes, many times over, to the name server of a sandbox.
 *
 * <pre>{@code NameServerFuzz MESSAGES SEED}</pre>
 *
 * Queries for ever new names, of which bytes are changed, cut off, put in and repeated. Each answer
 * must have the id of its query and fit; what fails is printed with its seed, and exits with 1. The
 * heap in use is printed after each tenth: it must not grow for ever.
 */
public final class NameServerFuzz {
    private static final int[] TYPES = {1, 1, 1, 28, 28, 12, 16, 33, 64, 65, 255};

    private static final byte[] OPT =
            HexFormat.of().parseHex("00002904d000008000000700030003010203");

    private final NameServer server =
            new NameServer(NameServerFuzz::lead, new SyntheticAddresses());

    private NameServerFuzz() {}

    public static void main(String[] arguments) {
        int messages = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        var fuzz = new NameServerFuzz();
        long begin = System.nanoTime();
        int answered = 0;
        for (int i = 0; i < messages; i++) {
            answered += fuzz.send(seed + i) ? 1 : 0;
            if ((i + 1) % Math.max(1, messages / 10) == 0) {
                System.out.printf("%,d messages, %,d MiB in use%n", i + 1, bytesInUse() >> 20);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "%,d messages from seed %d, %,d answered, in %.1f s%n",
                messages, seed, answered, took.toMillis() / 1000.0);
    }

    /** The serial collector leaves some of what is dead where it is, but for each fourth time. */
    private static long bytesInUse() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        var memory = Runtime.getRuntime();
        return memory.totalMemory() - memory.freeMemory();
    }

    private boolean send(long seed) {
        var random = new Random(seed);
        byte[] message = anyMessage(random);
        var transport = random.nextBoolean() ? NameServer.Transport.UDP : NameServer.Transport.TCP;
        try {
            Optional<byte[]> answer = server.answer(message, transport);
            answer.ifPresent(bytes -> check(bytes, message, transport));
            return answer.isPresent();
        } catch (RuntimeException e) {
            String hex = HexFormat.of().formatHex(message);
            System.err.printf("seed %d, %s: %s%n", seed, hex, e);
            System.exit(1);
            throw e;
        }
    }

    private static void check(byte[] answer, byte[] message, NameServer.Transport transport) {
        boolean fits = answer.length <= (transport == NameServer.Transport.UDP ? 1232 : 65_535);
        boolean isAnswer = answer.length >= 12 && answer[2] < 0;
        boolean sameId = Arrays.equals(answer, 0, 2, message, 0, 2);
        if (!fits || !isAnswer || !sameId) {
            throw new IllegalStateException("answered " + HexFormat.of().formatHex(answer));
        }
    }

    private static RealAddresses.Lead lead(String name) {
        return switch (name.hashCode() & 7) {
            case 0 -> new RealAddresses.Lead.NoSuchName();
            case 1 -> new RealAddresses.Lead.Refused();
            case 2 -> new RealAddresses.Lead.Failed();
            case 3 -> new RealAddresses.Lead.Found(List.of());
            default ->
                    new RealAddresses.Lead.Found(
                            List.of(
                                    InetAddress.ofLiteral("192.0.2.1"),
                                    InetAddress.ofLiteral("2001:db8::1")));
        };
    }

    private static byte[] anyMessage(Random random) {
        byte[] name = anyName(random);
        boolean opt = random.nextBoolean();
        ByteBuffer query =
                ByteBuffer.allocate(12 + name.length + 4 + (opt ? OPT.length : 0))
                        .putShort((short) random.nextInt())
                        .putShort((short) 0x0100)
                        .putShort((short) 1)
                        .putInt(0)
                        .putShort((short) (opt ? 1 : 0))
                        .put(name)
                        .putShort((short) TYPES[random.nextInt(TYPES.length)])
                        .putShort((short) 1)
                        .put(opt ? OPT : new byte[0]);
        byte[] message = query.array();
        for (int i = random.nextInt(4); i > 0 && message.length > 0; i--) {
            message = changed(message, random);
        }
        return message;
    }

    private static byte[] anyName(Random random) {
        var name = ByteBuffer.allocate(256);
        for (int labels = random.nextInt(5); labels > 0; labels--) {
            String label = Integer.toString(random.nextInt(1_000_000), 36);
            name.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return Arrays.copyOf(name.array(), name.position() + 1);
    }

    private static byte[] changed(byte[] message, Random random) {
        int at = random.nextInt(message.length);
        byte[] changed = message.clone();
        switch (random.nextInt(4)) {
            case 0 -> changed[at] = (byte) random.nextInt();
            case 1 -> changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 2 -> changed = Arrays.copyOf(message, at);
            default -> {
                int more = 1 + random.nextInt(8);
                changed = Arrays.copyOf(message, message.length + more);
                System.arraycopy(message, at, changed, at + more, message.length - at);
            }
        }
        return changed;
    }
}
