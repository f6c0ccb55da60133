package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** TCP sockets that wait for connections, as {@code /proc/PID/net/tcp} lists them; see proc(5). */
public final class ListeningSockets {
    /** {@code TCP_LISTEN} of {@code net/tcp_states.h}. */
    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    /**
     * A socket that waits.
     *
     * @param address in numbers, IPv6 in brackets
     */
    public record Listening(String address, int port) {
        @Override
        public String toString() {
            return address + ":" + port;
        }
    }

    /** Those in the network namespace of a process; none where that has ended. */
    public static List<Listening> of(long pid) {
        Path net = Path.of("/proc", Long.toString(pid), "net");
        var all = new ArrayList<Listening>(of(Lines.of(net.resolve("tcp"))));
        all.addAll(of(Lines.of(net.resolve("tcp6"))));
        return all;
    }

    /** Those that such a file lists. */
    static List<Listening> of(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split(" +", -1))
                .filter(fields -> fields.length > 3 && fields[3].equals(LISTEN))
                .map(fields -> listening(fields[1]))
                .toList();
    }

    /** Words of 32 bits in the order of the processor, as it has them in memory. */
    private static Listening listening(String local) {
        int colon = local.indexOf(':');
        byte[] words = HexFormat.of().parseHex(local, 0, colon);
        ByteBuffer address = ByteBuffer.allocate(words.length).order(ByteOrder.nativeOrder());
        ByteBuffer read = ByteBuffer.wrap(words);
        while (read.hasRemaining()) {
            address.putInt(read.getInt());
        }
        return new Listening(
                shown(address.array()), HexFormat.fromHexDigits(local, colon + 1, local.length()));
    }

    private static String shown(byte[] address) {
        if (address.length == 4) {
            return IntStream.range(0, 4)
                    .mapToObj(i -> Integer.toString(address[i] & 0xff))
                    .collect(Collectors.joining("."));
        }
        if (IntStream.range(0, 15).allMatch(i -> address[i] == 0) && (address[15] & 0xfe) == 0) {
            return address[15] == 0 ? "[::]" : "[::1]";
        }
        ShortBuffer groups = ByteBuffer.wrap(address).asShortBuffer();
        return IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString(groups.get(i) & 0xffff))
                .collect(Collectors.joining(":", "[", "]"));
    }
}
