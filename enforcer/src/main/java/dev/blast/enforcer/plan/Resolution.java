package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a path really leads.
 *
 * @param path without a symbolic link in it, as far as it exists
 * @param links the symbolic links on the way, with what each says
 * @param file what is there; empty where there is nothing
 * @param endless whether links lead in a circle: then the path is the link at which that was found
 */
public record Resolution(
        Path path, Map<Path, Path> links, Optional<HostFiles.HostFile> file, boolean endless) {
    private static final Path ROOT = Path.of("/");
    private static final int LINKS_FOLLOWED = 40;

    /** Follows every link, as path_resolution(7) does. */
    public static Resolution of(Path path, HostFiles host) {
        return of(path, host::at);
    }

    /**
     * The same in any file system.
     *
     * @param at what is at a path, a link itself
     */
    static Resolution of(Path path, Function<Path, Optional<HostFiles.HostFile>> at) {
        Map<Path, Path> links = new LinkedHashMap<>();
        Deque<Path> rest = new ArrayDeque<>();
        path.normalize().forEach(rest::add);
        Path real = ROOT;
        Optional<HostFiles.HostFile> file = at.apply(ROOT);
        int followed = 0;
        while (!rest.isEmpty()) {
            Path next = real.resolve(rest.remove()).normalize();
            file = at.apply(next);
            if (file.isEmpty() || file.get().kind() != HostFiles.Kind.LINK) {
                real = next;
                continue;
            }
            if (followed++ == LINKS_FOLLOWED) {
                return new Resolution(next, links, Optional.empty(), true);
            }
            Path target = file.get().linkTarget();
            links.put(next, target);
            List<Path> names = new ArrayList<>();
            target.forEach(names::add);
            names.reversed().forEach(rest::addFirst);
            real = target.isAbsolute() ? ROOT : real;
            file = at.apply(real);
        }
        return new Resolution(real, links, file, false);
    }
}
