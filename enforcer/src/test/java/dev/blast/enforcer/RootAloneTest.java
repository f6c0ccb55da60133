package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.plan.FakeKernels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Root where user namespaces are switched off: the same layers, without one. Needs root. */
@Timeout(60)
class RootAloneTest {
    @TempDir Path folder;

    @Test
    void losesAllCapabilitiesAllTheSame() throws Exception {
        assumeTrue(Confined.kernel().userId() == 0, "needs root");
        Confined sandbox =
                new Confined(folder.toRealPath(), PolicyBuilder.system())
                        .on(FakeKernels.withoutUserNamespace(Confined.kernel()));
        Confined.Result result =
                sandbox.run("grep", "-E", "^(CapEff|CapBnd|Uid)", "/proc/self/status");
        assertThat(result.state().initialized()).isTrue();
        assertThat(result.output())
                .isEqualTo(
                        "Uid:\t0\t0\t0\t0\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\n");
        assertThat(sandbox.python("os.chown('.', 1, 1)")).isEqualTo("PermissionError EPERM");
        assertThat(sandbox.python("open('/proc/sys/kernel/core_pattern', 'w')"))
                .isIn("PermissionError EACCES", "OSError EROFS");
        assertThat(sandbox.python("open('/etc/shadow')")).isEqualTo("FileNotFoundError ENOENT");
        assertThat(sandbox.python("os.setuid(1)")).isEqualTo("PermissionError EPERM");
    }
}
