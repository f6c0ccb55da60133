package dev.blast.environment.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keeping that fails, is killed, or meets what somebody did meanwhile: nothing is lost. */
@Timeout(60)
final class CopySettlingTest {
    @TempDir Path temporary;
    private Directories directories;
    private Path project;

    @BeforeEach
    void aProject() throws Exception {
        Path outer = temporary.toRealPath();
        directories = Directories.of(Map.of(), outer);
        project = Files.createDirectory(outer.resolve("project"));
        laidOut();
    }

    private void laidOut() throws Exception {
        in(
                project,
                "rm -rf src old n; mkdir -p src old; echo a >src/a; echo b >src/b; echo y >old/y");
    }

    private ProjectCopy copy() throws EnvironmentException {
        return ProjectCopy.make(
                directories, project, Set.of(), Set.of(), Map.of(), _ -> Optional.empty());
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

    private static List<CopyChange> all(ProjectCopy copy) throws EnvironmentException {
        return KeptChoice.of(copy.changes(), true, List.of());
    }

    private Path places() {
        return directories.state().resolve("copies");
    }

    /** A removal takes what was looked at, and not what somebody has written into it since. */
    @Test
    void anEditOfWhatIsRemovedIsAConflict() throws Exception {
        try (ProjectCopy copy = copy()) {
            in(copy.plan().written(), "mkdir src; mknod src/b c 0 0; echo n >new");
            List<CopyChange> chosen = all(copy);
            in(project, "echo mine >>src/b");
            assertThatThrownBy(() -> copy.keep(chosen))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("src/b")
                    .hasMessageContaining("nothing of them has been kept");
            assertThat(project.resolve("src/b")).hasContent("b\nmine");
            assertThat(project.resolve("new")).doesNotExist();
            assertThat(copy.isUnsettled()).isFalse();
            copy.keep(all(copy));
            assertThat(project.resolve("new")).hasContent("n");
            assertThat(project.resolve("src/b")).hasContent("b\nmine");
        }
        assertThat(places()).isEmptyDirectory();
    }

    /** The machine stops before each effect, and a person edits what is there before it goes on. */
    @Test
    void whatIsEditedAfterAKillIsNotLost() throws Exception {
        boolean ended = false;
        for (int at = 0; !ended; at++) {
            laidOut();
            try (ProjectCopy copy = copy()) {
                in(copy.plan().written(), "mkdir src; mknod src/b c 0 0; echo c >src/a; mkdir n");
                List<CopyChange> chosen = all(copy);
                try {
                    copy.keep(chosen, new StoppingDisk(at));
                    ended = true;
                } catch (StoppingDisk.Stopped _) {
                    // as if killed
                }
                boolean isThere = Files.exists(project.resolve("src/b"));
                if (isThere) {
                    in(project, "echo mine >>src/b");
                }
                Keeping.recover(copy.plan().place(), project, KeepDisk.real());
                if (isThere) {
                    assertThat(project.resolve("src/b")).as("effect %d", at).hasContent("b\nmine");
                }
                assertThat(copy.isUnsettled()).isFalse();
            }
        }
    }

    /** Where going back fails too, what was there waits for the next command. */
    @Test
    void aDiskThatBreaksLeavesAllForTheNextCommand() throws Exception {
        int halves = 0;
        boolean ended = false;
        for (int at = 0; !ended; at++) {
            laidOut();
            boolean half = false;
            try (ProjectCopy copy = copy()) {
                in(
                        copy.plan().written(),
                        "mkdir src; mknod src/b c 0 0; echo changed >src/a; mknod old c 0 0;"
                                + " mkdir n; echo n >n/n");
                List<CopyChange> chosen = all(copy);
                try {
                    copy.keep(chosen, new FailingDisk(at));
                    ended = true;
                } catch (EnvironmentException e) {
                    half = copy.isUnsettled();
                    assertThat(e.getMessage())
                            .contains(half ? "are half kept: " : "nothing of them has been kept");
                }
            }
            if (half) {
                halves++;
                assertThat(ProjectCopy.settle(directories))
                        .as("effect %d", at)
                        .hasSize(1)
                        .allMatch(it -> it.matches("(finished|undid) what was to be kept in .*"));
            }
            boolean isKept = Files.exists(project.resolve("n/n"));
            assertThat(project.resolve("src/a")).hasContent(isKept ? "changed" : "a");
            assertThat(Files.exists(project.resolve("src/b"))).isEqualTo(!isKept);
            assertThat(Files.exists(project.resolve("old/y"))).isEqualTo(!isKept);
            assertThat(places()).as("effect %d", at).isEmptyDirectory();
            assertThat(project.toFile().list((_, name) -> name.startsWith(Keeping.PREFIX)))
                    .isEmpty();
        }
        assertThat(halves).isGreaterThan(4);
    }

    private interface Half {
        void at(String effect) throws Exception;
    }

    /** Keeps what a script leaves, on disks that break at each effect, and looks at each half. */
    private void eachHalf(String script, Half half) throws Exception {
        boolean ended = false;
        for (int at = 0; !ended; at++) {
            laidOut();
            boolean isHalf = false;
            try (ProjectCopy copy = copy()) {
                in(copy.plan().written(), script);
                List<CopyChange> chosen = all(copy);
                try {
                    copy.keep(chosen, new FailingDisk(at));
                    ended = true;
                } catch (EnvironmentException _) {
                    isHalf = copy.isUnsettled();
                }
            }
            if (isHalf) {
                half.at("effect " + at);
                assertThat(places()).isEmptyDirectory();
            }
            in(project, "rm -rf z .[ab].*");
        }
    }

    /** Somebody works on with what is half kept: none of their lines goes when it is settled. */
    @Test
    void whatIsWrittenIntoWhatIsHalfKeptStays() throws Exception {
        var placed = new AtomicInteger();
        eachHalf(
                "mkdir src n; echo changed >src/a; echo n >n/n; echo >z",
                at -> {
                    boolean isPlaced = Files.exists(project.resolve("n/n"));
                    in(project, "echo mine >>src/a; if [ -e n/n ]; then echo mine >>n/n; fi");
                    assertThat(ProjectCopy.settle(directories)).hasSize(1);
                    assertThat(project.resolve("src/a")).content().endsWith("mine\n");
                    if (isPlaced) {
                        placed.incrementAndGet();
                        assertThat(project.resolve("n/n")).as(at).hasContent("n\nmine");
                    }
                });
        assertThat(placed).hasPositiveValue();
    }

    @Test
    void aProjectThatIsNotThereJustNowIsWaitedFor() throws Exception {
        ProjectCopy copy = copy();
        in(copy.plan().written(), "mkdir src; echo changed >src/a; mknod src/b c 0 0");
        Path place = copy.plan().place();
        List<CopyChange> chosen = all(copy);
        assertThatThrownBy(() -> copy.keep(chosen, new StoppingDisk(3)))
                .isInstanceOf(StoppingDisk.Stopped.class);
        copy.abandon();
        Path away = project.resolveSibling("away");
        Files.move(project, away);
        for (boolean isMountPoint : new boolean[] {false, true}) {
            if (isMountPoint) {
                Files.createDirectory(project);
            }
            assertThat(ProjectCopy.settle(directories))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("was interrupted, and waits until " + project)
                    .endsWith("to give it up, remove " + place);
        }
        Files.delete(project);
        Files.move(away, project);
        assertThat(ProjectCopy.settle(directories))
                .first()
                .asString()
                .startsWith("finished what was to be kept in " + project);
        assertThat(project.resolve("src/a")).hasContent("changed");
        assertThat(places()).isEmptyDirectory();
    }

    /**
     * A program may lay its own into the slots; nothing of that comes to a name of the project's.
     */
    @Test
    void whatWasTouchedWhereItWaitsLiesAside() throws Exception {
        int laid = 0;
        boolean ended = false;
        for (int at = 0; !ended; at++) {
            laidOut();
            ProjectCopy copy = copy();
            in(copy.plan().written(), "mkdir src n; mknod src/b c 0 0; echo c >src/a; echo n >n/n");
            List<CopyChange> chosen = all(copy);
            try {
                copy.keep(chosen, new StoppingDisk(at));
                ended = true;
            } catch (StoppingDisk.Stopped _) {
                // as if killed
            }
            in(
                    project,
                    "for f in .blast-keep-*/*; do if [ -f \"$f\" ]; then echo evil >>\"$f\"; fi; done;"
                            + " echo mine >>src/x; chmod 755 src");
            copy.abandon();
            List<String> said = ProjectCopy.settle(directories);
            for (String name : List.of("src/a", "src/b", "n/n")) {
                Path file = project.resolve(name);
                if (Files.exists(file)) {
                    assertThat(file).as("effect %d", at).content().doesNotContain("evil");
                }
            }
            if (said.toString().contains("was touched meanwhile")) {
                laid++;
                assertThat(said).first().asString().contains("lies in " + project + "/src/.");
            }
            assertThat(places()).as("effect %d %s", at, said).isEmptyDirectory();
            assertThat(ProjectCopy.unsettledIn(project)).isEmpty();
        }
        assertThat(laid).isPositive();
    }

    /** The folder of what waits to go back may be gone. */
    @Test
    void whatHasNoFolderToGoBackToLiesInTheProjectAndIsSaid() throws Exception {
        var laid = new AtomicInteger();
        eachHalf(
                "mkdir src; mknod src/b c 0 0; echo c >src/a; echo >z",
                at -> {
                    in(project, "rm -rf src");
                    List<String> said = ProjectCopy.settle(directories);
                    assertThat(said).as(at).hasSize(1);
                    assertThat(said).first().asString().doesNotStartWith("cannot");
                    if (said.toString().contains("lies in " + project + "/.")) {
                        laid.incrementAndGet();
                    }
                });
        assertThat(laid).hasPositiveValue();
    }

    @Test
    void aPlaceThatCannotBeSettledIsNamedAndHoldsUpNoOther() throws Exception {
        ProjectCopy copy = copy();
        in(copy.plan().written(), "echo n >new");
        List<CopyChange> chosen = all(copy);
        assertThatThrownBy(() -> copy.keep(chosen, new StoppingDisk(2)))
                .isInstanceOf(StoppingDisk.Stopped.class);
        copy.abandon();
        Path foreign = Files.createDirectories(places().resolve("foreign"));
        Files.createDirectory(foreign.resolve("lock"));
        assertThat(ProjectCopy.settle(directories))
                .hasSize(2)
                .anyMatch(it -> it.startsWith("cannot settle the throwaway copy in " + foreign))
                .anyMatch(it -> it.startsWith("finished what was to be kept"));
        assertThat(foreign).exists();
    }

    /** One that is just being made has no lock for an instant; a killed one has none for ever. */
    @Test
    void aPlaceWithoutALockIsRemovedWhenItIsOld() throws Exception {
        Path young = Files.createDirectories(places().resolve("young"));
        Path old = Files.createDirectories(places().resolve("old/upper")).resolveSibling("");
        old = old.normalize();
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        assertThat(ProjectCopy.settle(directories)).isEmpty();
        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void whatIsLeftToAPersonStays() throws Exception {
        Path written;
        try (ProjectCopy copy = copy()) {
            in(copy.plan().written(), "echo n >new");
            written = copy.leave();
        }
        assertThat(ProjectCopy.settle(directories)).isEmpty();
        assertThat(written.resolve("new")).hasContent("n");
    }

    @Test
    void aNewFolderHasTheModeThatTheProgramGaveIt() throws Exception {
        try (ProjectCopy copy = copy()) {
            in(copy.plan().written(), "mkdir -m 700 own; mkdir -m 775 ours; echo x >own/x");
            copy.keep(all(copy));
        }
        assertThat(mode("own")).isEqualTo("rwx------");
        assertThat(mode("ours")).isEqualTo("rwxrwxr-x");
        assertThat(project.resolve("own/x")).hasContent("x");
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(project.resolve(path)));
    }

    @Test
    void goingBackTakesNoFolderThatSomebodyElseMadeAndGivesModesBack() throws Exception {
        in(project, "chmod 750 old");
        try (ProjectCopy copy = copy()) {
            in(copy.plan().written(), "mkdir n; mkdir src; mknod old c 0 0; echo t >src/a");
            List<CopyChange> chosen = all(copy);
            in(project, "mkdir n; echo mine >src/a");
            assertThatThrownBy(() -> copy.keep(chosen)).hasMessageContaining("src/a");
        }
        assertThat(project.resolve("n")).isDirectory();
        assertThat(mode("old")).isEqualTo("rwxr-x---");
        assertThat(project.resolve("old/y")).hasContent("y");
    }

    /** A descriptor for each new folder would be too many for a usual limit. */
    @Test
    void foldersAreNotAllHeldAtOnce() throws Exception {
        var most = new AtomicInteger();
        try (ProjectCopy copy = copy()) {
            in(
                    copy.plan().written(),
                    "i=0; while [ $i -lt 400 ]; do mkdir -p d$i/e; echo >d$i/e/f; i=$((i+1)); done");
            int before = descriptors();
            KeepDisk real = KeepDisk.real();
            copy.keep(
                    all(copy),
                    new KeepDisk() {
                        private void count() {
                            most.accumulateAndGet(descriptors() - before, Math::max);
                        }

                        @Override
                        public void note(Path file, String text) throws IOException {
                            count();
                            real.note(file, text);
                        }

                        @Override
                        public void carry(HeldFolder folder, Path from, Path to)
                                throws IOException {
                            count();
                            real.carry(folder, from, to);
                        }

                        @Override
                        public void swap(HeldFolder folder, Path one, Path other)
                                throws IOException {
                            real.swap(folder, one, other);
                        }

                        @Override
                        public void makeFolder(HeldFolder folder, Path path) throws IOException {
                            real.makeFolder(folder, path);
                        }

                        @Override
                        public void removeFolder(HeldFolder folder, Path path) throws IOException {
                            real.removeFolder(folder, path);
                        }
                    });
        }
        assertThat(project.resolve("d399/e/f")).exists();
        assertThat(most.get()).isLessThan(60);
    }

    /** Of this process. */
    private static int descriptors() {
        String[] names = Path.of("/proc/self/fd").toFile().list();
        return names == null ? 0 : names.length;
    }

    /** As long as nobody can read it in a reasonable time it counts as other settings. */
    @Test
    void settingsThatAreTooLongToReadAreOthers() throws Exception {
        in(project, "echo '[project]' >pyproject.toml");
        try (ProjectCopy copy = copy()) {
            in(copy.plan().written(), "truncate -s 3G pyproject.toml");
            assertThat(copy.changes())
                    .singleElement()
                    .extracting(CopyChange::standing)
                    .isEqualTo(new Keepable.OnlyNamed("its [tool.blast] is another one"));
        }
    }

    /** Above what a link leads to is not what its name lies in. */
    @Test
    void linksThatLeadOutBehindAnotherLink() throws Exception {
        in(project, "mkdir -p far/deep; ln -s far/deep near; ln -s ../.. old/up2 || true");
        try (ProjectCopy copy = copy()) {
            in(
                    copy.plan().written(),
                    """
                    ln -s near/../../../x a; ln -s near/x b; mkdir d; ln -s ../far d/new; ln -s d/new/../x c
                    ln -s far/../src/a e; ln -s .. f; ln -s d/../src/./a g
                    """);
            var out = new StringBuilder();
            var in = new StringBuilder();
            for (CopyChange change : copy.changes()) {
                if (change.thing() == CopyChange.Thing.LINK) {
                    (change.isFree() ? in : out).append(change.path()).append(' ');
                }
            }
            assertThat(out).hasToString("a b c f ");
            assertThat(in).hasToString("d/new e g ");
        }
    }
}
