package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.Confined;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a rule protects and what is not there cannot be made by a program either. Needs namespaces.
 */
@Timeout(60)
public class KeptNamesTest {
    @TempDir Path outer;

    private Path project;
    private Confined sandbox;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectory(outer.toRealPath().resolve("project"));
        sandbox = new Confined(project, protecting());
    }

    private PolicyBuilder protecting() {
        return PolicyBuilder.system()
                .grant(Access.READABLE, project + "/.git/hooks", project + "/.git/config")
                .grant(Access.READABLE, project + "/.envrc", project + "/gone/away/deep")
                .grant(Access.HIDDEN, project + "/.ssh");
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(project)) {
            return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void whatIsNotThereCannotBeMade() throws Exception {
        assertThat(sandbox.python("os.mkdir('.git')")).isEqualTo("FileExistsError EEXIST");
        for (String name : new String[] {".git", ".envrc", ".ssh", "gone"}) {
            assertThat(sandbox.python("open('%s/config', 'w')".formatted(name)))
                    .as(name)
                    .isIn("PermissionError EACCES", "OSError EROFS");
            assertThat(sandbox.python("os.rename('%s', 'moved')".formatted(name)))
                    .isEqualTo("OSError EBUSY");
            assertThat(sandbox.python("os.rmdir('%s')".formatted(name))).isEqualTo("OSError EBUSY");
            assertThat(
                            sandbox.python(
                                    "os.mkdir('other'); os.rename('other', '%s')".formatted(name)))
                    .isEqualTo("OSError EBUSY");
            Files.delete(project.resolve("other"));
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void inAFolderThatIsThereOnlyTheMissingNameIsKept() throws Exception {
        Files.createDirectory(project.resolve(".git"));
        assertThat(sandbox.python("print(sorted(os.listdir('.git')))"))
                .isEqualTo("['config', 'hooks']");
        assertThat(sandbox.python("open('.git/config', 'w')"))
                .isEqualTo("IsADirectoryError EISDIR");
        assertThat(sandbox.python("open('.git/index', 'w'); print('made')")).isEqualTo("made");
        assertThat(names()).containsExactly(".git");
        assertThat(project.resolve(".git")).isDirectoryNotContaining("glob:**{config,hooks}");
    }

    /** A worktree's {@code .git} is a file that says where the repository is. */
    @Test
    void aFileInTheWayIsProtectedItself() throws Exception {
        Files.writeString(project.resolve(".git"), "gitdir: ../main/.git/worktrees/one");
        assertThat(sandbox.python("print(open('.git').read())")).startsWith("gitdir: ..");
        assertThat(sandbox.python("open('.git', 'a').write('x')"))
                .isIn("PermissionError EACCES", "OSError EROFS");
        assertThat(sandbox.python("os.unlink('.git')")).isEqualTo("OSError EBUSY");
        assertThat(sandbox.python("os.rename('.git', 'moved')")).isEqualTo("OSError EBUSY");
        assertThat(names()).containsExactly(".git");
    }

    @Test
    void aLinkInTheWayIsCovered() throws Exception {
        Path elsewhere = Files.createDirectories(outer.toRealPath().resolve("elsewhere/hooks"));
        Files.createSymbolicLink(project.resolve(".git"), elsewhere.getParent());
        Files.createSymbolicLink(project.resolve(".ssh"), elsewhere);
        for (String name : new String[] {".git", ".ssh"}) {
            assertThat(sandbox.python("os.unlink('%s')".formatted(name)))
                    .isEqualTo("OSError EBUSY");
            assertThat(sandbox.python("os.rename('%s', 'moved')".formatted(name)))
                    .isEqualTo("OSError EBUSY");
            assertThat(sandbox.python("open('%s')".formatted(name)))
                    .isEqualTo("PermissionError EACCES");
            assertThat(project.resolve(name)).isSymbolicLink();
        }
    }

    @Test
    void theLastOfSeveralSandboxesRemovesIt() throws Exception {
        Plan longer = sandbox.plan(outer.resolve("log"), "sleep", "60");
        try (Running running = Sandbox.start(longer)) {
            assertThat(sandbox.python("print(os.listdir('.envrc'))")).isEqualTo("[]");
            assertThat(names()).contains(".envrc", ".git");
            assertThat(readBack(running)).as("still mounted").contains(project + "/.envrc ");
        }
        assertThat(names()).isEmpty();
    }

    private static String readBack(Running running) throws IOException {
        return Files.readString(Path.of("/proc/" + running.pid() + "/mountinfo"));
    }

    @Test
    void whatAPersonPutsThereMeanwhileStays() throws Exception {
        Files.createDirectory(project.resolve(".ssh")); // empty, and not ours
        Plan longer = sandbox.plan(outer.resolve("log"), "sleep", "60");
        try (Running _ = Sandbox.start(longer)) {
            Files.writeString(project.resolve(".git/config"), "[core]");
            Files.delete(project.resolve(".envrc"));
            Files.writeString(project.resolve(".envrc"), "export A=1");
        }
        assertThat(names()).containsExactlyInAnyOrder(".git", ".envrc", ".ssh");
        assertThat(project.resolve(".git/config")).hasContent("[core]");
        assertThat(project.resolve(".envrc")).hasContent("export A=1");
    }

    @Test
    void whatAKilledLauncherLeftIsTakenOver() throws Exception {
        Process killed = launcher();
        assertThat(killed.getInputStream().read()).isEqualTo('s');
        assertThat(names()).contains(".envrc", ".git");
        killed.destroyForcibly().waitFor();
        assertThat(names()).contains(".envrc", ".git");

        assertThat(sandbox.python("open('.git/config', 'w')"))
                .isIn("PermissionError EACCES", "OSError EROFS");
        assertThat(names()).isEmpty();
    }

    /** Nothing can appear there, so that no name has to be kept, and none could be. */
    @Test
    void onAReadOnlyMountNoNameIsKept() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/etc/passwd")), "needs root to mount");
        Process confined =
                launcher(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"",
                        project.toString());
        try {
            assertThat(confined.inputReader().readLine()).isEqualTo("started");
            assertThat(names()).isEmpty();
        } finally {
            confined.destroyForcibly().waitFor();
        }
    }

    private Process launcher(String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeptNamesTest.class.getName(),
                        project.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** A launcher of its own: says that the program runs, and stays until it is killed. */
    static void main(String[] arguments) throws Exception {
        KeptNamesTest test = new KeptNamesTest();
        test.project = Path.of(arguments[0]);
        Plan plan =
                Confined.plan(
                        test.protecting().grant(Access.WRITABLE, arguments[0]).build(),
                        test.project,
                        Stdio.inherit(),
                        "sh",
                        "-c",
                        "echo started; sleep 60");
        try (Running running = Sandbox.start(plan)) {
            running.waitFor();
        }
    }

    @Test
    void nothingIsLeftWhereItCannotStart() throws Exception {
        Plan plan = sandbox.plan(outer.resolve("log"), "sh", "-c", "true");
        Files.createSymbolicLink(project.resolve(".envrc"), Path.of("/usr"));
        Confined.assertRefused(() -> Sandbox.start(plan)).contains(".envrc");
        assertThat(names()).containsExactly(".envrc");
    }

    /** Its owner can give himself back what he took away, and so can a program of his. */
    @Test
    void aFolderThatItsOwnerMadeReadOnlyKeepsNames() throws Exception {
        Set<PosixFilePermission> before = PosixFilePermissions.fromString("r-xr-xr-x");
        Files.setPosixFilePermissions(project, before);
        try {
            assertThat(
                            sandbox.python(
                                    "os.chmod('.', 0o755); os.chmod('.', 0o755); os.mkdir('.git/x')"))
                    .isIn("PermissionError EACCES", "OSError EROFS");
            assertThat(names()).isEmpty();
        } finally {
            Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
