package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.Hashes;
import dev.blast.packaging.archive.ArchiveMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir Path folder;

    @Test
    void keepsAWheelReadOnlyUnderItsDigest() throws IOException {
        Store store = store();
        StoredWheel wheel =
                store.add(WheelBuilder.demo().program("demo/tool", "#!/bin/sh\n").write(folder));
        assertThat(wheel.tree().getParent()).hasFileName(wheel.sha256());
        assertThat(wheel.distInfo()).isEqualTo("demo-1.0.dist-info");
        assertThat(wheel.pure()).isTrue();
        assertThat(wheel.files())
                .extracting(StoredFile::path)
                .containsExactly(
                        "demo-1.0.dist-info/METADATA",
                        "demo-1.0.dist-info/WHEEL",
                        "demo-1.0.dist-info/entry_points.txt",
                        "demo/__init__.py",
                        "demo/data/text.txt",
                        "demo/tool");
        assertThat(mode(wheel, "demo/__init__.py")).isEqualTo("r--r--r--");
        assertThat(mode(wheel, "demo/tool")).isEqualTo("r-xr-xr-x");
        assertThat(store.find(wheel.sha256())).contains(wheel);
        assertThat(new Store(folder.resolve("store")).find(wheel.sha256())).contains(wheel);
    }

    @Test
    void readsEveryHonestFormOfArchive() throws IOException {
        var builder =
                WheelBuilder.demo()
                        .file("demo/empty.py", "")
                        .file("demo/\u00e9.txt", "x")
                        .file("demo/large.bin", "0123456789".repeat(50_000));
        StoredWheel wheel =
                store().add(
                                builder.write(
                                        folder,
                                        w -> {
                                            w.zip.entries.getFirst().descriptor = true;
                                            w.zip.entries.get(1).method = ArchiveMember.STORED;
                                            w.zip.entries.get(2).mode = 0;
                                            w.zip.add("demo/", "").mode = 040755;
                                            w.zip.zip64 = true;
                                        }));
        assertThat(wheel.tree().resolve("demo/__init__.py")).content().startsWith("VALUE = 42");
        assertThat(wheel.tree().resolve("demo/large.bin")).hasSize(500_000);
        assertThat(wheel.tree().resolve("demo/\u00e9.txt")).hasContent("x");
    }

    @Test
    void takesOldSpellingsOfTheSameProject() throws IOException {
        var builder =
                new WheelBuilder("Demo.Pack", "1.0.0")
                        .fileName("demo_pack-1.0-py3-none-any.whl")
                        .file("demo.py", "");
        assertThat(store().add(builder.write(folder)).distInfo())
                .isEqualTo("Demo.Pack-1.0.0.dist-info");
    }

    @Test
    void acceptsOtherStrongHashesAndPaddedOnes() throws IOException {
        byte[] content = {1, 2, 3};
        String sha512 = RecordHash.text("sha512", Hashes.digest("sha512").digest(content));
        var builder =
                WheelBuilder.demo()
                        .record("demo/a.bin," + sha512 + ",3")
                        .record("demo/b.bin," + RecordHash.of(content) + "=,");
        StoredWheel wheel =
                store().add(
                                builder.write(
                                        folder,
                                        w -> {
                                            w.zip.add("demo/a.bin", content);
                                            w.zip.add("demo/b.bin", content);
                                        }));
        assertThat(wheel.files().stream().filter(f -> f.path().endsWith(".bin")))
                .extracting(StoredFile::hash)
                .containsOnly(RecordHash.of(content));
    }

    @Test
    void noticesEveryKindOfDamageAndHeals() throws IOException {
        Path file = WheelBuilder.demo().write(folder);
        StoredWheel wheel = store().add(file);
        Path module = wheel.tree().resolve("demo/__init__.py");
        Path manifest = wheel.tree().resolveSibling("manifest");
        List<Callable<?>> damages =
                List.of(
                        () ->
                                rewrite(
                                        module,
                                        "VALUE = 66\n\ndef main():\n    print('demo', VALUE)\n"),
                        () -> rewrite(module, "shorter"),
                        () -> Files.deleteIfExists(module),
                        () -> Files.createSymbolicLink(deleted(module), Path.of("/etc/passwd")),
                        () ->
                                Files.writeString(
                                        manifest, Files.readString(manifest).substring(0, 200)),
                        () -> Files.deleteIfExists(manifest),
                        () -> Files.writeString(manifest, "blast stored wheel 3\n"));
        for (int i = 0; i < damages.size(); i++) {
            call(damages.get(i));
            assertThat(store().holds(wheel.sha256())).as("damage %d", i).isFalse();
            assertThat(store().discard(wheel.sha256())).isTrue();
            StoredWheel healed = store().add(file);
            assertThat(healed.tree().resolve("demo/__init__.py"))
                    .as("damage %d", i)
                    .content()
                    .startsWith("VALUE = 42");
        }
    }

    /** Same length, same time, same permissions: only the ctime tells. */
    @Test
    void aFileThatWasChangedAndGotItsOldTimeBackIsNoticed() throws IOException {
        Path file = WheelBuilder.demo().write(folder);
        Store store = store();
        StoredWheel wheel = store.add(file);
        Path module = wheel.tree().resolve("demo/__init__.py");
        Path link = Files.createLink(folder.resolve("link.py"), module);
        FileTime before = Files.getLastModifiedTime(module);
        String text = Files.readString(module);
        Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(link, text.replace("42", "66"));
        Files.setPosixFilePermissions(link, PosixFilePermissions.fromString("r--r--r--"));
        Files.setLastModifiedTime(link, before);
        assertThatThrownBy(() -> store.held(wheel, file(wheel, "demo/__init__.py")))
                .isInstanceOf(ChangedWheelException.class)
                .hasMessage(module + " does not hold what its wheel brought");
        assertThatThrownBy(() -> wheel.read(file(wheel, "demo/__init__.py")))
                .isInstanceOf(ChangedWheelException.class);
        assertThat(store().holds(wheel.sha256())).isFalse();
        assertThat(store.holds(wheel.sha256())).isFalse();
        assertThat(store.discard(wheel.sha256())).isTrue();
        assertThat(store.add(file).tree().resolve("demo/__init__.py")).hasContent(text);
        assertThat(store.holds(wheel.sha256())).isTrue();
        assertThat(store.discard(wheel.sha256())).as("a second time").isFalse();
    }

    @Test
    void aLinkThatCameOrWentOnlyMeansReadingAgain() throws IOException {
        StoredWheel wheel = store().add(WheelBuilder.demo().write(folder));
        Path module = wheel.tree().resolve("demo/__init__.py");
        Path seals = wheel.tree().resolveSibling("seals");
        byte[] before = Files.readAllBytes(seals);
        Path link = Files.createLink(folder.resolve("link.py"), module);
        assertThat(store().holds(wheel.sha256())).isTrue();
        assertThat(Files.readAllBytes(seals)).isNotEqualTo(before);
        Files.delete(link);
        assertThat(store().holds(wheel.sha256())).isTrue();
        Files.delete(seals); // a store of before there were seals
        assertThat(store().holds(wheel.sha256())).isTrue();
        assertThat(seals).hasSize(before.length);
    }

    @Test
    void manyMayAddTheSameWheelAtOnce() throws Exception {
        Path file = WheelBuilder.demo().write(folder);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<StoredWheel>> adding = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                adding.add(() -> store().add(file));
            }
            for (var added : threads.invokeAll(adding)) {
                assertThat(added.get().files()).hasSize(5);
            }
        }
        try (Stream<Path> entries = Files.list(folder.resolve("store"))) {
            assertThat(entries)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .hasSize(2)
                    .contains(".lock");
        }
    }

    /** One comes to its place while another looks for leftovers. */
    @Test
    void manyMayAddTheirOwnWheelsAtOnce() throws Exception {
        List<Path> wheels = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            wheels.add(
                    new WheelBuilder("demo" + i, "1.0").file("demo" + i + ".py", "").write(folder));
        }
        Store store = store();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var added : threads.invokeAll(adding(store, wheels))) {
                assertThat(added.get().files()).hasSize(3);
            }
        }
    }

    private static List<Callable<StoredWheel>> adding(Store store, List<Path> wheels) {
        return wheels.stream().<Callable<StoredWheel>>map(wheel -> () -> store.add(wheel)).toList();
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        Path left = folder.resolve("store/.making-1");
        Files.createDirectories(left.resolve("files"));
        Files.writeString(left.resolve("files/x"), "x");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(24 * 3600)));
        Path busy = Files.createDirectories(folder.resolve("store/.making-2"));
        store().add(WheelBuilder.demo().write(folder));
        assertThat(left).doesNotExist();
        assertThat(busy).exists();
    }

    private Store store() {
        return new Store(folder.resolve("store"));
    }

    private static String mode(StoredWheel wheel, String path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(wheel.tree().resolve(path)));
    }

    private static StoredFile file(StoredWheel wheel, String path) {
        return wheel.files().stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
    }

    private static Path rewrite(Path file, String text) throws IOException {
        return Files.writeString(deleted(file), text);
    }

    private static Path deleted(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    private static void call(Callable<?> callable) throws IOException {
        try {
            callable.call();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
