package dev.blast.environment.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upper layers and whole copies as a program may leave them; its part is played by a shell here,
 * which makes in an upper layer what OverlayFS would.
 */
@Timeout(60)
final class ProjectCopyTest {
    @TempDir Path temporary;
    private Directories directories;
    private Path project;

    @BeforeEach
    void aProject() throws Exception {
        Path outer = temporary.toRealPath();
        directories = Directories.of(Map.of(), outer);
        project = Files.createDirectory(outer.resolve("project"));
        in(
                project,
                "mkdir -p src old/sub .venv secret; echo a >src/a; echo b >src/b; echo z >old/sub/z;"
                        + " echo y >old/y; echo v >.venv/v; echo s >secret/s; ln -s src link;"
                        + " printf '[project]\\nname = \"p\"\\n' >pyproject.toml");
    }

    private ProjectCopy copy(boolean layered) throws EnvironmentException {
        return ProjectCopy.make(
                directories,
                project,
                Set.of(project.resolve(".venv"), project.resolve("secret")),
                Set.of(),
                Map.of(Path.of("policies"), "rules"),
                _ -> layered ? Optional.empty() : Optional.of("no layers here"));
    }

    private static void in(Path folder, String script) throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-ec", script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
    }

    private static List<String> shown(List<CopyChange> changes) {
        return changes.stream()
                .map(it ->
                        "%s %s %s%s"
                                .formatted(
                                        it.deed().name().toLowerCase(Locale.ROOT),
                                        it.thing().name().toLowerCase(Locale.ROOT),
                                        it.path(),
                                        switch (it.standing()) {
                                            case Keepable.Free() -> "";
                                            case Keepable.OnlyNamed(String why) -> " ? " + why;
                                            case Keepable.Never(String why) -> " ! " + why;
                                        }))
                .toList();
    }

    @Test
    void anUpperLayerIsRead() throws Exception {
        try (ProjectCopy copy = copy(true)) {
            in(
                    copy.plan().written(),
                    """
                    mkdir src; echo changed >src/a; mknod src/b c 0 0; echo new >src/c
                    mknod old c 0 0; mkdir policies; echo r >policies/x.drl
                    printf '[project]\\nname = "p"\\n[tool.blast]\\nstrategy = "newest"\\n' >pyproject.toml
                    mknod link c 0 0; mkfifo pipe; ln -s ../.. up; ln -s src/a in; ln -s a src/d
                    mknod neverthere c 0 0; mkdir .venv; echo x >.venv/v
                    """);
            assertThat(shown(copy.changes()))
                    .containsExactly(
                            "added link in",
                            "removed link link",
                            "removed folder old",
                            "removed folder old/sub",
                            "removed file old/sub/z",
                            "removed file old/y",
                            "added other pipe ! it is a pipe",
                            "added folder policies ? rules",
                            "added file policies/x.drl ? rules",
                            "changed file pyproject.toml ? its [tool.blast] is another one",
                            "changed file src/a",
                            "removed file src/b",
                            "added file src/c",
                            "added link src/d",
                            "added link up ? it leads out of the project");
        }
    }

    @Test
    void oneThingInThePlaceOfAnother() throws Exception {
        try (ProjectCopy copy = copy(true)) {
            in(
                    copy.plan().written(),
                    "mkdir src; mkdir src/a; echo x >src/a/x; echo f >old; rm -f link; echo l >link");
            assertThat(shown(copy.changes()))
                    .containsExactly(
                            "changed file link",
                            "removed folder old",
                            "added file old",
                            "removed folder old/sub",
                            "removed file old/sub/z",
                            "removed file old/y",
                            "removed file src/a",
                            "added folder src/a",
                            "added file src/a/x");
            copy.keep(KeptChoice.of(copy.changes(), true, List.of()));
        }
        assertThat(texts(project))
                .containsEntry("src/a/x", "x\n")
                .containsEntry("old", "f\n")
                .containsEntry("link", "l\n")
                .doesNotContainKey("old/y");
    }

    /** What has only been looked at or touched is no change; the same text again is none. */
    @Test
    void whatIsTheSameIsNoChange() throws Exception {
        try (ProjectCopy copy = copy(true)) {
            in(copy.plan().written(), "mkdir src; echo a >src/a; chmod 700 src; chmod 600 src/a");
            assertThat(copy.changes()).isEmpty();
            in(copy.plan().written(), "chmod 700 src/a");
            assertThat(shown(copy.changes())).containsExactly("changed file src/a");
        }
    }

    @Test
    void aWholeCopyIsComparedWithWhatThereWas() throws Exception {
        try (ProjectCopy copy = copy(false)) {
            Path tree = copy.plan().written();
            assertThat(texts(tree))
                    .containsEntry("src/a", "a\n")
                    .containsEntry("link", "-> src")
                    .as("what is closed is a name to mount on")
                    .doesNotContainKey(".venv/v");
            assertThat(tree.resolve(".venv")).isDirectory();
            assertThat(copy.changes()).isEmpty();
            Thread.sleep(20); // a time that the kernel tells apart
            in(
                    tree,
                    "echo X >src/a; touch -r pyproject.toml src/a; rm -r old; echo n >src/n;"
                            + " mkdir secret/x");
            assertThat(shown(copy.changes()))
                    .containsExactly(
                            "removed folder old",
                            "removed folder old/sub",
                            "removed file old/sub/z",
                            "removed file old/y",
                            "changed file src/a",
                            "added file src/n");
            copy.keep(KeptChoice.of(copy.changes(), true, List.of()));
        }
        assertThat(texts(project))
                .containsEntry("src/a", "X\n")
                .containsEntry("src/n", "n\n")
                .doesNotContainKey("old/y")
                .containsEntry("secret/s", "s\n");
        assertThat(project.resolve("old")).doesNotExist();
    }

    @Test
    void whatIsTooMuchIsNotCopied() throws Exception {
        Baseline baseline = Baseline.of(project, Set.of());
        assertThatThrownBy(() ->
                        FullCopy.make(project, baseline, temporary.resolve("t"), 10, "no layers"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("that are copied for one run")
                .hasMessageContaining("no layers");
        assertThat(temporary.resolve("t")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasChangedHereMeanwhileStays(boolean layered) throws Exception {
        try (ProjectCopy copy = copy(layered)) {
            Thread.sleep(20);
            String gone = layered ? "mknod src/b c 0 0" : "rm src/b";
            in(
                    copy.plan().written(),
                    "mkdir -p src; echo theirs >src/a; "
                            + gone
                            + "; echo new >made; echo new >both 2>/dev/null; echo p >free");
            in(project, "echo mine >src/a; echo mine >>src/b; echo mine >both; mkdir made");
            assertThat(shown(copy.changes()))
                    .containsExactly(
                            "added file both ! it was changed here meanwhile",
                            "added file free",
                            "added file made ! it was changed here meanwhile",
                            "changed file src/a ! it was changed here meanwhile",
                            "removed file src/b ! it was changed here meanwhile");
            copy.keep(KeptChoice.of(copy.changes(), true, List.of(Path.of("src"))));
        }
        assertThat(texts(project))
                .containsEntry("src/a", "mine\n")
                .containsEntry("both", "mine\n")
                .containsEntry("free", "p\n");
    }

    @Test
    void anEditBetweenTheLookAndTheKeepingUndoesAllOfIt() throws Exception {
        try (ProjectCopy copy = copy(true)) {
            in(copy.plan().written(), "mkdir src; echo t >src/a; echo n >a-new; mknod old c 0 0");
            List<CopyChange> chosen = KeptChoice.of(copy.changes(), true, List.of());
            in(project, "echo mine >src/a");
            Map<String, String> before = texts(project);
            assertThatThrownBy(() -> copy.keep(chosen))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("src/a")
                    .hasMessageContaining("it was changed here meanwhile")
                    .hasMessageContaining("nothing of them has been kept");
            assertThat(texts(project)).isEqualTo(before);
        }
    }

    @Test
    void modesAndDepthsOfAStranger() throws Exception {
        try (ProjectCopy copy = copy(true)) {
            Path upper = copy.plan().written();
            in(
                    upper,
                    "echo s >suid; chmod 6755 suid; mkdir closed; echo x >closed/x; chmod 0 closed/x closed;"
                            + " printf x >\"$(printf 'no\\377text')\"; ln suid twice; printf x >'a\n b'");
            Path deep = upper;
            for (int i = 0; i < 150; i++) {
                deep = Files.createDirectory(deep.resolve("d"));
            }
            List<CopyChange> changes = copy.changes();
            List<String> shown = shown(changes);
            assertThat(shown)
                    .contains(
                            "added file suid",
                            "added file twice",
                            "added folder closed",
                            "added file closed/x",
                            "added file a\n b")
                    .anyMatch(it -> it.endsWith("! it is a name that is not text in UTF-8"))
                    .anyMatch(it -> it.endsWith("! it is deeper than 100 folders"));
            copy.keep(KeptChoice.of(changes, true, List.of()));
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(project.resolve("suid"))))
                .isEqualTo("rwxr-xr-x");
        assertThat((int) Files.getAttribute(project.resolve("suid"), "unix:mode") & 07000).isZero();
        assertThat((int) Files.getAttribute(project.resolve("suid"), "unix:nlink")).isEqualTo(1);
        assertThat(project.resolve("closed/x")).exists();
        assertThat(directories.state().resolve("copies")).isEmptyDirectory();
    }

    /**
     * The machine stops before each effect in turn; the next command makes all or nothing of it.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killedAtWhateverInstant(boolean conflict) throws Exception {
        String program =
                "mkdir src; echo changed >src/a; mknod src/b c 0 0; mkdir n; mkdir n/m; echo n >n/m/n;"
                        + " mknod old c 0 0; ln -s src/a l2; rm -f link; echo f >link";
        Map<String, String> before = texts(project);
        Map<String, String> after = null;
        int instants = 0;
        for (int at = 0; after == null; at++, instants++) {
            Path place;
            try (ProjectCopy copy = copy(true)) {
                in(copy.plan().written(), program);
                List<CopyChange> chosen = KeptChoice.of(copy.changes(), true, List.of());
                place = copy.plan().place();
                if (conflict) {
                    in(project, "echo mine >>src/a");
                    before = texts(project);
                }
                boolean ended = kill(copy, chosen, at, conflict);
                Optional<String> done =
                        Keeping.recover(place, project, KeepDisk.real())
                                .map(Keeping.Recovered::how);
                assertThat(project.toFile().list((_, name) -> name.startsWith(".blast-keep")))
                        .as("effect %d", at)
                        .isEmpty();
                Map<String, String> now = texts(project);
                String edited = now.remove("src/.a." + place.getFileName());
                if (edited != null) { // killed before it was looked at where it waits
                    assertThat(now.put("src/a", edited)).isNull();
                }
                if (ended) {
                    after = now;
                } else if (done.filter("finished"::equals).isEmpty()) {
                    assertThat(now).as("effect %d", at).isEqualTo(before);
                }
                if (done.filter("finished"::equals).isPresent() || (ended && !conflict)) {
                    assertThat(now)
                            .as("effect %d", at)
                            .containsEntry("src/a", "changed\n")
                            .containsEntry("n/m/n", "n\n")
                            .containsEntry("l2", "-> src/a")
                            .containsEntry("link", "f\n")
                            .doesNotContainKeys("src/b", "old/y", "old/sub/z");
                    assertThat(project.resolve("old")).doesNotExist();
                    assertThat(conflict).isFalse();
                }
            }
            in(project, "rm -rf src old n l2 link");
            in(
                    project,
                    "mkdir -p src old/sub; echo a >src/a; echo b >src/b; echo z >old/sub/z;"
                            + " echo y >old/y; ln -s src link");
        }
        assertThat(instants).as("effects").isGreaterThan(10);
    }

    /** Whether it came to its end. */
    private boolean kill(ProjectCopy copy, List<CopyChange> chosen, int at, boolean conflict)
            throws Exception {
        try {
            copy.keep(chosen, new StoppingDisk(at));
            return true;
        } catch (StoppingDisk.Stopped _) {
            return false;
        } catch (EnvironmentException e) {
            assertThat(conflict).as(String.valueOf(e.getMessage())).isTrue();
            return true;
        }
    }

    @Test
    void whatAKilledBlastLeftIsSettledByTheNext() throws Exception {
        ProjectCopy copy = copy(true);
        in(copy.plan().written(), "echo n >new");
        List<CopyChange> chosen = KeptChoice.of(copy.changes(), true, List.of());
        try {
            copy.keep(chosen, new StoppingDisk(3));
        } catch (StoppingDisk.Stopped _) {
            // as if killed
        }
        assertThat(ProjectCopy.settle(directories)).as("it is in use").isEmpty();
        copy.abandon();
        assertThat(ProjectCopy.settle(directories))
                .containsExactly(
                        "finished what was to be kept in %s of a throwaway copy and was interrupted"
                                .formatted(project));
        assertThat(project.resolve("new")).hasContent("n");
        assertThat(directories.state().resolve("copies")).isEmptyDirectory();
        assertThat(ProjectCopy.settle(directories)).isEmpty();
    }

    /** What is in each file and each link, by path; folders with a slash. */
    private static Map<String, String> texts(Path folder) throws IOException {
        var texts = new TreeMap<String, String>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes of) {
                        texts.put(folder.relativize(path) + "/", "");
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                            throws IOException {
                        texts.put(
                                folder.relativize(path).toString(),
                                Files.isSymbolicLink(path)
                                        ? "-> " + Files.readSymbolicLink(path)
                                        : Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                                ? Files.readString(path)
                                                : "");
                        return FileVisitResult.CONTINUE;
                    }
                });
        return texts;
    }
}
