package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each layer, from both sides: what is granted works, and what is not is refused with the errno of
 * the layer that refuses it. Needs namespaces (as root, or for an ordinary user through user
 * namespaces), Landlock and seccomp; what is missing fails, and is named.
 */
@Timeout(60)
class EnforcementTest {
    @TempDir Path outer;

    private Path project;
    private Confined sandbox;

    @BeforeEach
    void layOut() throws IOException {
        outer = outer.toRealPath();
        project = Files.createDirectory(outer.resolve("project"));
        Confined.write(outer.resolve("home/.ssh/id_ed25519"), "canary");
        Confined.write(outer.resolve("shared/data.txt"), "granted");
        Confined.write(project.resolve("secrets/token"), "canary");
        Confined.write(project.resolve("settings/deep/token"), "canary");
        Confined.write(project.resolve(".git/hooks/pre-commit"), "unchanged");
        sandbox =
                new Confined(
                        project,
                        PolicyBuilder.system()
                                .grant(Access.READABLE, outer + "/shared", project + "/.git/hooks")
                                .grant(Access.READABLE, "/etc/hosts")
                                .grant(Access.HIDDEN, project + "/secrets")
                                .grant(Access.HIDDEN, project + "/settings/deep/token")
                                .temporary("/tmp", 1 << 20));
    }

    @Test
    void everythingIsInForceAndReadBack() throws Exception {
        assertThat(Confined.kernel().missing()).isEmpty();
        Confined.Result result =
                sandbox.run("grep", "-E", "^(Cap|NoNewPrivs|Seccomp:)", "/proc/self/status");
        assertThat(result.state().initialized()).isTrue();
        assertThat(result.state().namespacesCreated()).isTrue();
        assertThat(result.state().filesystemConfigured()).isTrue();
        assertThat(result.state().networkConfigured()).isTrue();
        assertThat(result.state().seccompActive()).isTrue();
        assertThat(result.state().landlockActive()).isTrue();
        assertThat(result.state().ladder().title()).isEqualTo("full");
        String none = "\t0000000000000000\n";
        assertThat(result.output())
                .isEqualTo(
                        "CapInh:"
                                + none
                                + "CapPrm:"
                                + none
                                + "CapEff:"
                                + none
                                + "CapBnd:"
                                + none
                                + "CapAmb:"
                                + none
                                + "NoNewPrivs:\t1\nSeccomp:\t2\n");
    }

    @Test
    void grantedPathsAreThereAndOthersAreNot() throws Exception {
        assertThat(sandbox.python("print(open('" + outer + "/shared/data.txt').read())"))
                .isEqualTo("granted");
        assertThat(sandbox.python("open('" + outer + "/home/.ssh/id_ed25519')"))
                .isEqualTo("FileNotFoundError ENOENT");
        assertThat(sandbox.python("print(sorted(os.listdir('" + outer + "')))"))
                .isEqualTo("['project', 'shared']");
        assertThat(
                        sandbox.python(
                                "print(sorted(set(os.listdir('/')) - {'bin','lib','lib64','etc','usr'}))"))
                .isEqualTo("['dev', 'proc', 'tmp']");
    }

    @Test
    void writingWorksOnlyWhereGranted() throws Exception {
        assertThat(sandbox.python("open('made', 'w').write('x'); print(open('made').read())"))
                .isEqualTo("x");
        assertThat(project.resolve("made")).hasContent("x");
        assertThat(sandbox.python("open('" + outer + "/shared/data.txt', 'w')")).isIn(READ_ONLY);
        assertThat(sandbox.python("open('.git/hooks/pre-commit', 'w')")).isIn(READ_ONLY);
        assertThat(sandbox.python("os.unlink('.git/hooks/pre-commit')")).isIn(READ_ONLY);
        assertThat(sandbox.python("os.rename('.git/hooks', '.git/gone')"))
                .isEqualTo("OSError EBUSY");
        assertThat(sandbox.python("os.rename('.git', 'gone')")).isEqualTo("OSError EBUSY");
        assertThat(sandbox.python("open('.git/index', 'w').close(); print('made')"))
                .isEqualTo("made");
        assertThat(sandbox.python("open('/usr/made', 'w')")).isIn(READ_ONLY);
        assertThat(sandbox.python("open('/made', 'w')")).isIn(READ_ONLY);
        assertThat(sandbox.python("open('/dev/made', 'w')")).isIn(READ_ONLY);
        assertThat(project.resolve(".git/hooks/pre-commit")).hasContent("unchanged");
    }

