package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.FakeHost;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.HostFiles;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.PathDecision;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Resolution;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is explained about a path is what the planned mounts and Landlock rules make of it. */
class PathLawTest {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<Path> OWN =
            List.of(
                    Path.of("/"),
                    Path.of("/dev"),
                    Path.of("/dev/null"),
                    Path.of("/dev/sda"),
                    Path.of("/dev/shm/x"),
                    Path.of("/proc/cpuinfo"),
                    Path.of("/proc/kcore"),
                    Path.of("/usr/bin/sh"));

    private static final Set<Access> READS = Set.of(Access.READABLE, Access.WRITABLE);
    private static final Set<Access> WRITES = Set.of(Access.TEMPORARY, Access.WRITABLE);

    private static final KernelFeatures KERNEL =
            new KernelFeatures(
                    "6.18",
                    Processor.X86_64,
                    1000,
                    1000,
                    true,
                    6,
                    40,
                    false,
                    Map.of(),
                    CgroupPlaces.NONE,
                    List.of(),
                    Optional.empty());

    private static final KernelFeatures WITHOUT_NAMESPACES = FakeKernels.withoutNamespaces(KERNEL);

    @Test
    void whatIsExplainedIsWhatIsPlanned() {
        int planned = 0;
        for (long seed = 0; seed < 1500; seed++) {
            var random = new Random(seed);
            String listing = anyTree(random);
            var host = new FakeHost(listing);
            SandboxPolicy policy = anyPolicy(random);
            KernelFeatures kernel = random.nextInt(4) == 0 ? WITHOUT_NAMESPACES : KERNEL;
            if (planning(policy, kernel, host) instanceof Plan plan) {
                planned++;
                StepsInterpreter steps = StepsInterpreter.of(plan, host);
                for (Path path : paths(random)) {
                    if (leadsThroughAFile(path, host)) {
                        continue;
                    }
                    String as =
                            "seed %d, %s of%n%s%s".formatted(seed, path, listing, policy.paths());
                    holds(
                            path,
                            Confinement.decide(policy, kernel, path, host),
                            steps,
                            host,
                            policy,
                            as);
                }
            }
        }
        assertThat(planned).isGreaterThan(1000);
    }

    private static boolean leadsThroughAFile(Path path, FakeHost host) {
        Path real = Resolution.of(path, host).path();
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            if (host.at(above).filter(file -> file.kind() != HostFiles.Kind.FOLDER).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static void holds(
            Path path,
            PathDecision decision,
            StepsInterpreter steps,
            FakeHost host,
            SandboxPolicy policy,
            String as) {
        boolean there = Resolution.of(path, host).file().isPresent();
        if (there) {
            assertThat(decision.readable())
                    .as("read, %s%n%s", as, decision)
                    .isEqualTo(steps.reads(path));
        }
        assertThat(decision.writable())
                .as("write, %s%n%s", as, decision)
                .isEqualTo(steps.writes(path));
        List<PathGrant> grants =
                decision.because().stream()
                        .filter(reason -> reason.origin().line() > 0)
                        .map(reason -> policy.paths().get(reason.origin().line() - 1))
                        .toList();
        if (there && !grants.isEmpty()) {
            assertThat(grants.stream().anyMatch(it -> READS.contains(it.access())))
                    .as("a rule lets it be read, %s%n%s", as, decision)
                    .isEqualTo(decision.readable());
            assertThat(grants.stream().allMatch(it -> WRITES.contains(it.access())))
                    .as("all rules let it be written, %s%n%s", as, decision)
                    .isEqualTo(decision.writable());
            assertThat(grants)
                    .as("each rule is about it, %s%n%s", as, decision)
                    .allMatch(grant -> isAbout(grant, decision, host));
        }
        if (decision.readable() || decision.writable()) {
            assertThat(decision.because()).as(as).isNotEmpty();
        }
    }

    /** Or about what would lie below it, were it a folder. */
    private static boolean isAbout(PathGrant grant, PathDecision decision, FakeHost host) {
        Path named = Resolution.of(grant.path(), host).path();
        return decision.leadsTo().startsWith(named)
                || decision.leadsTo().startsWith(grant.path())
                || grant.path().startsWith(decision.leadsTo())
                || named.startsWith(decision.leadsTo());
    }

    private static Planning planning(SandboxPolicy policy, KernelFeatures kernel, FakeHost host) {
        Set<SandboxLayer> accepted = EnumSet.allOf(SandboxLayer.class);
        var launch =
                new Launch(
                        List.of("/usr/bin/sh"),
                        Path.of("/usr"),
                        Map.of(),
                        Stdio.inherit(),
                        accepted);
        return Confinement.plan(policy, launch, kernel, host);
    }

    private static String anyTree(Random random) {
        var listing =
                new StringBuilder(
                        "/usr/bin/sh*\n/dev/null!\n/dev/sda!\n/proc/cpuinfo\n/proc/kcore\n");
        Set<Path> taken = new java.util.TreeSet<>();
        for (int i = 0; i < 8; i++) {
            Path path = anyPath(random);
            boolean free = true;
            for (Path other : taken) {
                free &= !other.startsWith(path) && !path.startsWith(other);
            }
            if (free) {
                taken.add(path);
                listing.append(path)
                        .append(
                                switch (random.nextInt(3)) {
                                    case 0 -> "/";
                                    case 1 -> "";
                                    default ->
                                            " -> "
                                                    + (random.nextBoolean()
                                                            ? anyPath(random)
                                                            : "../" + NAMES.get(random.nextInt(3)));
                                })
                        .append('\n');
            }
        }
        return listing.toString();
    }

    private static Path anyPath(Random random) {
        Path path = Path.of("/");
        for (int depth = 0; depth <= random.nextInt(4); depth++) {
            path = path.resolve(NAMES.get(random.nextInt(NAMES.size())));
        }
        return path;
    }

    private static List<Path> paths(Random random) {
        List<Path> paths = new ArrayList<>(OWN);
        for (int i = 0; i < 8; i++) {
            paths.add(anyPath(random));
        }
        return paths;
    }

    /** The origin of each grant is its place in the list. */
    private static SandboxPolicy anyPolicy(Random random) {
        Map<Path, Access> grants = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            Access[] all = Access.values();
            grants.put(anyPath(random), all[random.nextInt(all.length)]);
        }
        if (random.nextInt(5) == 0) {
            grants.put(Path.of("/dev/sda"), Access.READABLE);
        }
        grants.put(Path.of("/usr"), Access.READABLE);
        List<PathGrant> paths = new ArrayList<>();
        grants.forEach((path, access) ->
                paths.add(
                        new PathGrant(
                                path,
                                access,
                                OptionalLong.empty(),
                                new Reason(
                                        new Origin("law.drl", paths.size() + 1, 1),
                                        "r",
                                        Layer.USER,
                                        "",
                                        ""))));
        return new SandboxPolicy(
                paths,
                Limits.NONE,
                Map.of(),
                Map.of(),
                Map.of(),
                SyscallRights.NONE,
                List.of(),
                List.of());
    }
}
