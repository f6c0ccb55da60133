package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.Unprivileged;
import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments that came with a repository: whatever lies in them, nothing outside changes. */
class ConfinesTest {
    private static final String ID = "0b6a1a6e-3c1c-4d0e-9a53-7d6c0f1f2a3b";
    private static final Patience NONE = new Patience(Duration.ZERO, _ -> {});

    @TempDir Path folder;

    private Environment environment;
    private Dossier dossier;
    private Path staging;
    private Path outside;

    @BeforeEach
    void anEnvironmentFromElsewhere() throws Exception {
        environment = Environment.in(Files.createDirectory(folder.resolve("project")));
        dossier = new Dossier(environment, Files.createDirectory(folder.resolve("data")));
        staging = environment.folder().resolve("staging").resolve(ID);
        outside = Files.createDirectory(folder.resolve("outside"));
        Trees.write(environment.root(), Map.of("pyvenv.cfg", "home", "lib/a.py", "a"));
        Trees.write(staging, Map.of("new/lib/x", "evil", "old/0", "evil"));
        Files.writeString(outside.resolve("file"), "before");
    }

    @Test
    void aFileInItsPlaceStays() throws Exception {
        Path file = folder.resolve("project/other");
        Files.writeString(file, "a person's");
        assertThatThrownBy(() -> Confines.require(new Environment(file)))
                .hasMessageContaining("is no folder, so it is no environment");
        assertThat(file).hasContent("a person's");
    }

