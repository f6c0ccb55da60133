package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Ladder;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.LayersOffered;
import dev.blast.enforcer.plan.LayersWanted;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.NoMachineCode;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Restraints;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.TestRules;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LadderNoteTest {
    private static final Reason REASON =
            new Reason(new Origin("test.drl", 1, 1), "a test rule", Layer.SHIPPED, "", "");

    @TempDir Path home;

    /** What is planned, what a trial noted, and what is listed after a reboot, on any machine. */
    @Test
    void thereIsOneLadder() {
        for (long seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            KernelFeatures kernel = anyKernel(random);
            Limits limits = anyLimits(random);
            Set<SandboxLayer> accepted = some(random, SandboxLayer.class);
            Ladder planned = planning(kernel, limits, accepted).ladder();
            var environment = new Environment(home.resolve("project" + seed));
            var wanted = LayersWanted.of(limits, accepted);
            note(seed + "a").write(environment, planned, wanted, kernel.layers());
            assertThat(note(seed + "a").read(environment, LadderNoteTest::nobody))
                    .as("noted, seed %d", seed)
                    .isEqualTo(planned);
            assertThat(note(seed + "b").read(environment, kernel::layers))
                    .as("after a reboot, seed %d", seed)
                    .isEqualTo(planned);
            assertThat(note(seed + "b").read(environment, LadderNoteTest::nobody))
                    .as("once more, seed %d", seed)
                    .isEqualTo(planned);
        }
    }

    @Test
    void whatDoesNotStartIsListedSoUntilTheNextBoot() {
        var environment = new Environment(home.resolve("project"));
        var kernel = new LayersOffered(true, Set.of(), Set.of(Controller.values()));
        note("a").write(environment, new Ladder.None(), LadderNote.USUAL, kernel);
        assertThat(note("a").read(environment, LadderNoteTest::nobody).title()).isEqualTo("none");
        assertThat(note("b").read(environment, () -> kernel).title()).isEqualTo("full");
    }

    @Test
    void anEnvironmentOfWhichNothingIsNotedIsTakenForAnUsualOne() {
        var environment = new Environment(home.resolve("project"));
        Supplier<LayersOffered> kernel = () -> new LayersOffered(true, Set.of(), Set.of());
        assertThat(note("a").read(environment, kernel).title()).isEqualTo("without cgroup");
    }

    @Test
    void usualIsWhatShippedRulesWant() throws Exception {
        List<PolicyFile> files = new ArrayList<>();
        try (DirectoryStream<Path> shipped =
                Files.newDirectoryStream(Path.of("../policies"), "*.drl")) {
            for (Path file : shipped) {
                files.add(
                        new PolicyFile(
                                Layer.SHIPPED, file.toString(), Files.readString(file), true));
            }
        }
        Policy policy = ((Loading.Loaded) Policy.load(files)).policy();
        Context context = TestRules.context(home);
        Set<SandboxLayer> accepted = EnumSet.allOf(SandboxLayer.class);
        accepted.removeIf(
                it -> !policy.judge(new dev.blast.rules.fact.MissingLayer(it), context).allowed());
        assertThat(LayersWanted.of(policy.sandbox(context).limits(), accepted))
                .isEqualTo(LadderNote.USUAL);
    }

    private LadderNote note(String boot) {
        return new LadderNote(new Workspace(Map.of(), home, Directories.of(Map.of(), home)), boot);
    }

    private static LayersOffered nobody() {
        throw new AssertionError("the kernel is asked again");
    }

    private static Planning planning(
            KernelFeatures kernel, Limits limits, Set<SandboxLayer> accepted) {
        List<PathGrant> paths =
                Stream.of("/bin", "/usr")
                        .map(path ->
                                new PathGrant(
                                        Path.of(path),
                                        Access.READABLE,
                                        OptionalLong.empty(),
                                        REASON))
                        .toList();
        var policy =
                new SandboxPolicy(
                        paths,
                        limits,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        SyscallRights.NONE,
                        List.of(),
                        List.of());
        var launch =
                new Launch(
                        List.of("/bin/sh"), Path.of("/usr"), Map.of(), Stdio.inherit(), accepted);
        return Confinement.plan(policy, launch, kernel);
    }

    private static KernelFeatures anyKernel(Random random) {
        List<MissingLayer> missing = new ArrayList<>();
        var refused = new StartFailure.Refused(new Step.Proc(), Syscall.mount, 1);
        for (MissingLayer layer :
                List.of(
                        new MissingLayer.Namespaces(refused, Restraints.NONE),
                        new MissingLayer.Network(),
                        new MissingLayer.Landlock("6.18", 38),
                        new MissingLayer.Seccomp("6.18"))) {
            if (random.nextInt(4) == 0) {
                missing.add(layer);
            }
        }
        var version1 = new HashMap<Controller, Path>();
        some(random, Controller.class).forEach(it -> version1.put(it, Path.of("/sys/" + it)));
        Path unified = random.nextBoolean() ? Path.of("/sys/fs/cgroup") : null;
        var cgroups =
                new CgroupPlaces(
                        version1,
                        unified,
                        unified == null ? List.of() : List.copyOf(some(random, Controller.class)));
        return new KernelFeatures(
                "6.18",
                Processor.X86_64,
                1000,
                1000,
                true,
                missing.stream().anyMatch(it -> it.layer() == SandboxLayer.LANDLOCK) ? 0 : 6,
                40,
                false,
                Map.of(),
                cgroups,
                missing,
                random.nextInt(10) == 0
                        ? Optional.of(new NoMachineCode.ForProcessor("riscv64"))
                        : Optional.empty());
    }

    private static Limits anyLimits(Random random) {
        return new Limits(
                anyLimit(random),
                anyLimit(random),
                anyLimit(random),
                null,
                null,
                null,
                anyLimit(random),
                null,
                anyLimit(random),
                null);
    }

    private static @Nullable Limit anyLimit(Random random) {
        return random.nextBoolean() ? new Limit(1 << 20, REASON) : null;
    }

    private static <E extends Enum<E>> Set<E> some(Random random, Class<E> kind) {
        Set<E> some = EnumSet.allOf(kind);
        some.removeIf(_ -> random.nextInt(3) == 0);
        return some;
    }
}
