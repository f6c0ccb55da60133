package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a path really leads.
 *
 * @param path without a symbolic link in it, as far as it exists
 * @param links the symbolic links on the way, with what each says
 * @param file what is there; empty where there is nothing
 */
public record Resolution(Path path, Map<Path, Path> links, Optional<HostFiles.HostFile> file) {
    private static final Path ROOT = Path.of("/");
    private static final int LINKS_FOLLOWED = 40;

    /** Follows every link, as path_resolution(7) does. */
    public static Resolution of(Path path, HostFiles host) {
        Map<Path, Path> links = new LinkedHashMap<>();
        Deque<Path> rest = new ArrayDeque<>();
        path.normalize().forEach(rest::add);
        Path real = ROOT;
        Optional<HostFiles.HostFile> file = host.at(ROOT);
        while (!rest.isEmpty()) {
            Path next = real.resolve(rest.remove()).normalize();
            file = host.at(next);
            if (file.isPresent()
                    && file.get().kind() == HostFiles.Kind.LINK
                    && links.size() < LINKS_FOLLOWED) {
                Path target = file.get().linkTarget();
                links.put(next, target);
                List<Path> names = new ArrayList<>();
                target.forEach(names::add);
                names.reversed().forEach(rest::addFirst);
                real = target.isAbsolute() ? ROOT : real;
                file = host.at(real);
            } else {
                real = next;
            }
        }
        return new Resolution(real, links, file);
    }
}
