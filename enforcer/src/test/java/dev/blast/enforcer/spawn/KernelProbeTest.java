package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.ScriptedKernel;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.NoMachineCode;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.Restraints;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.text.MissingLayerText;
import dev.blast.enforcer.text.PlanningText;
import dev.blast.rules.fact.SandboxLayer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelProbeTest {

    @Test
    void everythingIsThere() {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.geteuid, 1000)
                                .answer(Syscall.landlock_create_ruleset, 6));
        assertThat(kernel.missing()).isEmpty();
        assertThat(kernel.userNamespace()).isTrue();
        assertThat(kernel.landlockAbi()).isEqualTo(6);
        assertThat(kernel.userId()).isEqualTo(1000);
    }

    /** What an ordinary user reads where a distribution withholds a part. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    write    | EPERM | could not map user 1000 and group 0: write: not permitted (EPERM)     | a security module or another sandbox
                    unshare  | EPERM | could not hide the cgroups above: unshare: not permitted (EPERM)       | a security module or another sandbox
                    mount    | EPERM | could not make mounts private: mount: not permitted (EPERM)            | a security module or another sandbox
                    mkdirat  | EROFS | could not mount /proc: mkdirat: read-only (EROFS)                      | a kernel and a user that may use namespaces
                    """)
    void namespacesThatCannotBeUsedAreMissing(
            Syscall syscall, Errno errno, String why, String remedy) {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.geteuid, 1000)
                                .answer(Syscall.landlock_create_ruleset, 6)
                                .refuseInChild(syscall, errno));
        assertThat(kernel.missing())
                .extracting(MissingLayer::layer)
                .containsExactly(SandboxLayer.USER_NAMESPACE, SandboxLayer.NETWORK);
        assertThat(MissingLayerText.why(kernel.missing().getFirst())).isEqualTo(why);
        assertThat(MissingLayerText.remedy(kernel.missing().getFirst())).startsWith(remedy);
    }

    @Test
    void rootDoesWithoutAUserNamespace() {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.landlock_create_ruleset, 6)
                                .refuseInChild(
                                        Syscall.openat,
                                        Errno.EPERM)); // only the map is written through a file
        assertThat(kernel.missing()).isEmpty();
        assertThat(kernel.userNamespace()).isFalse();
    }

    @Test
    void anOldKernelLacksLandlockAndFilters() {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.landlock_create_ruleset, -Errno.ENOSYS.number())
                                .answer(Syscall.seccomp, -Errno.EINVAL.number()));
        assertThat(kernel.missing())
                .extracting(MissingLayer::layer)
                .containsExactly(SandboxLayer.LANDLOCK, SandboxLayer.SECCOMP, SandboxLayer.EGRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "seccomp, ENOSYS, SECCOMP_RET_USER_NOTIF",
        "socket, EAFNOSUPPORT, AF_PACKET",
        "getsockopt, ENOSYS, SO_NETNS_COOKIE",
        "pidfd_getfd, ENOSYS, pidfd_getfd"
    })
    void whatAGateCannotDoWithout(Syscall refused, Errno errno, String lacking) {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.landlock_create_ruleset, 6)
                                .answer(refused, -errno.number()));
        assertThat(MissingLayerText.why(kernel.missing().getLast()))
                .matches("Linux [0-9].* has no %s, without which .*".formatted(lacking));
    }

    /** The answer tells apart what a person can do: see landlock_create_ruleset(2). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ENOSYS     | Linux R has no Landlock                                                  | Linux 5.13 or later
                    EOPNOTSUPP | Linux R has Landlock, and it is switched off                             | landlock in front of what /sys/kernel/security/lsm lists
                    EPERM      | Linux R: landlock_create_ruleset: not permitted (EPERM)                  | a container runtime whose profile knows it
                    """)
    void whyThereIsNoLandlock(Errno errno, String why, String remedy) {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.landlock_create_ruleset, -errno.number()));
        MissingLayer missing = kernel.missing().getFirst();
        assertThat(kernel.landlockAbi()).isZero();
        assertThat(MissingLayerText.why(missing).replace(kernel.release(), "R")).isEqualTo(why);
        assertThat(MissingLayerText.remedy(missing)).startsWith(remedy);
    }

    /** There can be one listener, and a container runtime may have it. */
    @Test
    void aListenerOfSomebodyElsesLeavesNoGate() {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.landlock_create_ruleset, 6)
                                .refuseInChild(Syscall.seccomp, Errno.EBUSY));
        assertThat(kernel.userNamespace()).isTrue();
        assertThat(kernel.missing())
                .extracting(MissingLayer::layer)
                .containsExactly(SandboxLayer.EGRESS);
        assertThat(MissingLayerText.why(kernel.missing().getFirst()))
                .startsWith("somebody else answers for calls of this process already");
    }

    /** Root is told of the user namespace that it could not have, not of the second try. */
    @Test
    void rootIsToldOfTheFirstFailure() {
        KernelFeatures kernel =
                probe(
                        new ScriptedKernel()
                                .answer(Syscall.landlock_create_ruleset, 6)
                                .refuseInChild(Syscall.mount, Errno.EPERM));
        assertThat(kernel.missing()).hasSize(2);
        assertThat(MissingLayerText.why(kernel.missing().getFirst()))
                .isEqualTo("could not make mounts private: mount: not permitted (EPERM)");
        assertThat(MissingLayerText.remedy(kernel.missing().getLast())).isEmpty();
    }

    /** What a call is on Linux is another one there. */
    @Test
    void onAnotherSystemNothingIsCalled() {
        String here = System.getProperty("os.name");
        System.setProperty("os.name", "Mac OS X");
        try {
            assertThat(Kernel.linux().call(Syscall.getpid)).isEqualTo(-Errno.ENOSYS.number());
            KernelFeatures kernel = KernelProbe.ask();
            assertThat(kernel.layers().starts()).isFalse();
            assertThat(said(kernel))
                    .isEqualTo(
                            "programs are confined by Linux, and this is Mac OS X; in a virtual machine with Linux they run,"
                                    + " and everything that runs none of them works here");
        } finally {
            System.setProperty("os.name", here);
        }
    }

    @Test
    void anotherProcessorIsAnObstacle() {
        KernelFeatures kernel =
                KernelProbe.ask(
                        new ScriptedKernel(), "riscv64", CgroupPlaces.NONE, Restraints.NONE);
        assertThat(kernel.obstacle()).hasValue(new NoMachineCode.ForProcessor("riscv64"));
        assertThat(said(kernel))
                .isEqualTo(
                        "Blast starts confined programs through a page of machine code, and has none for riscv64 yet; on"
                                + " x86-64 and AArch64 it does");
        Launch launch =
                new Launch(
                        List.of("true"),
                        Path.of("/"),
                        Map.of(),
                        Stdio.inherit(),
                        EnumSet.allOf(SandboxLayer.class));
        assertThat(Confinement.plan(PolicyBuilder.system().build(), launch, kernel))
                .isEqualTo(
                        new Planning.Invalid(
                                List.of(
                                        new Problem.NothingStarts(
                                                kernel.obstacle().orElseThrow()))));
    }

    @Test
    void soIsASystemThatForbidsMachineCode() {
        KernelFeatures kernel = probe(new ScriptedKernel().refuseMachineCode(Errno.EACCES));
        assertThat(kernel.obstacle()).hasValue(new NoMachineCode.Refused(Errno.EACCES.number()));
        assertThat(said(kernel))
                .isEqualTo(
                        "Blast starts confined programs through a page of machine code, and this system does not let a"
                                + " process make one: permission denied (EACCES); SELinux calls this permission execmem");
    }

    private static String said(KernelFeatures kernel) {
        return PlanningText.of(List.of(new Problem.NothingStarts(kernel.obstacle().orElseThrow())))
                .getFirst();
    }

    private static KernelFeatures probe(ScriptedKernel kernel) {
        return KernelProbe.ask(kernel, "amd64", CgroupPlaces.NONE, Restraints.NONE);
    }
}
