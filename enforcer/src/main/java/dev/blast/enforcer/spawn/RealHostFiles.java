package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.HostFiles;
import dev.blast.enforcer.plan.Storage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The file system of this machine. */
public final class RealHostFiles implements HostFiles {
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFLNK = 0120000;
    private static final int ANY_EXECUTE = 0111;
    private static final int STATFS_BYTES = 120;
    private static final int F_FLAGS = 80;
    private static final long ST_RDONLY = 1;

    private final Kernel kernel = Kernel.linux();

    @Override
    public Optional<HostFile> at(Path path) {
        return look(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<HostFile> behind(Path link) {
        return look(link);
    }

    private static Optional<HostFile> look(Path path, LinkOption... how) {
        try {
            Map<String, Object> stat = Files.readAttributes(path, "unix:mode,dev,ino", how);
            int mode = (int) number(stat, "mode");
            if (KeptNames.is(path, mode)) {
                return Optional.empty();
            }
            Kind kind =
                    switch (mode & S_IFMT) {
                        case S_IFDIR -> Kind.FOLDER;
                        case S_IFREG -> Kind.FILE;
                        case S_IFLNK -> Kind.LINK;
                        default -> Kind.SPECIAL;
                    };
            Path target = kind == Kind.LINK ? Files.readSymbolicLink(path) : path;
            return Optional.of(
                    new HostFile(
                            kind,
                            target,
                            number(stat, "dev"),
                            number(stat, "ino"),
                            (mode & ANY_EXECUTE) != 0));
        } catch (IOException _) {
            return Optional.empty(); // absent, or not ours to see: nothing that could be granted
        }
    }

    private static long number(Map<String, Object> stat, String name) {
        return stat.get(name) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public boolean mayWrite(Path folder) {
        try {
            return !isReadOnly(folder)
                    && (Files.isWritable(folder) || owner(folder) == owner(Path.of("/proc/self")));
        } catch (IOException _) {
            return false; // gone meanwhile
        }
    }

    /**
     * Whether nothing can be made there by whoever it is, see statfs(2): what Java says of a file
     * store is that of its device, and one part of it can be mounted read-only in another place.
     */
    private boolean isReadOnly(Path folder) {
        try (NativeMemory memory = new NativeMemory()) {
            long answer = memory.allocate(STATFS_BYTES);
            return kernel.call(Syscall.statfs, memory.path(folder), answer) == 0
                    && (memory.getLong(answer + F_FLAGS) & ST_RDONLY) != 0;
        }
    }

    /** An owner may open what he has closed. */
    @Override
    public boolean isClosed(Path path) {
        try {
            return owner(path) != owner(Path.of("/proc/self"))
                    && !Files.isReadable(path)
                    && !Files.isExecutable(path);
        } catch (IOException _) {
            return false; // gone meanwhile
        }
    }

    private static long owner(Path path) throws IOException {
        return number(Files.readAttributes(path, "unix:uid"), "uid");
    }

    @Override
    public List<String> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    @Override
    public Storage storage(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            try {
                Map<String, Object> stat = Files.readAttributes(at, "unix:dev");
                FileStore store = Files.getFileStore(at);
                return Storage.of(number(stat, "dev"), store.type(), source(store), Path.of("/"));
            } catch (IOException _) {
                // not there yet, or not ours to see: what is above decides
            }
        }
        return new Storage.Unknown();
    }

    /** The number of the device that a file system says it is on; 0 where that is none. */
    private static long source(FileStore store) {
        try {
            return store.name().startsWith("/")
                    ? number(Files.readAttributes(Path.of(store.name()), "unix:rdev"), "rdev")
                    : 0;
        } catch (IOException _) {
            return 0;
        }
    }
}