    /**
     * Decided or not, with a publication elsewhere, a step outside, a lock that names a process.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJournalInTheFolderDoesNothingAndIsNamed(boolean committed) throws Exception {
        Trees.write(staging, Map.of("publish/0", "evil", "generation", "evil", "old/1", "evil"));
        Files.write(
                environment.folder().resolve("journal"),
                journal(
                        List.of(
                                new Rename.Remove("../../outside/evil", 0, false),
                                new Rename.Remove("lib/evil", 1, false)),
                        List.of(outside.resolve("file")),
                        committed));
        Files.writeString(
                environment.folder().resolve("lock"), ProcessHandle.current().pid() + "\n0\nx\nx");
        Files.writeString(environment.folder().resolve("state.db"), "evil");
        Map<String, String> before = Trees.read(folder);
        assertThat(dossier.recover("blast check", NONE)).isEmpty();
        assertThat(dossier.planted())
                .hasValueSatisfying(said ->
                        assertThat(said)
                                .contains(
                                        environment.folder().resolve("journal")
                                                + " came with the folder and was not followed"));
        assertThat(Trees.read(folder)).isEqualTo(before);
        try (WriterLock _ = dossier.lock("blast sync", Duration.ZERO, _ -> {});
                History history = History.of(dossier)) {
            assertThat(Recovery.of(dossier, Disk.real()).recover(history)).isEmpty();
            assertThat(history.generations()).isEmpty();
        }
        assertThat(Trees.read(environment.root()))
                .containsOnlyKeys("", "lib", "lib/a.py", "pyvenv.cfg");
        assertThat(Trees.read(outside)).hasSize(2);
        assertThat(outside.resolve("file")).hasContent("before");
    }

    @Test
    void aFolderThatWasPutInThePlaceOfTheOldOneIsLeftAsItIs() throws Exception {
        Files.write(
                dossier.journal(),
                journal(
                        List.of(new Rename.Place("lib"), new Rename.Place("pyvenv.cfg")),
                        List.of(),
                        false));
        Files.move(staging, staging.resolveSibling("11111111-3c1c-4d0e-9a53-7d6c0f1f2a3b"));
        Map<String, String> before = Trees.read(environment.root());
        assertThat(dossier.recover("blast check", NONE))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("has been replaced since: it is left"));
        assertThat(Trees.read(environment.root())).isEqualTo(before);
        assertThat(dossier.isChanging()).isFalse();
    }

    @Test
    void aLinkInsideDoesNotLeadOut() throws Exception {
        Files.createSymbolicLink(environment.root().resolve("link"), outside);
        Files.write(
                dossier.journal(),
                journal(List.of(new Rename.Remove("link/evil", 0, false)), List.of(), false));
        assertThatThrownBy(() -> dossier.recover("blast check", NONE))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("it is a symbolic link, which is not followed");
        assertThat(outside).isDirectoryNotContaining("glob:**/evil");
    }

    /**
     * What was a folder when it was looked at is a link when it is used, and the other way round.
     */
    @Test
    void namesThatFlipWhileARecoveryRunsLeadNowhere() throws Exception {
        Path flipping = Files.createDirectory(environment.root().resolve("d"));
        Path spare = environment.root().resolve("e");
        Path link = Files.createSymbolicLink(environment.root().resolve("f"), outside);
        var running = new AtomicBoolean(true);
        Thread program =
                Thread.ofPlatform()
                        .start(() -> {
                            while (running.get()) {
                                flip(flipping, spare, link);
                            }
                        });
        try {
            for (int round = 0; round < 30; round++) {
                List<Rename> steps = new ArrayList<>();
                for (int slot = 0; slot < 40; slot++) {
                    steps.add(new Rename.Remove("d/evil" + slot, slot, false));
                    Trees.write(staging, Map.of("old/" + slot, "evil", "new/x", "evil"));
                }
                Files.createDirectories(dossier.folder());
                Files.write(dossier.journal(), journal(steps, List.of(), false));
                try {
                    dossier.recover("blast check", NONE);
                } catch (EnvironmentException e) {
                    assertThat(e).hasMessageContaining("the next command tries again");
                }
            }
        } finally {
            running.set(false);
            program.join();
        }
        assertThat(Trees.read(outside)).containsOnlyKeys("", "file");
    }

    /** Folder away, link there; link away, folder there. */
    private static void flip(Path place, Path spare, Path link) {
        try {
            Files.move(place, spare);
            Files.move(link, place);
            Files.move(place, link);
            Files.move(spare, place);
        } catch (IOException e) {
            // something of the recovery is in the way: the next turn
        }
    }

    @Test
    void aTreeIsDeletedWithoutFollowingItsLinks() throws Exception {
        Trees.write(environment.root(), Map.of("t/a/b", "x", "t/c", "y"));
        Files.createSymbolicLink(environment.root().resolve("t/a/out"), outside);
        try (HeldFolder root = HeldFolder.open(environment.root())) {
            root.deleteTree(Path.of("t"), HeldFolder::delete);
            root.deleteTree(Path.of("t"), HeldFolder::delete);
        }
        assertThat(environment.root().resolve("t")).doesNotExist();
        assertThat(outside.resolve("file")).hasContent("before");
    }

    /** Programs leave folders that keep out their owner, too. */
    @ParameterizedTest
    @ValueSource(strings = {"---------", "r-xr-xr-x", "rw-------", "-wx------"})
    void aTreeOfClosedFoldersIsDeleted(String mode) throws Exception {
        Trees.write(environment.root(), Map.of("t/a/b/c", "x", "t/d", "y"));
        Path tree = environment.root().resolve("t");
        for (String closed : List.of("a/b", "a", "")) {
            Files.setPosixFilePermissions(
                    tree.resolve(closed), PosixFilePermissions.fromString(mode));
        }
        Unprivileged.run(() -> {
            dev.blast.environment.install.Trees.delete(tree);
            return tree;
        });
        assertThat(tree).doesNotExist();
    }

    /** Deeper than a path can name, a stack can hold and a process may have folders open. */
    @Test
    void aTreeOfAnyDepthAndOfAnyNamesIsDeleted() throws Exception {
        Path tree = Files.createDirectory(environment.root().resolve("t"));
        assertThat(
                        new ProcessBuilder(
                                        "python3",
                                        "-c",
                                        """
                                        import os
                                        open(b'\\377', 'w').close(); os.mkdir(b'\\376')
                                        open(b'\\376/\\375', 'w').close()
                                        for i in range(8000):
                                            open('x', 'w').close(); os.mkdir('d'); os.chdir('d')
                                        """)
                                .directory(tree.toFile())
                                .inheritIO()
                                .start()
                                .waitFor())
                .isZero();
        dev.blast.environment.install.Trees.delete(tree);
        assertThat(tree).doesNotExist();
    }

    /** What a link leads to lies elsewhere, and stays as closed as it is. */
    @Test
    void noOtherFolderIsOpened() throws Exception {
        Path tree = Files.createDirectory(environment.root().resolve("t"));
        Files.createSymbolicLink(tree.resolve("out"), outside);
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("---------"));
        Unprivileged.run(() -> {
            dev.blast.environment.install.Trees.delete(tree);
            return tree;
        });
        assertThat(tree).doesNotExist();
        assertThat(Files.getPosixFilePermissions(outside))
                .isEqualTo(PosixFilePermissions.fromString("r-x------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "displaced", "applied"})
    void aLinkInThePrivateFolderIsRefused(String name) throws Exception {
        Path link = environment.folder().resolve(name);
        if (Files.exists(link)) {
            Files.move(link, folder.resolve("moved"));
        }
        Files.createSymbolicLink(link, folder);
        assertRefused("is a symbolic link");
    }

    @Test
    void anEnvironmentThatIsALinkIsRefused() throws Exception {
        Files.move(environment.root(), folder.resolve("other"));
        Files.createSymbolicLink(environment.root(), folder.resolve("other"));
        assertRefused("is a symbolic link");
    }

    @ParameterizedTest
    @CsvSource({
        "'', folder",
        "staging, folder",
        "displaced, folder",
        "applied, file",
        "lock, file",
    })
    void whatIsNotOfItsKindIsRefused(String name, String kind) throws Exception {
        Path path = environment.folder().resolve(name);
        Trees.delete(path);
        if (kind.equals("file")) {
            Files.createDirectory(path);
        } else {
            assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
        }
        assertRefused("is no " + kind + ", so it is not Blast's");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> dossier.lock("blast sync", Duration.ZERO, _ -> {}))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "remove x keep a", "remove 0", "publish 0", "place a\\"})
    void aLineThatNoBlastWritesIsAnError(String line) throws Exception {
        var crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        Files.writeString(dossier.journal(), "%08x %s\n".formatted(crc.getValue(), line));
        assertThatThrownBy(() -> dossier.recover("blast check", NONE))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("a line that no Blast writes");
    }

    private static byte[] journal(List<Rename> steps, List<Path> targets, boolean committed) {
        var publications = targets.stream().map(t -> new Journal.Publication(0, t)).toList();
        var journal = new Journal(ID, 2, steps, List.of(), publications, true, committed);
        String text = new String(journal.plan(), StandardCharsets.UTF_8);
        return (committed ? text + new String(Journal.commit(), StandardCharsets.UTF_8) : text)
                .getBytes(StandardCharsets.UTF_8);
    }
}
