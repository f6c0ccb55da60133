package dev.blast.enforcer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from /proc what is in force around the first process of a sandbox, and compares it with the
 * plan.
 */
final class StateReading {
    private static final Path PROC = Path.of("/proc");

    private final Plan plan;
    private final Path process;
    private final Map<String, String> status = new HashMap<>();
    private final Map<String, MountLine> mounts = new HashMap<>();

    private int roots;
    private boolean propagates;

    /** One line of mountinfo, see proc_pid_mountinfo(5). */
    private record MountLine(String type, Set<String> options) {}

    StateReading(Plan plan, long pid) {
        this.plan = plan;
        this.process = PROC.resolve(Long.toString(pid));
        for (String line : Lines.of(process.resolve("status"))) {
            int colon = line.indexOf(':');
            status.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        for (String line : Lines.of(process.resolve("mountinfo"))) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ", -1);
            roots += fields[4].equals("/") ? 1 : 0;
            propagates |= halves[0].contains(" shared:") || halves[0].contains(" master:");
            mounts.put(
                    fields[4],
                    new MountLine(halves[1].split(" ", -1)[0], Set.of(fields[5].split(",", -1))));
        }
    }

    /**
     * All flags; the rows of the table answered for Landlock, which /proc does not show: its canary
     * was refused.
     */
    SandboxState state(SandboxCgroups cgroups) {
        boolean namespaces = plan.has(Step.EnterRoot.class) && ownNamespaces();
        boolean network = namespaces && emptyNetwork();
        boolean filesystem = plan.has(Step.EnterRoot.class) && ownRoot();
        boolean seccomp = "2".equals(status.get("Seccomp")) && "1".equals(status.get("NoNewPrivs"));
        boolean landlock = plan.has(Step.Restrict.class);
        boolean limited = cgroups.hold(plan.cgroupLimits(), Lines.of(process.resolve("cgroup")));
        boolean initialized =
                noCapabilities()
                        && "1".equals(status.get("NoNewPrivs"))
                        && resourceLimits()
                        && (!plan.has(Step.EnterRoot.class)
                                || (namespaces && network && filesystem))
                        && (!plan.has(Step.Filter.class) || seccomp)
                        && (!plan.has(Step.MakeCgroups.class) || limited);
        return new SandboxState(
                namespaces,
                limited && plan.has(Step.MakeCgroups.class),
                network,
                filesystem,
                seccomp,
                landlock,
                initialized,
                plan.ladder(),
                plan.substitutes());
    }

    private boolean ownNamespaces() {
        Set<Namespace> planned = EnumSet.of(Namespace.CGROUP);
        plan.step(Step.Namespaces.class).ifPresent(step -> planned.addAll(step.namespaces()));
        return planned.size() > 1
                && planned.stream()
                        .allMatch(namespace -> {
                            String ours = link(PROC.resolve("thread-self"), namespace);
                            String theirs = link(process, namespace);
                            return !ours.isEmpty() && !theirs.isEmpty() && !ours.equals(theirs);
                        });
    }

    private static String link(Path process, Namespace namespace) {
        try {
            return Files.readSymbolicLink(process.resolve("ns").resolve(namespace.link()))
                    .toString();
        } catch (IOException _) {
            return "";
        }
    }

    /** A loopback without an address, and no route. */
    private boolean emptyNetwork() {
        List<String> interfaces = Lines.of(process.resolve("net/dev"));
        return interfaces.size() <= 3
                && interfaces.stream().skip(2).allMatch(line -> line.strip().startsWith("lo:"))
                && Lines.of(process.resolve("net/if_inet6")).isEmpty()
                && Lines.of(process.resolve("net/route")).size() <= 1;
    }

    private boolean ownRoot() {
        boolean asPlanned =
                is("/", "tmpfs", "ro")
                        && roots == 1 // the old root lay over it
                        && !propagates
                        && is("/proc", "proc", "ro")
                        && is("/dev", "tmpfs", "ro");
        for (Step step : plan.typedSteps()) {
            asPlanned &=
                    switch (step) {
                        case Step.Bind(Source source, boolean writable) ->
                                is(source.path().toString(), null, writable ? "nosuid" : "ro");
                        case Step.Temporary(Path path, long _) ->
                                is(path.toString(), "tmpfs", "rw");
                        case Step.Hide(Path path, boolean _) ->
                                mounts.containsKey(escaped(path.toString()));
                        default -> true;
                    };
        }
        return asPlanned;
    }

    private boolean is(String path, @Nullable String type, String option) {
        MountLine mount = mounts.get(escaped(path));
        return mount != null
                && (type == null || mount.type().equals(type))
                && mount.options().contains(option);
    }

    /** Space, tab, newline and backslash stand in octal; other bytes as they are. */
    private static String escaped(String path) {
        String bytes =
                new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return bytes.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }

    private boolean resourceLimits() {
        List<String> limits = Lines.of(process.resolve("limits"));
        return plan.typedSteps().stream()
                .allMatch(step ->
                        !(step instanceof Step.ResourceLimit(Resource resource, long amount))
                                || limits.stream()
                                        .filter(line -> line.startsWith(resource.line() + "  "))
                                        .map(line -> line.substring(resource.line().length()))
                                        .map(line -> line.strip().split(" +", -1))
                                        .anyMatch(both ->
                                                both[0].equals(Long.toString(amount))
                                                        && both[1].equals(both[0])));
    }

    private boolean noCapabilities() {
        boolean bounded =
                plan.step(Step.DropCapabilities.class).filter(step -> step.last() >= 0).isPresent();
        return Stream.of("CapInh", "CapPrm", "CapEff", "CapAmb", bounded ? "CapBnd" : "CapEff")
                .allMatch(set -> status.getOrDefault(set, "?").matches("0+"));
    }
}
