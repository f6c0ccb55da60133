package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.BlockDevice;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.CgroupShare;
import dev.blast.enforcer.plan.CgroupSum;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.Gap;
import dev.blast.enforcer.plan.Step;
import dev.blast.rules.verdict.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Version 2, which not each machine has with its controllers. */
class SandboxCgroupsTest {
    private static final List<Controller> ALL =
            List.of(Controller.MEMORY, Controller.PIDS, Controller.CPU, Controller.IO);

    @TempDir Path root;

    private final FakeCgroups tree = new FakeCgroups();
    private Path delegated;

    @BeforeEach
    void delegate() throws IOException {
        delegated = FakeCgroups.delegated(root.resolve("app.slice"), "cpu io memory pids");
    }

    private static Limit limit(long amount) {
        return new Limit(amount, PolicyBuilder.REASON);
    }

    private Step.MakeCgroups step() {
        CgroupPlaces places = new CgroupPlaces(Map.of(), delegated, ALL);
        return new Step.MakeCgroups(
                places,
                List.of(
                        new CgroupLimit(Controller.MEMORY, limit(1 << 20)),
                        new CgroupLimit(Controller.PIDS, limit(10)),
                        new CgroupLimit(Controller.CPU, limit(1500)),
                        new CgroupLimit(
                                Controller.IO,
                                limit(4096),
                                List.of(new BlockDevice(8, 0), new BlockDevice(253, 0)))),
                CgroupShare.of(places));
    }

    private SandboxCgroups make() throws IOException {
        return SandboxCgroups.make(step(), Kernel.linux(), tree);
    }

    @Test
    void limitsAndSharesAreWrittenAndReadBack() throws IOException {
        SandboxCgroups cgroups = make();
        Path own = cgroups.birthplace().orElseThrow();
        assertThat(cgroups.joins()).isEmpty();
        assertThat(own.resolve("memory.max")).hasContent("1048576");
        assertThat(own.resolve("memory.swap.max")).hasContent("0");
        assertThat(own.resolve("pids.max")).hasContent("11");
        assertThat(own.resolve("cpu.max")).hasContent("150000 100000");
        assertThat(own.resolve("cpu.weight")).hasContent("100");
        assertThat(own.resolve("io.weight")).hasContent("default 100");
        assertThat(own.resolve("io.max"))
                .hasContent(
                        "8:0 rbps=4096 wbps=4096 riops=max wiops=max\n253:0 rbps=4096 wbps=4096 riops=max wiops=max");
        assertThat(cgroups.missing(step())).isNull();
        assertThat(cgroups.missing(new Step.MakeCgroups(step().places(), List.of(), List.of())))
                .isEqualTo(new Gap.CgroupsNotMade());
        Files.writeString(own.resolve("io.max"), "8:0 rbps=max wbps=4096 riops=max wiops=max\n");
        assertThat(cgroups.missing(step()))
                .isEqualTo(new Gap.CgroupSetting(own.resolve("io.max"), "8:0 rbps=4096 wbps=4096"));
        assertThat(cgroups.without(List.of("0::/app.slice/x/" + own.getFileName()))).isNull();
        assertThat(cgroups.without(List.of("0::/elsewhere"))).isEqualTo(new Gap.NotInCgroup(own));
        cgroups.remove();
        assertThat(groups()).isEmpty();
    }

    @Test
    void allSandboxesOfAUserAreInOneGroupThatBoundsTheirSum() throws IOException {
        SandboxCgroups one = make();
        SandboxCgroups other = make();
        Path above = above();
        assertThat(other.birthplace().orElseThrow()).hasParent(above);
        assertThat(above).hasParent(delegated);
        CgroupSum sum = new SumGroup(0, tree).sum();
        assertThat(above.resolve("memory.max")).hasContent(Long.toString(sum.memoryBytes()));
        assertThat(above.resolve("pids.max")).hasContent(Long.toString(sum.processes() + 1));
        assertThat(above.resolve("cgroup.subtree_control")).hasContent("cpu io memory pids");
        one.remove();
        assertThat(above).as("the other one is in it").exists();
        other.remove();
        assertThat(groups()).isEmpty();
    }

