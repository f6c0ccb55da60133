package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                .isEqualTo(
                        new CgroupPlaces(
                                Map.of(), null, List.of(), CgroupPlaces.Mounted.READ_ONLY));
    }

    @Test
    void nothingMountedIsSomethingElseThanNothingDelegated() {
        assertThat(find("22 1 0:5 / / rw - ext4 /dev/vda rw", "0::/").mounted())
                .isEqualTo(CgroupPlaces.Mounted.NOWHERE);
        assertThat(find("30 23 0:27 / /elsewhere rw - cgroup2 cgroup2 rw", "0::/").mounted())
                .isEqualTo(CgroupPlaces.Mounted.WRITABLE);
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
