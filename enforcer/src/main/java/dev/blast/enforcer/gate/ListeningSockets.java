package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TCP sockets that wait for connections, as {@code /proc/PID/net/tcp} lists them; see proc(5). */
public final class ListeningSockets {
    /** {@code TCP_LISTEN} of {@code net/tcp_states.h}. */
    private static final String LISTEN = "0A";

    /** Where in a line is what; an address ends in its port, in hexadecimal. */
    private static final int ADDRESS = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;

    /** Words of four bytes as this processor has them: any address, 127.0.0.0/8, ::1. */
    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "0{8}|[0-9A-F]{6}7F|0{32}|0{24}01000000|0{16}FFFF0000(?:0{8}|[0-9A-F]{6}7F)");

    private ListeningSockets() {}

    /** Whether one of this machine's is reached at a port of its loopback. */
    public static boolean isOnLoopback(int port) {
        return isOnLoopback(tables("self"), port);
    }

    /** Whether one of those that such files list is. */
    static boolean isOnLoopback(List<String> lines, int port) {
        return waiting(lines, port)
                .map(fields -> fields[ADDRESS].substring(0, fields[ADDRESS].indexOf(':')))
                .anyMatch(address -> LOOPBACK.matcher(address).matches());
    }

    /** The inodes of those of this process's network that listen at a port. */
    static Set<Long> inodes(int port) {
        return inodes("self", port);
    }

    /**
     * The same of another process's network.
     *
     * @param process its number, as this one sees it
     */
    static Set<Long> inodes(String process, int port) {
        return inodes(tables(process), port);
    }

    private static List<String> tables(String process) {
        List<String> lines = new ArrayList<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            lines.addAll(Lines.of(Path.of("/proc", process, "net", table)));
        }
        return lines;
    }

    /** Those that such files list. */
    static Set<Long> inodes(List<String> lines, int port) {
        return waiting(lines, port)
                .map(fields -> Long.valueOf(fields[INODE]))
                .collect(Collectors.toSet());
    }

    private static Stream<String[]> waiting(List<String> lines, int port) {
        return lines.stream()
                .map(line -> line.strip().split(" +", -1))
                .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTEN))
                .filter(fields -> port(fields[ADDRESS]) == port);
    }

    private static int port(String address) {
        return HexFormat.fromHexDigits(address, address.indexOf(':') + 1, address.length());
    }
}
