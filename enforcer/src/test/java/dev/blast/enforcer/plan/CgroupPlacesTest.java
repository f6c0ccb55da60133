package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.spawn.SandboxCgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems as the texts that the kernel would give, over folders that stand for the hierarchies. */
class CgroupPlacesTest {
    @TempDir Path root;

    @Test
    void version1InTheFolderOfThisProcess() throws IOException {
        Path own = Files.createDirectories(root.resolve("sys/fs/cgroup/memory/user/ann"));
        Path pids = Files.createDirectories(root.resolve("sys/fs/cgroup/pids"));
        CgroupPlaces places =
                find(
                        """
                        31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw
                        35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                        39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
                        """,
                        """
                        8:pids:/
                        4:memory:/user/ann
                        """);
        assertThat(places.version1()).containsOnlyKeys(Controller.MEMORY, Controller.PIDS);
        assertThat(places.version1())
                .containsEntry(Controller.MEMORY, own)
                .containsEntry(Controller.PIDS, pids);
        assertThat(places.unified()).isNull();
        assertThat(places.offers(Controller.CPU)).isFalse();
    }

    @Test
    void version2InTheFolderThatIsDelegated() throws IOException {
        Path delegated = cgroup("sys/fs/cgroup/user.slice/app.slice", "memory pids");
        cgroup("sys/fs/cgroup/user.slice/app.slice/terminal.scope", "");
        CgroupPlaces places =
                find(
                        "30 23 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate",
                        "0::/user.slice/app.slice/terminal.scope");
        assertThat(places.unified()).isEqualTo(delegated);
        assertThat(places.unifiedControllers()).containsExactly(Controller.MEMORY, Controller.PIDS);
    }

    @Test
    void aHybridHasBoth() throws IOException {
        Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));
        Path unified = cgroup("sys/fs/cgroup/unified", "hugetlb");
        CgroupPlaces places =
                find(
                        """
                        35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                        41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                        """,
                        """
                        4:memory:/
                        0::/
                        """);
        assertThat(places.version1()).containsOnlyKeys(Controller.MEMORY);
        assertThat(places.unified()).isEqualTo(unified);
        assertThat(places.unifiedControllers()).isEmpty();
    }

    @Test
    void whatIsMountedElsewhereIsNotOurs() throws IOException {
        cgroup("sys/fs/cgroup", "memory pids");
        assertThat(
                        find(
                                "30 23 0:27 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup2 rw",
                                "0::/docker/other/x"))
                .isEqualTo(CgroupPlaces.NONE);
    }

    @Test
    void limitsOfVersion2AreWrittenAndReadBack() throws IOException {
        Path delegated = cgroup("delegated", "memory pids cpu");
        CgroupPlaces places =
                new CgroupPlaces(
                        java.util.Map.of(),
                        delegated,
                        List.of(Controller.MEMORY, Controller.PIDS, Controller.CPU));
        assertThat(new CgroupLimit(Controller.MEMORY, limit(1 << 20)).settings(true).getFirst())
                .isEqualTo(new CgroupLimit.Setting("memory.max", "1048576", false));
        assertThat(new CgroupLimit(Controller.PIDS, limit(10)).settings(true).getFirst().value())
                .isEqualTo("11");
        assertThat(new CgroupLimit(Controller.CPU, limit(1500)).settings(true).getFirst())
                .isEqualTo(new CgroupLimit.Setting("cpu.max", "150000 100000", false));
        SandboxCgroups cgroups = SandboxCgroups.make(places, List.of(), Kernel.linux());
        assertThat(cgroups.birthplace())
                .hasValueSatisfying(folder -> assertThat(folder).hasParent(delegated));
        assertThat(cgroups.joins()).isEmpty();
        String own = "0::/delegated/" + cgroups.birthplace().orElseThrow().getFileName();
        assertThat(cgroups.missing(places, List.of())).isNull();
        assertThat(cgroups.missing(CgroupPlaces.NONE, List.of()))
                .isEqualTo(new Gap.CgroupsNotMade());
        assertThat(cgroups.without(List.of(own))).isNull();
        assertThat(cgroups.without(List.of("0::/elsewhere")))
                .isEqualTo(new Gap.NotInCgroup(cgroups.birthplace().orElseThrow()));
        cgroups.remove();
        try (Stream<Path> left = Files.list(delegated)) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    private static dev.blast.rules.verdict.Limit limit(long amount) {
        return new dev.blast.rules.verdict.Limit(amount, PolicyBuilder.REASON);
    }

    private Path cgroup(String path, String subtreeControl) throws IOException {
        Path folder = Files.createDirectories(root.resolve(path));
        Files.writeString(folder.resolve("cgroup.procs"), "");
        Files.writeString(folder.resolve("cgroup.subtree_control"), subtreeControl);
        return folder;
    }

    private CgroupPlaces find(String mounts, String own) {
        return CgroupPlaces.find(mounts.lines().toList(), own.lines().toList(), root);
    }
}
