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
import java.util.Optional;

/**
 * How the kernel comes from a path to a file: every folder and every link on the way, in that
 * order, the file last. Whoever can change one of them can change what stands at the end.
 *
 * @param steps never empty; the first is the root
 */
public record Way(List<Step> steps) {
    private static final int BY_GROUP = 020;
    private static final int BY_ALL = 02;
    private static final int STICKY = 01000; // what lies in it is its owner's to rename
    private static final int ROOT = 0;

    private static final int LINK_CAP = 40; // MAXSYMLINKS of the kernel

    /**
     * One of them, as lstat(2) sees it.
     *
     * @param path without links before its last name
     */
    public record Step(Path path, int owner, int group, int mode, boolean isLink) {
        public static Step of(Path path) throws IOException {
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

        /** Who else than its keeper could change it; empty where nobody could. */
        public Optional<String> others(Keeper keeper) throws IOException {
            if (!keeper.owns(owner)) {
                return Optional.of(
                        "is another user's to change: %s belongs to user %d"
                                .formatted(path, owner));
            }
            if (isLink || (mode & STICKY) != 0) {
                return Optional.empty();
            }
            if ((mode & BY_ALL) != 0) {
                return Optional.of("is anybody's to change: all may write " + path);
            }
            return (mode & BY_GROUP) == 0 || keeper.is(group)
                    ? Optional.empty()
                    : Optional.of(
                            "is others' to change: group %d may write %s".formatted(group, path));
        }
    }

    /** Whose a file is to change; root may change any. */
    public enum Keeper {
        ROOT,
        /** Whoever this process acts as. */
        USER;

        private boolean owns(int owner) throws IOException {
            return owner == ownerOfAll() || is(owner);
        }

        /** The group that is a user's own (umask 002) has the user's number. */
        private boolean is(int number) throws IOException {
            return number == Way.ROOT || (this == USER && number == Processes.own());
        }

        /** Root, though it may have no number in this user namespace. */
        private static int ownerOfAll() throws IOException {
            return Step.of(Path.of("/")).owner();
        }
    }

    public Way {
        steps = List.copyOf(steps);
    }

    /**
     * The way to a file.
     *
     * @param path absolute
     * @throws IOException where it leads nowhere
     */
    public static Way to(Path path) throws IOException {
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

    /** Who else than its keeper could make what stands at the end another; empty for nobody. */
    public Optional<String> others(Keeper keeper) throws IOException {
        for (Step step : steps) {
            Optional<String> others = step.others(keeper);
            if (others.isPresent()) {
                return others;
            }
        }
        return Optional.empty();
    }

    /** The file, without links. */
    public Path file() {
        return steps.getLast().path();
    }
}
