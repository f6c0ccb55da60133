package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.Confined;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.Plan;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A mount covers what was there when it was made. Where somebody outside puts something else there,
 * the program that would see it is ended.
 */
@Timeout(60)
public class PlaceWatchTest {
    @TempDir Path outer;

    private Path project;
    private Path shown;
    private Confined sandbox;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectory(outer.toRealPath().resolve("project"));
        shown = Files.createDirectory(outer.toRealPath().resolve("shown"));
        Files.writeString(project.resolve(".env"), "old secret");
        Files.writeString(project.resolve("other"), "new secret");
        Files.writeString(shown.resolve("other"), "new secret");
        Files.createDirectories(project.resolve("keys"));
        Files.createDirectories(project.resolve("deep/er/.git"));
        sandbox =
                new Confined(
                        project,
                        PolicyBuilder.system()
                                .grant(Access.HIDDEN, project + "/.env", project + "/keys")
                                .grant(
                                        Access.READABLE,
                                        project + "/deep/er/.git",
                                        project + "/.envrc")
                                .grant(Access.READABLE, shown.toString())
                                .grant(Access.HIDDEN, shown + "/later", shown + "/a/b"));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    project/other, project/.env,
                    project/.env,  project/gone,
                    project/keys,  project/gone,
                    project/deep,  project/gone,
                    project/deep/er, project/deep/gone,
                    ,              project/.env,
                    ,              project/keys,
                    ,              project/.envrc,
                    shown/other,   shown/later,
                    ,              shown/+later,
                    ,              shown/+a,
                    """)
    void aChangeOutsideEndsTheProgram(String from, String to) throws Exception {
        Plan plan = sandbox.plan(outer.resolve("log"), "sleep", "60");
        try (Running running = Sandbox.start(plan)) {
            Path root = outer.toRealPath();
            if (from != null) {
                Files.move(
                        root.resolve(from), root.resolve(to), StandardCopyOption.REPLACE_EXISTING);
            } else if (to.contains("+")) {
                Files.createDirectory(root.resolve(to.replace("+", "")));
            } else {
                delete(root.resolve(to));
            }
            Ending ending = running.ending();
            assertThat(ending.exitCode()).isEqualTo(137);
            assertThat(ending.changed()).isPresent();
        }
    }

    @Test
    void whatPeopleDoBesideItChangesNothing() throws Exception {
        Plan plan = sandbox.plan(outer.resolve("log"), "sleep", "0.5");
        try (Running running = Sandbox.start(plan)) {
            Files.writeString(project.resolve(".env"), "edited in its place");
            Files.writeString(project.resolve("deep/er/.git/config"), "[core]");
            Files.writeString(project.resolve("new"), "x");
            Files.move(project.resolve("new"), project.resolve("newer"));
            Files.createDirectory(shown.resolve("new"));
            Ending ending = running.ending();
            assertThat(ending.changed()).isEmpty();
            assertThat(ending.exitCode()).isZero();
        }
    }

    /**
     * More names than the kernel keeps events for, and none of them is of the program's concern.
     */
    @Test
    void aBusyProgramIsNotEnded() throws Exception {
        assertThat(
                        sandbox.python(
                                "for i in range(20000):\n    open('x', 'w').close(); os.unlink('x')\nprint('done')"))
                .isEqualTo("done");
    }

    @Test
    void whatAppearsBetweenPlanAndStartIsNotShown() throws Exception {
        Plan plan = sandbox.plan(outer.resolve("log"), "cat", shown + "/later");
        Files.writeString(shown.resolve("later"), "new secret");
        Confined.assertRefused(() -> Sandbox.start(plan)).contains("later").contains("replaced");
        assertThat(outer.resolve("log")).doesNotExist();
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
