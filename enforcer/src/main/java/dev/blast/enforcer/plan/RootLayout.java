package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.PathGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A root of its own: which sources are bound, in which order, and what else must exist.
 *
 * @param host the machine that it was laid out for
 * @param mounts what is mounted, by path
 * @param links symbolic links that are made again inside
 * @param hidden what is covered, and all below
 * @param made folders and files that are made in the empty root
 * @param keptNames where a folder has to keep the name of what rules protect and what is not there
 * @param places where a change outside would lay open what is hidden, or let be written what is
 *     read-only: the places themselves, and the folders on the way to them
 * @param hiddenAndAbsent what rules hide in a visible folder and what is not there yet
 * @param outside what must be made on the machine before anything: folders granted for writing that
 *     are not there yet
 * @param sources what is opened while the machine's own root is still there
 * @param inside what is made in the empty root, in order
 * @param boundRules for Landlock, what is bound
 * @param leftOut grants that are not followed, and why, in sentences
 */
public record RootLayout(
        HostFiles host,
        RootMounts mounts,
        Map<Path, Path> links,
        Set<Path> hidden,
        Set<Path> made,
        Set<Path> keptNames,
        Set<Path> places,
        Set<Path> hiddenAndAbsent,
        List<Step> outside,
        List<Step> sources,
        List<Step> inside,
        List<LandlockRule> boundRules,
        List<String> leftOut) {
    private static final Path ROOT = Path.of("/");
    private static final Path PROC = Path.of("/proc");
    private static final Path DEV = Path.of("/dev");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    public static RootLayout of(List<PathGrant> grants, HostFiles host) {
        return new RootBuilder(host).build(grants);
    }

    /**
     * The same paths again, for Landlock.
     *
     * @param ownRoot whether /dev and /proc are those of the sandbox; else only harmless devices
     *     are given
     */
    public List<LandlockRule> rules(boolean ownRoot) {
        List<LandlockRule> all = new ArrayList<>(boundRules);
        if (ownRoot) {
            temporary()
                    .forEach(path ->
                            all.add(new LandlockRule(path, true, LandlockRule.Reach.WRITE)));
        }
        all.add(new LandlockRule(ROOT, true, LandlockRule.Reach.LIST));
        all.add(new LandlockRule(PROC, true, LandlockRule.Reach.READ));
        if (ownRoot) {
            all.add(new LandlockRule(DEV, true, LandlockRule.Reach.USE));
            all.add(new LandlockRule(SHARED_MEMORY, true, LandlockRule.Reach.WRITE));
        } else {
            mounts.paths().stream()
                    .filter(path -> path.startsWith(DEV))
                    .forEach(
                            path -> all.add(new LandlockRule(path, false, LandlockRule.Reach.USE)));
        }
        return all;
    }

    /** What cannot be had where nothing can be mounted, in sentences. */
    public List<String> notWithoutMounts() {
        List<String> problems = new ArrayList<>();
        for (Step step : inside) {
            if (step instanceof Step.Hide(Path path, boolean _) && !host.isClosed(path)) {
                problems.add(
                        path + " is hidden in a folder that is visible, which takes namespaces");
            } else if (step instanceof Step.Temporary(Path path, long _)
                    && mounts.boundAbove(path).isPresent()) {
                problems.add(
                        path + " is temporary in a folder that is visible, which takes namespaces");
            }
        }
        return problems;
    }

    /** The folders of the sandbox's own; where nothing can be mounted, a program is given none. */
    public List<Path> temporary() {
        return inside.stream()
                .filter(Step.Temporary.class::isInstance)
                .map(step -> ((Step.Temporary) step).path())
                .toList();
    }

    /** What of the machine's is visible. */
    public List<Path> bound() {
        return inside.stream()
                .filter(Step.Bind.class::isInstance)
                .map(step -> ((Step.Bind) step).source().path())
                .toList();
    }

    /** What is read-only only by a mount, since Landlock cannot take away below what it gives. */
    public List<Path> readOnlyByMount() {
        return mounts.paths().stream().filter(mounts::isReadOnlyBelowWritable).toList();
    }

    /** Whether the path can be reached inside, links on the way included. */
    public boolean reaches(Path path) {
        Resolution resolution = Resolution.of(path, host);
        Path real = resolution.path();
        boolean linked =
                resolution.links().keySet().stream()
                        .allMatch(link ->
                                links.containsKey(link) || mounts.boundAbove(link).isPresent());
        return linked
                && hidden.stream().noneMatch(real::startsWith)
                && (made.contains(real)
                        || mounts.at(real) != null
                        || mounts.boundAbove(real).isPresent())
                && (resolution.file().isPresent() || mounts.at(real) != null);
    }

    /** Whether it is a file, in the end, that may be executed. */
    public boolean isProgram(Path path) {
        return Resolution.of(path, host)
                .file()
                .filter(file -> file.kind() == HostFiles.Kind.FILE && file.executable())
                .isPresent();
    }
}
