package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Landlock;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.rules.fact.SandboxLayer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ways out that sandboxes have had, see {@code escapes.py}: outside of one each gets through, which
 * shows that it is a way; inside none does, on each step of the ladder as far as its walls reach.
 */
@Timeout(180)
class EscapesOnEachStepTest {
    private static final String PYTHON = "/usr/bin/python3";

    /** So many have to get through outside, as root of the machine. */
    private static final int WAYS = 160;

    @TempDir Path outer;

    /** One try. */
    private record Way(String name, String walls, String result) {
        boolean open() {
            return result.equals("open");
        }
    }

    /** A step of the ladder, by the walls that it has: the letters of {@code escapes.py}. */
    enum Stand {
        FULL("nls6c"),
        WITHOUT_A_USER_NAMESPACE("nls6c"),
        WITHOUT_CGROUP("nls6c"),
        WITHOUT_EGRESS("nls6c"),
        LANDLOCK_1("nlsc"),
        LANDLOCK_3("nlsc"),
        WITHOUT_LANDLOCK("nsc"),
        WITHOUT_SECCOMP("nl6c"),
        WITHOUT_NAMESPACES("ls6c"),
        WITHOUT_NAMESPACES_LANDLOCK_1("lsc"),
        WITHOUT_NAMESPACES_LANDLOCK_4("lsc");

        private final String walls;

        Stand(String walls) {
            this.walls = walls;
        }

        private boolean holds(Way way) {
            return way.walls().chars().anyMatch(wall -> walls.indexOf(wall) >= 0);
        }

        KernelFeatures on(KernelFeatures whole) {
            KernelFeatures alone = FakeKernels.withoutNamespaces(whole);
            return switch (this) {
                case FULL -> whole;
                case WITHOUT_A_USER_NAMESPACE -> FakeKernels.withoutUserNamespace(whole);
                case WITHOUT_CGROUP -> FakeKernels.with(whole, CgroupPlaces.NONE);
                case WITHOUT_EGRESS ->
                        FakeKernels.missing(
                                whole,
                                new MissingLayer.Egress(
                                        "", "", MissingLayer.Egress.WithheldBy.KERNEL));
                case LANDLOCK_1 -> FakeKernels.withLandlock(whole, 1);
                case LANDLOCK_3 -> FakeKernels.withLandlock(whole, 3);
                case WITHOUT_LANDLOCK ->
                        FakeKernels.missing(
                                whole, new MissingLayer.Landlock("", Errno.ENOSYS.number()));
                case WITHOUT_SECCOMP -> FakeKernels.missing(whole, new MissingLayer.Seccomp(""));
                case WITHOUT_NAMESPACES -> alone;
                case WITHOUT_NAMESPACES_LANDLOCK_1 -> FakeKernels.withLandlock(alone, 1);
                case WITHOUT_NAMESPACES_LANDLOCK_4 -> FakeKernels.withLandlock(alone, 4);
            };
        }
    }

    /** The controls: without a sandbox these are ways. */
    @Test
    void outsideEachIsAWay() throws Exception {
        assumeTrue(Confined.kernel().userId() == 0, "needs root to be let do all of it");
        List<Way> ways = outside();
        List<Way> open = ways.stream().filter(Way::open).toList();
        System.out.printf(
                "%d ways out get through without a sandbox; not here: %s%n",
                open.size(), ways.stream().filter(way -> !way.open()).toList());
        assertThat(open).hasSizeGreaterThanOrEqualTo(WAYS);
    }

    @ParameterizedTest
    @EnumSource(Stand.class)
    void insideNoneIs(Stand stand) throws Exception {
        KernelFeatures whole = Confined.kernel();
        assumeTrue(Files.exists(Path.of(PYTHON)), "needs Python");
        assumeTrue(whole.landlockAbi() >= Landlock.SCOPES_SIGNALS, "needs Linux 6.12");
        assumeTrue(
                whole.userId() == 0 || stand != Stand.WITHOUT_A_USER_NAMESPACE,
                "root alone can do without one");
        Map<String, Way> found = new LinkedHashMap<>();
        for (Way way : inside(stand.on(whole))) {
            found.put(way.name(), way);
        }
        List<Way> claimed = found.values().stream().filter(stand::holds).toList();
        System.out.printf(
                "%s as user %d: %d ways out tried, %d held, %d of %d that its walls are to hold%n",
                stand,
                whole.userId(),
                found.size(),
                found.values().stream().filter(way -> !way.open()).count(),
                claimed.stream().filter(way -> !way.open()).count(),
                claimed.size());
        assertThat(claimed).hasSizeGreaterThan(100);
        assertThat(claimed.stream().filter(Way::open).toList()).as("open on %s", stand).isEmpty();
        assertThat(found.values())
                .noneMatch(
                        way -> way.result().endsWith("Error"),
                        "raised what is no error of the kernel's");
    }

    private List<Way> inside(KernelFeatures kernel) throws Exception {
        Path work = layOut();
        Process beside = beside(work, "");
        try {
            Confined.Result result =
                    new Confined(work, PolicyBuilder.system())
                            .on(kernel)
                            .accepting(EnumSet.allOf(SandboxLayer.class))
                            .gate(RuledKeeper.allowing("host == \"api.here.test\", port == 1"))
                            .run(PYTHON, "-I", "escapes.py", "facts");
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.state().initialized()).isTrue();
            return ways(result.output());
        } finally {
            end(beside);
        }
    }

    /** With mounts and names of its own, so that it changes none of the machine's. */
    private List<Way> outside() throws Exception {
        Path work = layOut();
        Process beside = beside(work, "control");
        try {
            Process process =
                    new ProcessBuilder(
                                    "unshare",
                                    "--mount",
                                    "--uts",
                                    PYTHON,
                                    "-I",
                                    "escapes.py",
                                    "facts")
                            .directory(work.toFile())
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return ways(said);
        } finally {
            end(beside);
        }
    }

    private static List<Way> ways(String output) {
        List<Way> ways = new ArrayList<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split("\t", -1);
            assertThat(fields).as(output).hasSize(3);
            ways.add(new Way(fields[0], fields[1], fields[2]));
        }
        return ways;
    }

    private Path layOut() throws IOException {
        outer = outer.toRealPath();
        Path work = Files.createDirectory(outer.resolve("work"));
        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of("escapes.py", "outside.py")) {
            try (InputStream in =
                    Objects.requireNonNull(
                            EscapesOnEachStepTest.class.getResourceAsStream("/" + name), name)) {
                Files.copy(in, work.resolve(name));
            }
        }
        return work;
    }

    private Process beside(Path work, String control) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                PYTHON,
                                "-I",
                                work.resolve("outside.py").toString(),
                                outer.toString(),
                                Long.toString(ProcessHandle.current().pid())));
        if (!control.isEmpty()) {
            command.add(control);
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo("ready");
        return process;
    }

    private static void end(Process beside) throws Exception {
        beside.getOutputStream().close();
        assertThat(beside.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
