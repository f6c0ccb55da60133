package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the kernel comes from a path to a file: every folder and every link on the way, in that
 * order, the file last. Whoever can change one of them can change what stands at the end.
 *
 * @param steps never empty; the first is the root
 */
record Way(List<Step> steps) {
    private static final int LINK_CAP = 40; // MAXSYMLINKS of the kernel

    /**
     * One of them, as lstat(2) sees it.
     *
     * @param path without links before its last name
     */
    record Step(Path path, int owner, int group, int mode, boolean isLink) {
        static Step of(Path path) throws IOException {
            Map<String, Object> attributes =
                    Files.readAttributes(
                            path, "unix:uid,gid,mode,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
            return new Step(
                    path,
                    (int) Objects.requireNonNull(attributes.get("uid")),
                    (int) Objects.requireNonNull(attributes.get("gid")),
                    (int) Objects.requireNonNull(attributes.get("mode")),
                    (boolean) Objects.requireNonNull(attributes.get("isSymbolicLink")));
        }
    }

    Way {
        steps = List.copyOf(steps);
    }

    /**
     * @param path absolute
     * @throws IOException where it leads nowhere
     */
    static Way to(Path path) throws IOException {
        Path root = Objects.requireNonNull(path.getRoot());
        var ahead = new ArrayDeque<Path>();
        path.forEach(ahead::add);
        var steps = new ArrayList<Step>();
        Path at = root;
        steps.add(Step.of(at));
        for (int links = 0; !ahead.isEmpty(); ) {
            Path name = ahead.remove();
            if (name.toString().equals("..")) {
                at = Objects.requireNonNullElse(at.getParent(), root);
                continue;
            }
            Step step = Step.of(at.resolve(name).normalize()); // "." is a name as well
            steps.add(step);
            if (!step.isLink()) {
                at = step.path();
                continue;
            }
            if (++links > LINK_CAP) {
                throw new FileSystemLoopException(path.toString());
            }
            Path target = Files.readSymbolicLink(step.path());
            at = target.isAbsolute() ? root : at;
            var names = new ArrayList<Path>();
            target.forEach(names::add);
            names.reversed().forEach(ahead::addFirst);
        }
        return new Way(steps);
    }

    /** The file, without links. */
    Path file() {
        return steps.getLast().path();
    }
}