    /** Landlock answers first, the mount would after it. */
    private static final List<String> READ_ONLY =
            List.of("PermissionError EACCES", "OSError EROFS");

    @Test
    void hiddenPathsInsideGrantedOnesCannotBeOpened() throws Exception {
        assertThat(sandbox.python("print(os.path.isdir('secrets'))")).isEqualTo("True");
        assertThat(sandbox.python("os.listdir('secrets')")).isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("open('secrets/token')")).isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("os.rmdir('secrets')")).isEqualTo("OSError EBUSY");
        assertThat(sandbox.python("open('settings/deep/token')"))
                .isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("os.rename('settings/deep', 'settings/moved')"))
                .as("hidden by its place only, and visible to the next program")
                .isEqualTo("OSError EBUSY");
        assertThat(sandbox.python("os.rename('settings', 'moved')")).isEqualTo("OSError EBUSY");
    }

    @Test
    void temporaryFoldersAreOfTheirSizeAndGoAway() throws Exception {
        assertThat(
                        sandbox.python(
                                "open('/tmp/x', 'w').write('x' * 500000); print(os.path.getsize('/tmp/x'))"))
                .isEqualTo("500000");
        assertThat(sandbox.python("f = open('/tmp/x', 'w'); f.write('x' * 2000000); f.flush()"))
                .isEqualTo("OSError ENOSPC");
        assertThat(sandbox.python("print(os.path.exists('/tmp/x'))")).isEqualTo("False");
    }

    /** The loopback is its own: what listens on that of the machine is not there. */
    @Test
    void nothingOutsideCanBeConnectedTo() throws Exception {
        for (String address : List.of("127.0.0.1", "::1")) {
            try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(address))) {
                assertThat(
                                sandbox.python(
                                        "socket.create_connection(('%s', %d), 2)"
                                                .formatted(address, listening.getLocalPort())))
                        .isIn("ConnectionRefusedError ECONNREFUSED", "OSError EADDRNOTAVAIL");
            }
        }
        for (String address : List.of("192.0.2.1", "10.0.0.1", "169.254.169.254", "2001:db8::1")) {
            assertThat(
                            sandbox.python(
                                    "socket.create_connection(('%s', 443), 2)".formatted(address)))
                    .as(address)
                    .isIn("OSError ENETUNREACH", "OSError EADDRNOTAVAIL");
        }
        assertThat(
                        sandbox.python(
                                "s = socket.socket(type=socket.SOCK_DGRAM); s.sendto(b'x', ('192.0.2.1', 53))"))
                .isEqualTo("OSError ENETUNREACH");
        assertThat(
                        sandbox.python(
                                "a, b = socket.socketpair(); a.send(b'here'); print(b.recv(9).decode())"))
                .isEqualTo("here");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "AF_INET   | SOCK_STREAM | ('127.0.0.1', 0)",
                "AF_INET   | SOCK_STREAM | ('127.9.9.9', 0)",
                "AF_INET   | SOCK_STREAM | ('localhost', 0)",
                "AF_INET   | SOCK_STREAM | ('', 0)",
                "AF_INET   | SOCK_DGRAM  | ('127.0.0.1', 0)",
                "AF_INET6  | SOCK_STREAM | ('::1', 0)",
                "AF_INET6  | SOCK_DGRAM  | ('::1', 0)",
                "AF_UNIX   | SOCK_STREAM | chr(0) + 'abstract'",
                "AF_UNIX   | SOCK_STREAM | '/tmp/socket'",
                "AF_UNIX   | SOCK_DGRAM  | '/tmp/socket'"
            })
    void whatListensInsideIsReachedInside(String family, String kind, String address)
            throws Exception {
        String program =
                """
                server = socket.socket(socket.%1$s, socket.%2$s)
                server.bind(%3$s)
                client = socket.socket(socket.%1$s, socket.%2$s)
                if socket.%2$s == socket.SOCK_STREAM:
                    server.listen()
                client.settimeout(5); server.settimeout(5)
                client.connect(server.getsockname())
                peer = server.accept()[0] if socket.%2$s == socket.SOCK_STREAM else server
                client.send(b'here')
                print(peer.recv(9).decode())\
                """
                        .formatted(family, kind, address);
        assertThat(sandbox.python(program)).isEqualTo("here");
    }

    /** Each sandbox has a loopback of its own. */
    @Test
    void whatListensInOneSandboxIsNotInAnother() throws Exception {
        String serve =
                "s = socket.create_server(('127.0.0.1', 7357)); open('ready', 'w').close(); s.settimeout(3); print(s.accept())";
        var other =
                new Confined(
                        project, PolicyBuilder.system().grant(Access.WRITABLE, project.toString()));
        var served =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return other.python(serve);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        while (!Files.exists(project.resolve("ready"))) {
            assertThat(served).isNotDone();
            Thread.sleep(10);
        }
        assertThat(sandbox.python("socket.create_connection(('127.0.0.1', 7357), 2)"))
                .isEqualTo("ConnectionRefusedError ECONNREFUSED");
        assertThat(served).isNotDone();
        assertThat(served.get()).startsWith("TimeoutError");
    }

    @Test
    void onlyItsOwnProcessesAreSeen() throws Exception {
        assertThat(
                        sandbox.python(
                                "print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit()), os.getpid())"))
                .isEqualTo("[1, 2] 2");
        assertThat(sandbox.python("os.kill(" + ProcessHandle.current().pid() + ", 0)"))
                .isEqualTo("ProcessLookupError ESRCH");
        assertThat(sandbox.python("print(socket.gethostname())")).isEqualTo("sandbox");
    }

    @Test
    void standardDescriptorsAndNoOther() throws Exception {
        assertThat(sandbox.python("print(sorted(os.listdir('/proc/self/fd')))"))
                .isEqualTo("['0', '1', '2', '3']"); // the last is the one that lists
        assertThat(
                        sandbox.run(
                                        "sh",
                                        "-c",
                                        "echo again > /dev/stdout; echo null > /dev/null; head -c 4 /dev/urandom | wc -c")
                                .output())
                .isEqualTo("again\n4\n");
    }

    @Test
    void aStandardStreamIsOpenInItsOwnDirectionOnly() throws Exception {
        Path input = Files.writeString(outer.resolve("input"), "unchanged");
        Path log = outer.resolve("log");
        String program =
                "cat /dev/stdin; echo x > /proc/self/fd/0; cat /dev/stdout; echo seen > /dev/stderr";
        Plan plan =
                Confined.plan(
                        PolicyBuilder.system().grant(Access.WRITABLE, project.toString()).build(),
                        project,
                        new Stdio(input, outer.resolve("output"), log),
                        "sh",
                        "-c",
                        program);
        try (Running running = Sandbox.start(plan)) {
            assertThat(running.waitFor()).isZero();
        }
        assertThat(input).hasContent("unchanged");
        assertThat(outer.resolve("output")).hasContent("unchanged");
        assertThat(log).hasContent("seen");
    }

    @Test
    void variablesPassByNameOnly() throws Exception {
        var policy =
                PolicyBuilder.system()
                        .grant(Access.WRITABLE, project.toString())
                        .pass("LC_*")
                        .set("A", "1");
        Path log = outer.resolve("log");
        Launch launch =
                new Launch(
                        List.of("env"),
                        project,
                        Map.of("SECRET", "x", "LC_ALL", "C"),
                        Stdio.logged(log),
                        Set.of());
        try (Running running =
                Sandbox.start((Plan) Confinement.plan(policy.build(), launch, Confined.kernel()))) {
            assertThat(running.waitFor()).isZero();
        }
        assertThat(Files.readAllLines(log))
                .containsExactlyInAnyOrder("A=1", "LC_ALL=C", "PATH=/usr/bin:/bin");
    }

    /** It has a name inside, and what is written under that name comes out. */
    @Test
    void aTerminalCanBeNamed() throws Exception {
        Path log = outer.resolve("log");
        try (var terminal = new PseudoTerminal()) {
            Plan plan =
                    Confined.plan(
                            PolicyBuilder.system()
                                    .grant(Access.WRITABLE, project.toString())
                                    .build(),
                            project,
                            new Stdio(terminal.path(), log, log),
                            "python3",
                            "-I",
                            "-c",
                            "import os; n = os.ttyname(0); print(n, os.isatty(os.open(n, os.O_RDONLY))); print(os.listdir('/dev/pts'))");
            try (Running running = Sandbox.start(plan)) {
                assertThat(running.waitFor()).isZero();
            }
            assertThat(log).hasContent("/dev/console True\n['ptmx']");
        }
        assertThat(sandbox.python("os.ttyname(0)")).startsWith("OSError ENOTTY");
        assertThat(sandbox.python("print(os.path.exists('/dev/console'))")).isEqualTo("False");
    }

    @Test
    void exitCodesAndSignalsComeThrough() throws Exception {
        assertThat(sandbox.run("sh", "-c", "exit 7").exitCode()).isEqualTo(7);
        assertThat(sandbox.run("sh", "-c", "kill -TERM $$").exitCode()).isEqualTo(128 + 15);
        assertThat(sandbox.run("python3", "-c", "import os; os.abort()").exitCode())
                .isEqualTo(128 + 6);
        assertThat(sandbox.run("sh", "-c", "sleep 100 & sleep 100 & exit 3").exitCode())
                .isEqualTo(3);
    }

    @Test
    void signalsFromOutsideReachTheProgram() throws Exception {
        Path log = outer.resolve("log");
        Plan plan =
                sandbox.plan(
                        log,
                        "sh",
                        "-c",
                        "trap 'echo got TERM; exit 9' TERM; touch ready; while :; do sleep 0.01; done");
        try (Running running = Sandbox.start(plan)) {
            while (!Files.exists(project.resolve("ready"))) {
                Thread.onSpinWait();
            }
            running.signal(15);
            assertThat(running.waitFor()).isEqualTo(9);
            assertThat(log).hasContent("got TERM");
        }
    }

    @Test
    void closingKillsEverythingInside() throws Exception {
        String sleep = "sleep " + (1_000_000 + ProcessHandle.current().pid()); // nobody else's
        Plan plan =
                sandbox.plan(
                        outer.resolve("log"),
                        "sh",
                        "-c",
                        "setsid %1$s & setsid %1$s & %1$s".formatted(sleep));
        Running running = Sandbox.start(plan);
        long first = running.pid();
        running.close();
        assertThat(running.waitFor()).isEqualTo(128 + 9);
        assertThat(ProcessHandle.of(first)).isEmpty();
        assertThat(
                        ProcessHandle.allProcesses()
                                .filter(process ->
                                        process.info().commandLine().orElse("").endsWith(sleep)))
                .isEmpty();
    }

    @Test
    void aProgramThatCannotRunIsAnError() throws Exception {
        Confined.write(project.resolve("script"), "#!/no/such/interpreter\n");
        Confined.write(project.resolve("empty"), "");
        project.resolve("script").toFile().setExecutable(true);
        project.resolve("empty").toFile().setExecutable(true);
        Confined.assertRefused(() -> sandbox.run("./script"))
                .startsWith(
                        "could not run "
                                + project
                                + "/./script: execve: there is no such file or folder (ENOENT)");
        Confined.assertRefused(() -> sandbox.run("./empty"))
                .contains("not a program this kernel can run (ENOEXEC)");
    }

    @Test
    void aSourceThatChangesAfterPlanningIsNotBound() throws Exception {
        Plan plan = sandbox.plan(outer.resolve("log"), "true");
        Files.move(outer.resolve("shared"), outer.resolve("old"));
        Confined.write(outer.resolve("shared/other"), "");
        Confined.assertRefused(() -> Sandbox.start(plan))
                .contains("could not open " + outer + "/shared")
                .contains("(ESTALE)");
        Files.move(outer, outer.resolveSibling(outer.getFileName() + "-moved"));
        Files.createSymbolicLink(outer, outer.resolveSibling(outer.getFileName() + "-moved"));
        Confined.assertRefused(() -> Sandbox.start(plan)).contains("(ELOOP)");
    }

    @Test
    void limitsWithoutControllersAreRlimits() throws Exception {
        Confined limited =
                new Confined(
                        project,
                        PolicyBuilder.system().limit("openFiles", 20).limit("fileSize", 1000));
        assertThat(
                        limited.python(
                                "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE))"))
                .isEqualTo("(20, 20)");
        assertThat(limited.run("sh", "-c", "head -c 2000 /dev/zero > big").exitCode()).isNotZero();
        assertThat(project.resolve("big")).hasSize(1000);
    }

    @Test
    void aTimeLimitEndsTheProgram() throws Exception {
        Confined limited = new Confined(project, PolicyBuilder.system().limit("time", 1));
        Confined.Result result = limited.run("sleep", "100");
        assertThat(result.exitCode()).isEqualTo(128 + 9);
        assertThat(result.hits()).extracting(LimitHit::what).containsExactly("time");
    }
}
