package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Blast in machines that give less, each made for real around a process of its own: what is missing
 * is named with what to do, nothing runs with less unasked, and what runs keeps the secret. Needs
 * root, to take things away as a container runtime or an administrator does.
 */
@Timeout(120)
class PoorerMachineTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @TempDir static Path classes;

    private static List<String> java = List.of();

    @TempDir Path outer;

    @BeforeAll
    static void layOut() throws IOException {
        java = AsOrdinaryUser.command(classes.toRealPath(), OnPoorerMachine.class, List.of());
        try (InputStream in =
                Objects.requireNonNull(
                        PoorerMachineTest.class.getResourceAsStream("/poorer.py"), "poorer.py")) {
            Files.copy(in, classes.resolve("poorer.py"));
        }
    }

    /** By kind: what is missing, a part of what to do about it, and what comes of it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    user                            | -                      | -                                            | runs without cgroup                          | runs without cgroup
                    user,no-user-namespaces         | user-namespace network | user.max_user_namespaces=15000               | is refused for want of [user-namespace, network] | runs without user-namespace, network, cgroup
                    user,container                  | user-namespace network egress | docker run --security-opt seccomp=unconfined | is refused for want of [user-namespace, network] | runs without user-namespace, network, cgroup, egress
                    container-root                  | user-namespace network egress | podman run --security-opt seccomp=unconfined | is refused for want of [user-namespace, network] | runs without user-namespace, network
                    masked-proc,user                | user-namespace network | systempaths=unconfined                       | is refused for want of [user-namespace, network] | runs without user-namespace, network, cgroup
                    user,no-mounts                  | user-namespace network | a filter of system calls around this process | is refused for want of [user-namespace, network] | runs without user-namespace, network, cgroup
                    user,no-landlock                | landlock               | lsm=landlock                                 | is refused for want of [landlock]            | runs without cgroup, landlock
                    user,old-landlock               | landlock               | Linux 5.13 or later                          | is refused for want of [landlock]            | runs without cgroup, landlock
                    user,no-seccomp                 | seccomp egress         | CONFIG_SECCOMP_FILTER                        | is refused for want of [seccomp]             | runs without cgroup, seccomp, egress
                    user,no-pidfd-getfd             | egress                 | --cap-add SYS_PTRACE                         | runs without cgroup, egress                  | runs without cgroup, egress
                    user,no-user-namespaces,no-landlock | user-namespace network landlock | user.max_user_namespaces=15000    | is too little                                | is too little
                    user,no-user-namespaces,no-seccomp | user-namespace network seccomp egress | user.max_user_namespaces=15000 | is too little                             | is too little
                    user,watched                    | egress                 | no other sandbox around Blast                | runs without cgroup, egress                  | runs without cgroup, egress
                    user,no-clone3                  | user-namespace network | seccomp=unconfined                           | is refused for want of [user-namespace, network] | runs without user-namespace, network, cgroup
                    user,no-close-range             | -                      | Linux 5.12 or later                          | fails                                        | fails
                    user,no-mount-setattr           | -                      | Linux 5.12 or later                          | fails                                        | fails
                    user,no-memfd                   | -                      | vm.memfd_noexec                              | fails                                        | fails
                    read-only-sys                   | -                      | docker run --cgroupns=host                                        | runs without cgroup                          | runs without cgroup
                    no-cgroups                      | -                      | docker run --cgroupns=host                                        | runs without cgroup                          | runs without cgroup
                    no-shared-memory,user           | -                      | -                                            | runs without cgroup                          | runs without cgroup
                    """)
    void isToldAndNeverWeakerUnasked(
            String kinds, String missing, String remedy, String unasked, String accepted)
            throws Exception {
        assumeTrue(
                Confined.kernel().userId() == 0 && Files.exists(PYTHON), "needs root and Python");
        Path secret = outer.toRealPath().resolve("secret");
        Files.writeString(secret, "canary\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-rw-rw-"));
        String said = said(kinds, secret);
        List<String> lines = said.lines().toList();
        assertThat(
                        lines.stream()
                                .filter(line -> line.startsWith("missing "))
                                .map(line -> line.substring(8, line.indexOf(':')))
                                .toList())
                .as(said)
                .isEqualTo(missing.equals("-") ? List.of() : List.of(missing.split(" ", -1)));
        assertThat(said).contains(remedy.equals("-") ? "" : remedy);
        assertThat(said).contains("unasked " + unasked, "accepted " + accepted);
        assertThat(lines.stream().filter(line -> line.strip().equals("ran")).count())
                .as(said)
                .isEqualTo(lines.stream().filter(line -> line.contains(" runs ")).count());
        assertThat(said).doesNotContain("canary").doesNotContain("not in force");
        assertThat(secret).hasContent("canary\n");
        assertThat(Path.of("/made-by-blast")).doesNotExist();
    }

    private String said(String kinds, Path secret) throws Exception {
        Path work = Files.createDirectory(outer.toRealPath().resolve("work"));
        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                PYTHON.toString(),
                                "-I",
                                classes.resolve("poorer.py").toString(),
                                kinds));
        command.addAll(java.subList(java.indexOf("--clear-groups") + 1, java.size()));
        command.addAll(List.of(work.toString(), secret.toString()));
        AsOrdinaryUser.Run run = AsOrdinaryUser.run(work, command);
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run.output();
    }
}
