package dev.blast.environment.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known stays known, whatever an update meets. */
final class AdvisoryStoreTest {
    private static final Instant NOW = Instant.parse("2025-03-01T00:00:00Z");

    @TempDir Path folder;

    private AdvisoryStore store;

    @BeforeEach
    void aStore() {
        store = new AdvisoryStore(Directories.of(Map.of(), folder.resolve("home")));
    }

    @Test
    void nothingIsKnownBeforeTheFirstUpdate() throws EnvironmentException {
        assertThat(store.read()).isEmpty();
        assertThat(store.folder()).doesNotExist();
    }

    @Test
    void everyPackageIsFoundAndNoOther() throws IOException, EnvironmentException {
        List<String> names =
                List.of("a", "a-b", "a1", "aa", "b", "z", "zope-interface", "zope", "words", "0x");
        Path osv = Files.createDirectory(folder.resolve("osv"));
        for (String name : names) {
            write(osv, Osv.document("X-" + name).of(name, "introduced 0, fixed 2", null));
            write(osv, Osv.document("Y-" + name).of(name, "introduced 1, fixed 2", null));
        }
        AdvisoryStore.Update update = store.update(osv, NOW);
        assertThat(update.holes()).isEqualTo(2 * names.size());
        assertThat(update.packages()).isEqualTo(names.size());
        AdvisorySet known = store.read().orElseThrow();
        for (String name : names) {
            assertThat(known.of(new PackageName(name)))
                    .extracting(Hole::id)
                    .containsExactly("X-" + name, "Y-" + name);
        }
        for (String name : List.of("0", "a-a", "ab", "wordsy", "word", "zz", "zope-interfac")) {
            assertThat(known.of(new PackageName(name))).as(name).isEmpty();
        }
    }

    @Test
    void aZipAFolderAndADocumentSayTheSame() throws IOException, EnvironmentException {
        Osv document =
                Osv.document("X-1")
                        .with("\"modified\": \"2025-01-01T00:00:00Z\"")
                        .of("words", "introduced 0, fixed 2", null);
        Path osv = Files.createDirectories(folder.resolve("osv/deep"));
        Path one = write(osv, document);
        Files.writeString(osv.resolve("README.txt"), "no document");
        Path zip = folder.resolve("all.zip");
        zip(zip, "../../X-1.json", document.text(), "note.txt", "no document");
        AdvisoryStore.Update said = store.update(folder.resolve("osv"), NOW);
        assertThat(store.update(zip, NOW)).isEqualTo(said);
        assertThat(store.update(one, NOW)).isEqualTo(said);
        assertThat(said.newest()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(store.read().orElseThrow().isOld(NOW)).isTrue();
        assertThat(said.isOld(Instant.parse("2025-01-31T00:00:00Z"))).isFalse();
    }

    @Test
    void anUpdateThatIsKilledBeforeItsLastStepChangesNothing()
            throws IOException, EnvironmentException {
        known("old");
        store.write(document("new"), NOW); // and the process ends here
        assertThat(ids()).containsExactly("old");
        store.commit(store.write(document("new"), NOW));
        assertThat(ids()).containsExactly("new");
    }

    @Test
    void whatCannotBeReadChangesNothing() throws IOException, EnvironmentException {
        known("old");
        Path osv = Files.createDirectory(folder.resolve("broken"));
        write(osv, Osv.document("new").of("words", "introduced 0", null));
        Files.writeString(osv.resolve("half.json"), "{\"id\": \"X-2\", ");
        refused(osv, "half.json is not the JSON of an advisory");
        refused(folder.resolve("nowhere"), "cannot read");
        refused(Path.of("/dev/zero"), "it is no ordinary file");
        refused(Files.createDirectory(folder.resolve("empty")), "there is no advisory in");
        Path zip = folder.resolve("all.zip");
        zip(zip, "a.json", " ".repeat(9 << 20));
        refused(zip, "is too large for an advisory: it has more than 8 MiB");
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(whole, whole.length / 2));
        refused(zip, "cannot read");
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void damageIsSaid() throws IOException, EnvironmentException {
        known("old");
        try (Stream<Path> files = Files.list(store.folder())) {
            Path holes =
                    files.filter(it -> it.toString().endsWith(".holes")).findFirst().orElseThrow();
            Files.writeString(holes, Files.readString(holes).replace("<2", "<1"));
            assertThatThrownBy(store::read)
                    .hasMessageContaining("not the one that was written")
                    .hasMessageContaining("blast advisories update");
            Files.delete(holes);
            assertThatThrownBy(store::read).hasMessageContaining("is gone");
        }
        Files.writeString(store.current(), "file x\n");
        assertThatThrownBy(store::read).hasMessageContaining("its last line is missing");
        known("new");
        assertThat(ids()).containsExactly("new");
    }

    private void refused(Path place, String why) {
        assertThatThrownBy(() -> store.update(place, NOW))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(why);
    }

    private void known(String id) throws IOException, EnvironmentException {
        store.update(document(id), NOW);
    }

    private Path document(String id) throws IOException {
        return write(folder, Osv.document(id).of("words", "introduced 0, fixed 2", null));
    }

    private List<String> ids() throws EnvironmentException {
        Optional<AdvisorySet> known = store.read();
        return known.orElseThrow().of(new PackageName("words")).stream().map(Hole::id).toList();
    }

    private static Path write(Path folder, Osv document) throws IOException {
        return Files.write(folder.resolve(document.id() + ".json"), document.json());
    }

    private static void zip(Path zip, String... entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                var into = new ZipOutputStream(out)) {
            for (int at = 0; at < entries.length; at += 2) {
                into.putNextEntry(new ZipEntry(entries[at]));
                into.write(entries[at + 1].getBytes(StandardCharsets.UTF_8));
                into.closeEntry();
            }
        }
    }
}
