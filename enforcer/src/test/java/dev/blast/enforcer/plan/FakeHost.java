package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file system as a listing: {@code "/usr/bin/"} a folder, {@code "/bin -> usr/bin"} a link,
 * {@code "/usr/bin/sh*"} a program, {@code "/dev/null!"} a device, anything else a file. Folders
 * above are there by themselves.
 */
public final class FakeHost implements HostFiles {
    private final TreeMap<Path, HostFile> files = new TreeMap<>();

    public FakeHost(String listing) {
        add(Path.of("/"), Kind.FOLDER, Path.of("/"), false);
        listing.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(this::add);
    }

    private void add(String line) {
        int arrow = line.indexOf(" -> ");
        if (arrow > 0) {
            add(
                    Path.of(line.substring(0, arrow)),
                    Kind.LINK,
                    Path.of(line.substring(arrow + 4)),
                    false);
        } else if (line.endsWith("/")) {
            add(Path.of(line), Kind.FOLDER, Path.of(line), false);
        } else {
            Path path = Path.of(line.replaceAll("[*!]$", ""));
            add(path, line.endsWith("!") ? Kind.SPECIAL : Kind.FILE, path, line.endsWith("*"));
        }
    }

    private void add(Path path, Kind kind, Path target, boolean executable) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            files.putIfAbsent(above, new HostFile(Kind.FOLDER, above, 1, files.size() + 1L, false));
        }
        files.put(path, new HostFile(kind, target, 1, files.size() + 1L, executable));
    }

    /** Everything that is there, by path. */
    public SortedMap<Path, HostFile> all() {
        return Collections.unmodifiableSortedMap(files);
    }

    @Override
    public Optional<HostFile> at(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public Optional<HostFile> behind(Path link) {
        return at(link).map(HostFile::linkTarget).flatMap(this::at);
    }

    @Override
    public boolean mayWrite(Path folder) {
        return true;
    }

    @Override
    public boolean isClosed(Path path) {
        return path.toString().endsWith("/private");
    }

    /** One disk, but for what a name says. */
    @Override
    public Storage storage(Path path) {
        return path.startsWith("/net")
                ? new Storage.Unknown()
                : path.startsWith("/dev")
                        ? new Storage.Memory()
                        : new Storage.Disk(new BlockDevice(path.startsWith("/data") ? 253 : 8, 0));
    }

    @Override
    public List<String> list(Path folder) {
        return files.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
