package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** TCP sockets that wait for connections, as {@code /proc/PID/net/tcp} lists them; see proc(5). */
final class ListeningSockets {
    /** {@code TCP_LISTEN} of {@code net/tcp_states.h}. */
    private static final String LISTEN = "0A";

    /** Where in a line is what; an address ends in its port, in hexadecimal. */
    private static final int ADDRESS = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

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
        List<String> lines = new ArrayList<>();
        for (String table : new String[] {"tcp", "tcp6"}) {
            lines.addAll(Lines.of(Path.of("/proc", process, "net", table)));
        }
        return inodes(lines, port);
    }

    /** Those that such files list. */
    static Set<Long> inodes(List<String> lines, int port) {
        var inodes = new HashSet<Long>();
        for (String line : lines) {
            String[] fields = line.strip().split(" +", -1);
            if (fields.length > INODE && fields[STATE].equals(LISTEN)) {
                String address = fields[ADDRESS];
                int colon = address.indexOf(':');
                if (HexFormat.fromHexDigits(address, colon + 1, address.length()) == port) {
                    inodes.add(Long.valueOf(fields[INODE]));
                }
            }
        }
        return inodes;
    }
}
