package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.ThrowawayCopy;
import dev.blast.enforcer.spawn.CopyTrial;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program changes in a throwaway copy is nowhere else, and what is protected stays so. */
@Timeout(60)
public class ThrowawayCopyTest {
    private static final String CHANGES_ALL =
            """
            echo changed >>file; rm gone; echo new >new; mkdir -p deep/er; echo x >deep/er/x
            rm -r folder; mkdir folder; echo again >folder/again; ln -s /etc/passwd link
            cat file; cat secret/key; echo x >.git/config; rm -rf .git; mv a/b a/c; mv a c
            echo x >.hg; echo data >given/data
            """;

    @TempDir Path temporary;
    private Path project;
    private Path place;

    @BeforeEach
    void layOut() throws Exception {
        Path outer = temporary.toRealPath();
        // names with what OverlayFS would take for more than one folder
        project = Files.createDirectories(outer.resolve("a, b:c\\d"));
        place = Files.createDirectories(outer.resolve("of,blast:"));
        for (String folder : List.of(".git", "secret", "folder/sub", "a/b", "a/b/kept")) {
            Files.createDirectories(project.resolve(folder));
        }
        for (String file :
                List.of("file", "gone", ".git/config", "secret/key", "folder/x", "a/b/kept/k")) {
            Files.writeString(project.resolve(file), "was\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFolderStaysAsItIs(boolean layered) throws Exception {
        Map<String, String> before = texts(project);
        ThrowawayCopy copy = copy(layered);
        String said = run(plan(copy));
        assertThat(texts(project)).isEqualTo(before);
        assertThat(said)
                .contains("was\nchanged\n")
                .contains("cat: secret/key: ")
                .contains("cannot create .git/config: Read-only file system")
                .contains("mv: cannot move 'a/b'")
                .contains("mv: cannot move 'a'");
        Path written = copy.written();
        assertThat(texts(written))
                .containsEntry("file", "was\nchanged\n")
                .containsEntry("new", "new\n")
                .containsEntry("deep/er/x", "x\n")
                .containsEntry("folder/again", "again\n")
                .containsEntry("given/data", "data\n")
                .containsEntry("link", "-> /etc/passwd");
        assertThat(Files.exists(written.resolve(".git/config"))).isEqualTo(!layered);
        assertThat(Files.exists(written.resolve("gone"), LinkOption.NOFOLLOW_LINKS))
                .as("a mark in its place where there are layers")
                .isEqualTo(layered);
    }

    @Test
    void layersWorkHereOrItIsSaid() throws Exception {
        assertThat(CopyTrial.of(Confined.kernel(), copy(true)))
                .as("an ordinary file system under %s", place)
                .isEmpty();
        Files.delete(place.resolve(ThrowawayCopy.UPPER));
        assertThat(CopyTrial.of(Confined.kernel(), new ThrowawayCopy(project, place, true)))
                .as("without its upper folder")
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.blast.enforcer.plan.Step$Overlay, true, read-only: openat2: there is no such",
        "dev.blast.enforcer.plan.Step$BindCopy, false, read-only: openat2: there is no such",
        "dev.blast.enforcer.plan.Step$Pin, true, in its place: nothing is mounted at"
    })
    void aStepLeftOutStopsTheStart(Class<? extends Step> kind, boolean layered, String said)
            throws Exception {
        Plan plan = plan(copy(layered));
        assertThat(plan.has(kind)).isTrue();
        assertThat(ReadBackTest.refusal(plan, steps -> ReadBackTest.without(steps, kind)))
                .contains(said);
    }

    @Test
    void withoutMountsThereIsNone() throws Exception {
        Launch launch =
                new Launch(
                        List.of("sh"),
                        project,
                        Map.of(),
                        Stdio.inherit(),
                        Set.of(SandboxLayer.USER_NAMESPACE, SandboxLayer.NETWORK),
                        null,
                        null,
                        copy(true));
        Planning planning =
                Confinement.plan(
                        PolicyBuilder.system().build(),
                        launch,
                        FakeKernels.withoutNamespaces(Confined.kernel()));
        assertThat(planning)
                .isInstanceOfSatisfying(
                        Planning.Invalid.class,
                        it -> assertThat(it.problems()).contains(new Problem.CopyTakesMounts()));
    }

    private ThrowawayCopy copy(boolean layered) throws IOException {
        ThrowawayCopy copy = new ThrowawayCopy(project, place, layered);
        if (layered) {
            Files.createDirectories(place.resolve(ThrowawayCopy.UPPER));
            Files.createDirectories(place.resolve(ThrowawayCopy.WORK));
            return copy;
        }
        Path tree = place.resolve(ThrowawayCopy.TREE);
        try (var paths = Files.walk(project)) {
            for (Path path : paths.toList()) {
                Path to = tree.resolve(project.relativize(path).toString());
                if (!Files.exists(to)) {
                    Files.copy(path, to);
                }
            }
        }
        return copy;
    }

    private Plan plan(ThrowawayCopy copy) {
        PolicyBuilder policy =
                PolicyBuilder.system()
                        .grant(Access.READABLE, project + "/.git", project + "/a/b/kept")
                        .grant(Access.READABLE, project.toString(), project + "/.hg")
                        .grant(Access.HIDDEN, project + "/secret")
                        .grant(Access.WRITABLE, project + "/given", project + "/.git/cache")
                        .temporary("/tmp", 1 << 20);
        Launch launch =
                new Launch(
                        List.of("sh", "-c", CHANGES_ALL),
                        project,
                        Map.of(),
                        Stdio.logged(temporary.resolve("log")),
                        Set.of(),
                        null,
                        null,
                        copy);
        Planning planning = Confinement.plan(policy.build(), launch, Confined.kernel());
        assertThat(planning).isInstanceOf(Plan.class);
        return (Plan) planning;
    }

    private String run(Plan plan) throws Exception {
        Path log = temporary.resolve("log");
        try (Running running =
                Sandbox.start(plan, plan, false, null, Overseer.NOBODY, _ -> {}, Kernel.linux())) {
            running.waitFor();
            return Files.readString(log);
        }
    }

    /** What is in each file, and in each link, by the path in the folder. */
    private static Map<String, String> texts(Path folder) throws IOException {
        var texts = new TreeMap<String, String>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                            throws IOException {
                        texts.put(
                                folder.relativize(path).toString(),
                                attributes.isSymbolicLink()
                                        ? "-> " + Files.readSymbolicLink(path)
                                        : attributes.isRegularFile()
                                                ? Files.readString(path)
                                                : PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(path)));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return texts;
    }
}
