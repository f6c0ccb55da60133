package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.FailingKernel;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever fails on the way to a program's first instruction: what failed is named, nothing has
 * run, and nothing is left of it.
 */
@Timeout(240)
class FaultsTest {
    /** More rows and calls than a start has. */
    private static final int FAR = 5000;

    @TempDir Path outer;

    private Path project;
    private Plan plan;

    @BeforeEach
    void layOut() throws Exception {
        outer = outer.toRealPath();
        project = Files.createDirectory(outer.resolve("project"));
        Files.createDirectories(project.resolve("hidden/x"));
        Files.createDirectories(project.resolve("shown"));
        PolicyBuilder policy =
                PolicyBuilder.system()
                        .grant(Access.READABLE, project + "/.git", project + "/shown")
                        .grant(Access.HIDDEN, project + "/hidden")
                        .temporary("/tmp", 1 << 20)
                        .limit("memory", 256 << 20)
                        .limit("processes", 50)
                        .limit("openFiles", 100);
        plan =
                new Confined(project, policy)
                        .gate(RuledKeeper.allowing("port == 1"))
                        .plan(outer.resolve("log"), "sh", "-c", "echo ran >ran");
        assertThat(start(Kernel.linux())).isEqualTo("ran"); // also loads what Java opens once
        Files.delete(project.resolve("ran"));
    }

    @Test
    void eachCallOfTheChildInItsTurn() throws Exception {
        List<String> before = held();
        int rows = 0;
        for (int row = 1; row < FAR; row++) {
            FailingKernel kernel = FailingKernel.inChild(row);
            String said = start(kernel);
            if (!kernel.failed()) {
                if (row > 3 && rows > 100 && said.equals("ran") && isPast(row)) {
                    break;
                }
                Files.deleteIfExists(project.resolve("ran"));
                continue; // a comparison
            }
            rows++;
            if (kernel.tolerated() && said.equals("ran")) {
                Files.delete(project.resolve("ran"));
            } else {
                assertThat(said).as(kernel.what()).startsWith("refused: ");
            }
            assertThat(project.resolve("ran")).as(kernel.what()).doesNotExist();
            assertThat(held()).as(kernel.what()).isEqualTo(before);
        }
        System.out.printf("%d calls of a child failed in turn%n", rows);
        assertThat(rows).isGreaterThan(150);
    }

    private boolean isPast(int row) throws Exception {
        for (int next = row + 1; next < row + 20; next++) {
            FailingKernel kernel = FailingKernel.inChild(next);
            start(kernel);
            Files.deleteIfExists(project.resolve("ran"));
            if (kernel.failed()) {
                return false;
            }
        }
        return true;
    }

    /** Out of descriptors, out of memory, or forbidden. */
    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EMFILE", "ENOMEM", "EPERM"})
    void eachCallOfThisProcessInItsTurn(Errno errno) throws Exception {
        List<String> before = held();
        int calls = 0;
        for (int turn = 0; turn < FAR; turn++) {
            FailingKernel kernel = FailingKernel.after(turn, errno);
            String said = start(kernel);
            if (!kernel.failed()) {
                break;
            }
            calls++;
            String as = "%s, the call %d of this process, %s".formatted(kernel.what(), turn, said);
            if (said.equals("ran")) {
                Files.delete(project.resolve("ran"));
            } else {
                assertThat(said).as(as).startsWith("refused: ");
            }
            assertThat(project.resolve("ran")).as(as).doesNotExist();
            if (!held().equals(before)) { // a name whose removal failed: the next start sees to it
                assertThat(held().subList(0, 2)).as(as).isEqualTo(before.subList(0, 2));
                assertThat(start(Kernel.linux())).as(as).isEqualTo("ran");
                Files.delete(project.resolve("ran"));
            }
            assertThat(held()).as(as).isEqualTo(before);
        }
        System.out.printf("%d calls of a launcher failed in turn with %s%n", calls, errno);
        assertThat(calls).isGreaterThan(10);
    }

    /** {@code ran}, or why not. */
    private String start(Kernel kernel) throws Exception {
        try (Running running =
                Sandbox.start(
                        plan,
                        plan,
                        false,
                        RuledKeeper.allowing("port == 1"),
                        Overseer.NOBODY,
                        _ -> {},
                        kernel)) {
            running.waitFor();
            return Files.exists(project.resolve("ran")) ? "ran" : "ended";
        } catch (EnforcerException e) {
            return "refused: " + StartFailureText.summary(e.failure());
        }
    }

    /** What this process holds, and what of a start would be seen outside. */
    private List<String> held() throws IOException {
        List<String> held = new ArrayList<>();
        held.add("children " + ProcessHandle.current().children().count());
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            held.add("descriptors " + open.count());
        }
        try (Stream<Path> names = Files.list(project)) {
            names.map(Path::toString).sorted().forEach(held::add);
        }
        String own = "-" + ProcessHandle.current().pid() + "-";
        for (Path group : groups()) {
            try (Stream<Path> below = Files.list(group)) {
                below.map(Path::toString).filter(it -> it.contains(own)).forEach(held::add);
            } catch (NoSuchFileException e) {
                // The last sandbox in it was another program's, and has just ended.
            }
        }
        return held;
    }

    private List<Path> groups() throws IOException {
        List<Path> places = new ArrayList<>(plan.kernel().cgroups().version1().values());
        if (plan.kernel().cgroups().unified() != null) {
            places.add(plan.kernel().cgroups().unified());
        }
        List<Path> groups = new ArrayList<>();
        for (Path place : places) {
            try (Stream<Path> below = Files.list(place)) {
                below.filter(it -> it.getFileName().toString().startsWith("blast-"))
                        .forEach(groups::add);
            }
        }
        return groups;
    }
}
