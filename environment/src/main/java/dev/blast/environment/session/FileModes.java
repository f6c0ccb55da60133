package dev.blast.environment.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the modes of files let this user do: the same inside a sandbox as outside, but that there
 * even root has no more rights than the bits give.
 */
final class FileModes {
    private static final int READ = 04;
    private static final int WRITE = 02;
    private static final int SEARCH = 01;
    private static final Path OWN = Path.of("/proc/self");

    private FileModes() {}

    /**
     * Whether the file that is there may be read or written.
     *
     * @param real without links
     */
    static boolean let(Path real, boolean write) {
        try {
            if (number(OWN, "uid") != 0) { // the kernel knows of access lists too
                return write ? Files.isWritable(real) : Files.isReadable(real);
            }
            Set<Integer> groups = groups();
            for (Path above = real.getParent(); above != null; above = above.getParent()) {
                if (!bit(above, SEARCH, groups)) {
                    return false;
                }
            }
            return bit(real, write ? WRITE : READ, groups);
        } catch (IOException _) {
            return false; // not ours to look at
        }
    }

    private static boolean bit(Path path, int bit, Set<Integer> groups) throws IOException {
        Map<String, Object> stat = Files.readAttributes(path, "unix:mode,uid,gid");
        int shift = number(stat, "uid") == number(OWN, "uid") ? 6 : 0;
        shift = shift == 0 && groups.contains(number(stat, "gid")) ? 3 : shift;
        return (number(stat, "mode") >> shift & bit) != 0;
    }

    private static int number(Path path, String name) throws IOException {
        return number(Files.readAttributes(path, "unix:" + name), name);
    }

    private static int number(Map<String, Object> stat, String name) {
        return stat.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static Set<Integer> groups() throws IOException {
        var groups = new HashSet<Integer>();
        for (String line : Files.readAllLines(OWN.resolve("status"))) {
            if (line.startsWith("Gid:") || line.startsWith("Groups:")) {
                for (String word :
                        line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)) {
                    if (!word.isEmpty()) {
                        groups.add(Integer.parseInt(word));
                    }
                }
            }
        }
        return groups;
    }
}
