package dev.blast.enforcer;

import dev.blast.enforcer.plan.FakeHost;
import dev.blast.enforcer.plan.HostFiles.HostFile;
import dev.blast.enforcer.plan.HostFiles.Kind;
import dev.blast.enforcer.plan.Landlock;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the steps of a plan on a tree in memory, as a kernel would, and then opens paths in
 * it. Knows nothing of rules: only mounts, links and Landlock.
 */
final class StepsInterpreter {
    private static final long READ_DIR = 1 << 3;
    private static final long MAKE_REG = 1 << 8;
    private static final int LINKS_FOLLOWED = 40;

    private final FakeHost host;
    private final TreeMap<Path, Node> tree = new TreeMap<>();
    private final Step.@Nullable Restrict landlock;

    /**
     * @param ofTheMachine whether it is what lies at the path outside
     */
    private record Node(Kind kind, Path target, boolean ofTheMachine, boolean writable) {}

    private StepsInterpreter(FakeHost host, Step.@Nullable Restrict landlock) {
        this.host = host;
        this.landlock = landlock;
    }

    static StepsInterpreter of(Plan plan, FakeHost host) {
        var interpreter = new StepsInterpreter(host, plan.step(Step.Restrict.class).orElse(null));
        host.all().forEach((path, file) -> interpreter.tree.put(path, node(file, true)));
        plan.steps().forEach(interpreter::carryOut);
        return interpreter;
    }

    private static Node node(HostFile file, boolean writable) {
        return new Node(file.kind(), file.linkTarget(), true, writable);
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.MakeFolder(Path path) -> {
                for (Path at = path; at != null; at = at.getParent()) {
                    tree.putIfAbsent(at, new Node(Kind.FOLDER, at, true, true));
                }
            }
            case Step.NewRoot _ -> {
                tree.clear();
                own("/", Kind.FOLDER, false);
            }
            case Step.Folder(Path path) -> {
                if (tree.containsKey(path)) {
                    throw new AssertionError("mkdir " + path + ": EEXIST");
                }
                Node above = Objects.requireNonNull(tree.get(path.getParent()), "a folder above");
                own(path.toString(), Kind.FOLDER, above.writable());
            }
            case Step.EmptyFile(Path path) -> own(path.toString(), Kind.FILE, false);
            case Step.Link(Path path, Path target) ->
                    tree.put(path, new Node(Kind.LINK, target, false, false));
            case Step.Bind(var source, boolean writable) -> {
                cover(source.path());
                own(source.path().toString(), Kind.FOLDER, writable);
                host.all()
                        .forEach((path, file) -> {
                            if (path.startsWith(source.path())) {
                                tree.put(path, node(file, writable));
                            }
                        });
            }
            case Step.Overlay(var lower, var _) -> bindCopy(lower.path());
            case Step.BindCopy(var _, Path path) -> bindCopy(path);
            case Step.Temporary(Path path, long _, long _) -> {
                cover(path);
                own(path.toString(), Kind.FOLDER, true);
            }
            case Step.Hide(Path path, boolean _) -> {
                cover(path);
                own(path.toString(), Kind.SPECIAL, false);
            }
            case Step.Devices _ -> own("/dev/shm", Kind.FOLDER, true);
            case Step.Proc _ -> {
                cover(Path.of("/proc"));
                host.all()
                        .forEach((path, file) -> {
                            if (path.startsWith(Path.of("/proc"))) {
                                tree.put(path, node(file, false));
                            }
                        });
            }
            default -> {}
        }
    }

    private void bindCopy(Path folder) {
        cover(folder);
        own(folder.toString(), Kind.FOLDER, true);
        host.all()
                .forEach((path, file) -> {
                    if (path.startsWith(folder)) {
                        tree.put(path, node(file, true));
                    }
                });
    }

    private void own(String path, Kind kind, boolean writable) {
        tree.put(Path.of(path), new Node(kind, Path.of("/"), false, writable));
    }

    private void cover(Path path) {
        tree.keySet().removeIf(below -> below.startsWith(path));
    }

    /** Whether what lies there outside can be read. */
    boolean reads(Path path) {
        Path real = real(path);
        if (real == null) {
            return false;
        }
        Node node = tree.get(real);
        return node != null
                && node.ofTheMachine()
                && permits(real, node.kind() == Kind.FOLDER ? READ_DIR : Landlock.READ_FILE);
    }

    /** Whether what is there can be written, or something be made there. */
    boolean writes(Path path) {
        Path real = real(path);
        if (real == null) {
            return false;
        }
        Node node = tree.get(real);
        if (node != null && node.kind() != Kind.FOLDER) {
            boolean device = node.kind() == Kind.SPECIAL && node.ofTheMachine();
            return (device || node.writable()) && permits(real, Landlock.WRITE_FILE);
        }
        for (Path folder = real; folder != null; folder = folder.getParent()) {
            Node above = tree.get(folder);
            if (above != null) {
                return above.kind() == Kind.FOLDER && above.writable() && permits(folder, MAKE_REG);
            }
        }
        return false;
    }

    private boolean permits(Path real, long right) {
        return landlock == null
                || landlock.rules().stream()
                        .anyMatch(rule ->
                                real.startsWith(rule.path())
                                        && (Landlock.rights(rule, landlock.abi()) & right) != 0);
    }

    private @Nullable Path real(Path path) {
        Deque<Path> rest = new ArrayDeque<>();
        path.forEach(rest::add);
        Path real = Path.of("/");
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = real.resolve(rest.remove()).normalize();
            Node node = tree.get(next);
            if (node != null && node.kind() == Kind.LINK) {
                if (links++ == LINKS_FOLLOWED) {
                    return null;
                }
                Path target = node.target();
                for (int i = target.getNameCount() - 1; i >= 0; i--) {
                    rest.addFirst(target.getName(i));
                }
                real = target.isAbsolute() ? Path.of("/") : real;
            } else {
                real = next;
            }
        }
        return real;
    }
}
