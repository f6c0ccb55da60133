package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where mounts are shared, as systemd shares them all, none of a sandbox's is. Needs root. */
@Timeout(120)
class SharedMountsTest {
    @TempDir Path folder;

    @Test
    void aSharedMountIsNoticed() throws Exception {
        assumeTrue(Confined.kernel().userId() == 0, "needs root to share mounts");
        List<String> command = new ArrayList<>();
        command.addAll(List.of("unshare", "--mount", "--propagation", "shared"));
        command.addAll(
                AsOrdinaryUser.command(
                        folder, AsOrdinaryUser.class, List.of(ReadBackTest.class.getName())));
        AsOrdinaryUser.Run run = AsOrdinaryUser.run(folder, command);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).doesNotContain("nothing is shared here");
    }
}
