package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeText;
import dev.blast.enforcer.spawn.InsideProcesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose a datagram is of one sandbox, of which only the port is known that it came from; see
 * proc(5). For one thread.
 */
final class DatagramSockets {
    /** Where in a line is what; an address ends in its port, in hexadecimal. */
    private static final int ADDRESS = 1;

    private static final int INODE = 9;

    private final long first;
    private final Kernel kernel;

    /** As the last look found them. */
    private final Map<String, Holder> holders = new HashMap<>();

    /**
     * @param first process of the sandbox
     */
    DatagramSockets(long first, Kernel kernel) {
        this.first = first;
        this.kernel = kernel;
    }

    /**
     * A process that holds a socket.
     *
     * @param pid as this process sees it; 0 where nobody holds it any more
     * @param program that it runs, as its sandbox names it
     */
    record Holder(long pid, @Nullable Path program) {
        static final Holder NOBODY = new Holder(0, null);
    }

    /** The first process that holds a socket of that port. */
    Holder holder(int port) {
        List<String> sockets = new ArrayList<>();
        for (String table : new String[] {"udp", "udp6"}) {
            List<String> lines =
                    Lines.of(Path.of("/proc", Long.toString(first), "net").resolve(table));
            inodes(lines, port).forEach(inode -> sockets.add("socket:[" + inode + "]"));
        }
        if (!sockets.isEmpty() && sockets.stream().noneMatch(holders::containsKey)) {
            look();
        }
        return sockets.stream()
                .map(holders::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Holder.NOBODY);
    }

    private void look() {
        holders.clear();
        for (Path process : InsideProcesses.of(first)) {
            String program = InsideProcesses.target(InsideProcesses.living(process).resolve("exe"));
            boolean named = program.startsWith("/") && NativeText.isText(program);
            var holder =
                    new Holder(
                            Long.parseLong(process.getFileName().toString()),
                            named ? Path.of(program) : null);
            for (Path descriptor : InsideProcesses.descriptors(process, kernel)) {
                String target = InsideProcesses.target(descriptor);
                if (target.startsWith("socket:")) {
                    holders.putIfAbsent(target, holder);
                }
            }
        }
    }

    /** Those of a port that such a file lists. */
    static Set<Long> inodes(List<String> lines, int port) {
        var inodes = new HashSet<Long>();
        for (String line : lines) {
            String[] fields = line.strip().split(" +", -1);
            int colon = fields.length > INODE ? fields[ADDRESS].indexOf(':') : -1;
            if (colon >= 0
                    && HexFormat.fromHexDigits(fields[ADDRESS], colon + 1, fields[ADDRESS].length())
                            == port) {
                inodes.add(Long.valueOf(fields[INODE]));
            }
        }
        return inodes;
    }
}
