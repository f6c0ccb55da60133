package dev.blast.rules.compare;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Session;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.SocketFamily;
import dev.blast.rules.vocabulary.SyscallNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one session may see and use under two policies. What both say of one path holds below it
 * down to the next path that one of them names, so that nothing is missed here.
 */
final class Sandboxes {
    private static final int READ = 1;
    private static final int WRITE = 2;

    private final Session session;
    private final SandboxPolicy before;
    private final SandboxPolicy after;
    private final List<Contrast> found = new ArrayList<>();

    private Sandboxes(Session session, SandboxPolicy before, SandboxPolicy after) {
        this.session = session;
        this.before = before;
        this.after = after;
    }

    /** Everything that differs for this session. */
    static List<Contrast> contrasts(Policy before, Policy after, Context context) {
        Object one = side(before, context);
        Object other = side(after, context);
        if (one instanceof SandboxPolicy from && other instanceof SandboxPolicy to) {
            return new Sandboxes(context.session(), from, to).all();
        }
        Stance from = stance(one);
        Stance to = stance(other);
        return from.differsFrom(to)
                ? List.of(new Contrast(new Thing("session", ""), from, to))
                : List.of();
    }

    private static Stance stance(Object side) {
        return side instanceof Stance broken
                ? broken
                : Stance.of("can be started", Stance.SOMETHING, List.of());
    }

    /** What is granted, or the stance of a policy that gives no answer. */
    private static Object side(Policy policy, Context context) {
        try {
            return policy.sandbox(context);
        } catch (PolicyException e) {
            return Stance.broken(String.valueOf(e.getMessage()));
        }
    }

    private List<Contrast> all() {
        paths();
        for (Resource it : Resource.values()) {
            add(new Thing("limit", it.word()), limit(before, it), limit(after, it));
        }
        syscalls();
        variables();
        return found;
    }

    private void add(Thing thing, Stance from, Stance to) {
        if (from.differsFrom(to)) {
            found.add(new Contrast(thing, from, to));
        }
    }

    private void paths() {
        var paths = new TreeSet<Path>();
        before.paths().forEach(it -> paths.add(it.path()));
        after.paths().forEach(it -> paths.add(it.path()));
        for (Path path : paths) {
            add(new Thing("path", shown(path, session)), access(before, path), access(after, path));
        }
    }

    /** As rules write it. */
    static String shown(Path path, Session session) {
        return path.startsWith(session.project())
                ? below("./", session.project(), path)
                : path.startsWith(session.home())
                        ? below("~/", session.home(), path)
                        : path.toString();
    }

    private static String below(String start, Path folder, Path path) {
        return path.equals(folder) ? start.substring(0, 1) : start + folder.relativize(path);
    }

    private static Stance access(SandboxPolicy sandbox, Path path) {
        @Nullable PathGrant grant = sandbox.deciding(path).orElse(null);
        if (grant == null) {
            return Stance.of("not there", Stance.NOTHING, List.of());
        }
        String size =
                grant.sizeBytes().isPresent()
                        ? ", " + AmountText.of(Resource.DISK, grant.sizeBytes().getAsLong())
                        : "";
        return Stance.of(
                grant.access().name().toLowerCase(Locale.ROOT) + size,
                open(grant.access()),
                List.of(grant.reason()));
    }

    private static int open(Access access) {
        return switch (access) {
            case HIDDEN -> Stance.NOTHING;
            case READABLE -> READ;
            case WRITABLE -> READ | WRITE;
            case TEMPORARY -> WRITE;
        };
    }

    private static Stance limit(SandboxPolicy sandbox, Resource resource) {
        @Nullable Limit limit = sandbox.limits().of(resource);
        return limit == null
                ? Stance.of("no limit", Stance.NOTHING, List.of())
                : Stance.of(
                        "at most " + AmountText.of(resource, limit.amount()),
                        Stance.NOTHING,
                        List.of(limit.reason()));
    }

    private void syscalls() {
        if (said(before).equals(said(after))) {
            return;
        }
        for (String call : SyscallNames.CALLS) {
            add(
                    new Thing("syscall", call),
                    ruled(before.syscalls().of(call)),
                    ruled(after.syscalls().of(call)));
        }
        for (SocketFamily family : SocketFamily.values()) {
            add(
                    new Thing("sockets", family.name().toLowerCase(Locale.ROOT)),
                    ruled(before.syscalls().of(family)),
                    ruled(after.syscalls().of(family)));
        }
    }

    private static Set<String> said(SandboxPolicy side) {
        var said = new HashSet<String>();
        for (SyscallGrant it : side.syscalls().grants()) {
            said.add(it.open() + it.name());
        }
        return said;
    }

    private static Stance ruled(Ruling ruling) {
        return ruling.allowed()
                ? Stance.of("allowed", Stance.SOMETHING, ruling.because())
                : Stance.of("denied", Stance.NOTHING, ruling.because());
    }

    /** A name for each pattern: what lies between two of them may be missed. */
    private void variables() {
        var names = new TreeSet<String>();
        for (SandboxPolicy side : List.of(before, after)) {
            side.passVariables().keySet().forEach(it -> names.add(it.replace("*", "X")));
            names.addAll(side.setVariables().keySet());
        }
        for (String name : names) {
            add(new Thing("variable", name), variable(before, name), variable(after, name));
        }
    }

    private static Stance variable(SandboxPolicy sandbox, String name) {
        Ruling ruling = sandbox.having(name);
        @Nullable String value = sandbox.setVariables().get(name);
        return ruling.allowed()
                ? Stance.of(
                        value == null ? "passed on" : "set to " + Quoted.of(value),
                        Stance.SOMETHING,
                        ruling.because())
                : Stance.of("not there", Stance.NOTHING, List.of());
    }
}
