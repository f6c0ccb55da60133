package dev.blast.enforcer.spawn;

import dev.blast.enforcer.plan.HostFiles;
import java.io.IOException;
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

    @Override
    public Optional<HostFile> at(Path path) {
        try {
            Map<String, Object> stat =
                    Files.readAttributes(path, "unix:mode,dev,ino", LinkOption.NOFOLLOW_LINKS);
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
            return Files.isWritable(folder)
                    || (owner(folder) == owner(Path.of("/proc/self"))
                            && !Files.getFileStore(folder).isReadOnly());
        } catch (IOException _) {
            return false; // gone meanwhile
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
}
