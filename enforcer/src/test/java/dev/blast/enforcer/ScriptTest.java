package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.FakeHost;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.GateWanted;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.spawn.Descriptors;
import dev.blast.enforcer.spawn.Script;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans written out as system calls, without a kernel. */
class ScriptTest {
    private static final FakeHost DEBIAN =
            new FakeHost(
                    """
                    /bin -> usr/bin
                    /usr/bin/sh*
                    /dev/null!
                    /shop/.git/
                    /shop/secret
                    /shop/.venv/
                    /etc/hostname
                    /private/
                    """);

    @Test
    void theWholeLadder() throws IOException {
        PolicyBuilder policy =
                policy().grant(Access.READABLE, "/shop/.git")
                        .grant(Access.HIDDEN, "/shop/secret", "/shop/.venv")
                        .temporary("/tmp", 1 << 20)
                        .limit("openFiles", 100);
        Plan plan = plan(policy, kernel(), Set.of());
        Golden.assertText("full.script", Script.of(plan.steps(), descriptors(List.of(), null)));
    }

    @Test
    void withGate() throws IOException {
        var gate = new GateWanted("nameserver 127.0.0.1\n");
        Plan plan = plan(policy(), kernel(), Set.of(), gate);
        Golden.assertText("gate.script", Script.of(plan.steps(), descriptors(List.of(), null)));
    }

    /** It has only the newer ones of many calls, under other numbers. */
    @Test
    void onAarch64TheSameCalls() {
        var gate = new GateWanted("nameserver 127.0.0.1\n");
        PolicyBuilder policy =
                policy().grant(Access.READABLE, "/shop/.git")
                        .grant(Access.HIDDEN, "/shop/secret", "/shop/.venv")
                        .temporary("/tmp", 1 << 20)
                        .limit("openFiles", 100);
        Descriptors descriptors = descriptors(List.of(20), 22);
        Plan there = plan(policy, kernel(Processor.AARCH64), Set.of(), gate);
        Plan here = plan(policy, kernel(), Set.of(), gate);
        assertThat(Script.of(Processor.AARCH64, there.steps(), descriptors))
                .isEqualTo(Script.of(here.steps(), descriptors));
    }

    @Test
    void withoutNamespaces() throws IOException {
        KernelFeatures kernel = FakeKernels.withoutNamespaces(kernel());
        Set<SandboxLayer> accepted = Set.of(SandboxLayer.USER_NAMESPACE, SandboxLayer.NETWORK);
        Plan plan = plan(policy(), kernel, accepted);
        Golden.assertText(
                "without-namespaces.script", Script.of(plan.steps(), descriptors(List.of(), null)));
    }

    @Test
    void cgroupsOfVersion1() throws IOException {
        CgroupPlaces places =
                new CgroupPlaces(
                        Map.of(
                                Controller.MEMORY, Path.of("/sys/fs/cgroup/memory"),
                                Controller.PIDS, Path.of("/sys/fs/cgroup/pids")),
                        null,
                        List.of());
        assertBeginning("cgroups-v1.script", places, descriptors(List.of(20, 21), null));
    }

    @Test
    void cgroupsOfVersion2() throws IOException {
        CgroupPlaces places =
                new CgroupPlaces(
                        Map.of(),
                        Path.of("/sys/fs/cgroup"),
                        List.of(Controller.MEMORY, Controller.PIDS));
        assertBeginning("cgroups-v2.script", places, descriptors(List.of(), 22));
    }

    /** Up to the mounts, which are as in the whole ladder. */
    private static void assertBeginning(String file, CgroupPlaces places, Descriptors descriptors)
            throws IOException {
        PolicyBuilder policy = policy().limit("memory", 1 << 30).limit("processes", 50);
        Plan plan = plan(policy, FakeKernels.with(kernel(), places), Set.of());
        List<Step> steps =
                plan.steps().stream()
                        .takeWhile(step -> !(step instanceof Step.PrivateMounts))
                        .toList();
        List<Step> ended = new ArrayList<>(steps);
        ended.add(new Step.Leave());
        Golden.assertText(file, Script.of(ended, descriptors));
    }

    private static PolicyBuilder policy() {
        return new PolicyBuilder()
                .grant(Access.READABLE, "/usr", "/bin")
                .grant(Access.WRITABLE, "/shop")
                .set("PATH", "/usr/bin:/bin");
    }

    private static Plan plan(
            PolicyBuilder policy, KernelFeatures kernel, Set<SandboxLayer> accepted) {
        return plan(policy, kernel, accepted, null);
    }

    private static Plan plan(
            PolicyBuilder policy,
            KernelFeatures kernel,
            Set<SandboxLayer> accepted,
            @Nullable GateWanted gate) {
        Launch launch =
                new Launch(
                        List.of("sh", "-c", "exit"),
                        Path.of("/shop"),
                        Map.of(),
                        Stdio.inherit(),
                        accepted,
                        Path.of("/private"),
                        gate);
        return (Plan) Confinement.plan(policy.build(), launch, kernel, DEBIAN);
    }

    /** With standard output redirected. */
    private static Descriptors descriptors(List<Integer> joins, @Nullable Integer cgroup) {
        return new Descriptors(10, 9, 11, Arrays.asList(null, 12, null), joins, cgroup);
    }

    /** With two capabilities, where a real one has some forty. */
    private static KernelFeatures kernel() {
        return kernel(Processor.X86_64);
    }

    private static KernelFeatures kernel(Processor processor) {
        return new KernelFeatures(
                "7.1",
                processor,
                1000,
                100,
                true,
                9,
                1,
                false,
                Map.of(Resource.OPEN_FILES, 64L),
                CgroupPlaces.NONE,
                List.of(),
                Optional.empty());
    }
}