    /** The last one may end between the two steps of the next. */
    @Test
    void aGroupThatIsRemovedMeanwhileIsMadeAgain() throws IOException {
        CgroupTree racing =
                new CgroupTree() {
                    private int times;

                    @Override
                    public void make(Path group) throws IOException {
                        if (group.getFileName().toString().startsWith("blast-run-")
                                && times++ < 2) {
                            tree.remove(above());
                        }
                        tree.make(group);
                    }

                    @Override
                    public void write(Path file, String value) throws IOException {
                        tree.write(file, value);
                    }

                    @Override
                    public void remove(Path group) throws IOException {
                        tree.remove(group);
                    }
                };
        SandboxCgroups cgroups = SandboxCgroups.make(step(), Kernel.linux(), racing);
        assertThat(cgroups.missing(step())).isNull();
        cgroups.remove();
        assertThat(groups()).isEmpty();
    }

    /** As it is where "delegated" was only half meant. */
    @Test
    void whatIsNotHandedOnIsAnErrorThatLeavesNothing() throws IOException {
        Files.writeString(delegated.resolve("cgroup.subtree_control"), "memory pids");
        assertThatThrownBy(this::make).hasMessage("no such controller: +cpu");
        assertThat(groups()).allMatch(group -> group.toString().contains("blast-sandboxes-"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own           | 1 | memory 1048576 1 4096 a test rule, test.drl:1",
                "own sum above | 1 | memory 1048576 1 4096 a test rule, test.drl:1",
                "sum above     | 2 | memory SUM 2 900000 all sandboxes together, Blast itself",
                "above         | 1 | memory 700000 1 700000 ABOVE, not one of Blast's",
                "''            | 1 | memory MACHINE 1 MACHINE all memory, this machine has no more",
                "own           | 0 | ''"
            })
    void whoseMemoryItWas(String without, long kills, String expected) throws IOException {
        Files.writeString(delegated.resolve("memory.max"), "700000\n");
        Files.writeString(delegated.resolve("memory.events.local"), "oom 3\n");
        SandboxCgroups cgroups = make();
        Path own = cgroups.birthplace().orElseThrow();
        Files.writeString(own.resolve("memory.events"), "oom 7\noom_kill " + kills + "\n");
        Files.writeString(above().resolve("memory.peak"), "900000\n");
        Map<String, Path> groups = Map.of("own", own, "sum", above(), "above", delegated);
        for (Map.Entry<String, Path> group : groups.entrySet()) {
            if (List.of(without.split(" ", -1)).contains(group.getKey())) {
                Files.writeString(group.getValue().resolve("memory.events.local"), "oom 4\n");
            }
        }
        CgroupSum sum = new SumGroup(0, tree).sum();
        assertThat(
                        cgroups.hits().stream()
                                .map(hit ->
                                        "%s %d %d %d %s, %s"
                                                .formatted(
                                                        hit.what(),
                                                        hit.limit().amount(),
                                                        hit.times(),
                                                        hit.peak(),
                                                        hit.limit().reason().rule(),
                                                        hit.limit().reason().origin()))
                                .toList())
                .isEqualTo(
                        expected.isEmpty()
                                ? List.of()
                                : List.of(
                                        expected.replace("SUM", "" + sum.memoryBytes())
                                                .replace("MACHINE", "" + machine())
                                                .replace("ABOVE", delegated.toString())));
        cgroups.remove();
    }

    @Test
    void theSumIsWhatLeavesTheMachineUsable() {
        assertThat(
                        CgroupSum.of(
                                List.of("MemTotal:       8193000 kB", "MemFree: 1 kB"),
                                List.of("4194304"),
                                List.of("1000")))
                .isEqualTo(new CgroupSum(7000L << 20, 500));
        CgroupSum unknown = CgroupSum.of(List.of(), List.of(), List.of("1000"));
        assertThat(unknown.settings(Controller.MEMORY, true)).isEmpty();
        assertThat(unknown.settings(Controller.PIDS, true)).isEmpty();
        assertThat(Lines.of(Path.of("/proc/meminfo")).getFirst()).startsWith("MemTotal:");
    }

    private static long machine() {
        return CgroupSum.machineBytes(Lines.of(Path.of("/proc/meminfo")));
    }

    private Path above() {
        return new SumGroup(Kernel.linux().call(Syscall.geteuid), tree).in(delegated);
    }

    private List<Path> groups() throws IOException {
        try (Stream<Path> left = Files.list(delegated)) {
            return left.filter(Files::isDirectory).toList();
        }
    }
}
