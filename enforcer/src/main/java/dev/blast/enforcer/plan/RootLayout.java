package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A root of its own: which sources are bound, in which order, and what else must exist.
 *
 * @param host the machine that it was laid out for
 * @param mounts what is mounted, by path
 * @param links symbolic links that are made again inside
 * @param hidden what is covered with all below, or kept from being made, and who says so
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
 * @param leftOut grants that are not followed
 */
public record RootLayout(
        HostFiles host,
        RootMounts mounts,
        Map<Path, Path> links,
        Map<Path, Reason> hidden,
        Set<Path> made,
        Set<Path> keptNames,
        Set<Path> places,
        Set<Path> hiddenAndAbsent,
        List<Step> outside,
        List<Step> sources,
        List<Step> inside,
        List<LandlockRule> boundRules,
        List<LeftOut> leftOut) {
    public RootLayout {
        hidden = Collections.unmodifiableMap(new TreeMap<>(hidden));
    }

    private static final Path ROOT = Path.of("/");
    private static final Path DEV = Path.of("/dev");
    private static final Path TERMINALS = Path.of("/dev/pts");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    public static RootLayout of(List<PathGrant> grants, HostFiles host) {
        return new RootBuilder(host, null).build(grants);
    }

    /** With a folder in it of which the program changes only a copy; null for none. */
    public static RootLayout of(
            List<PathGrant> grants, @Nullable ThrowawayCopy copy, HostFiles host) {
        return new RootBuilder(host, copy).build(copy == null ? grants : copy.among(grants));
    }

    /**
     * The same paths again, for Landlock.
     *
     * @param ownRoot whether /dev and /proc are those of the sandbox
     */
    public List<LandlockRule> rules(boolean ownRoot) {
        List<LandlockRule> all = new ArrayList<>(boundRules);
        if (ownRoot) {
            temporary()
                    .forEach(path ->
                            all.add(new LandlockRule(path, true, LandlockRule.Reach.WRITE)));
        }
        all.add(new LandlockRule(ROOT, true, LandlockRule.Reach.LIST));
        all.add(new LandlockRule(KernelsOwn.PROC, true, LandlockRule.Reach.READ));
        if (ownRoot) {
            all.add(new LandlockRule(TERMINALS, true, LandlockRule.Reach.USE));
            all.add(new LandlockRule(SHARED_MEMORY, true, LandlockRule.Reach.WRITE));
        }
        for (Path path : mounts.paths()) {
            if (path.startsWith(DEV) && mounts.at(path) instanceof RootMounts.Mount.Bound bound) {
                all.add(new LandlockRule(path, bound.source().folder(), reach(bound.access())));
            }
        }
        return all;
    }

    /** A read-only mount keeps nobody from writing to a device. */
    private static LandlockRule.Reach reach(Access access) {
        return access == Access.WRITABLE ? LandlockRule.Reach.USE : LandlockRule.Reach.READ;
    }

    /** What is to be temporary and is not followed. */
    public List<Problem> temporaryLeftOut() {
        return leftOut.stream()
                .filter(it -> it.grant().access() == Access.TEMPORARY)
                .<Problem>map(Problem.TemporaryLeftOut::new)
                .toList();
    }

    /** What cannot be had where nothing can be mounted. */
    public List<Problem> notWithoutMounts() {
        List<Problem> problems = new ArrayList<>();
        for (Step step : inside) {
            if (step instanceof Step.Hide(Path path, boolean _) && !host.isClosed(path)) {
                problems.add(new Problem.TakesMounts(path, Access.HIDDEN));
            } else if (step instanceof Step.Temporary(Path path, long _, long _)
                    && mounts.boundAbove(path).isPresent()) {
                problems.add(new Problem.TakesMounts(path, Access.TEMPORARY));
            } else if (step instanceof Step.Overlay || step instanceof Step.BindCopy) {
                problems.add(new Problem.CopyTakesMounts());
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
                .flatMap(step ->
                        switch (step) {
                            case Step.Bind bind -> Stream.of(bind.source().path());
                            case Step.Overlay(Source lower, Source place) ->
                                    Stream.of(lower.path(), place.path());
                            case Step.BindCopy(Source copy, Path _) -> Stream.of(copy.path());
                            default -> Stream.empty();
                        })
                .toList();
    }

    /**
     * Whether something of the machine's stands at the path, or comes along with a folder above.
     */
    public boolean isCovered(Path path) {
        return mounts.nearest(path).isPresent();
    }

    /** What is read-only only by a mount, since Landlock cannot take away below what it gives. */
    public List<Path> readOnlyByMount() {
        return mounts.paths().stream().filter(mounts::isReadOnlyBelowWritable).toList();
    }

    /**
     * What becomes of a path.
     *
     * @param ownRoot whether it can be mounted at all
     * @param landlock whether Landlock is in force
     */
    public PathDecision decide(Path path, boolean ownRoot, boolean landlock) {
        return ownRoot
                ? new Inside(this, landlock).decide(path)
                : new Exposed(this, landlock).decide(path);
    }

    /** Why a path that rules name is not there all the same; empty where they do not name it. */
    List<Reason> leftOutReasons(Path path) {
        return leftOut.stream()
                .filter(it -> path.startsWith(it.grant().path()))
                .map(LeftOut::reason)
                .toList();
    }

    /** Whether it is a file, in the end, that may be executed. */
    public boolean isProgram(Path path) {
        return Resolution.of(path, host)
                .file()
                .filter(file -> file.kind() == HostFiles.Kind.FILE && file.executable())
                .isPresent();
    }
}
