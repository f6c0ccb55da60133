package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.cache.CacheFile;
import dev.blast.index.cache.Packer;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cache folder that anybody may have written: what is in it is read, or as good as not there. */
class DamagedCacheTest extends HttpIndexFixture {
    private static final String NAME = "foo-1.0-py3-none-any.whl";

    private void fill() throws Exception {
        server.on("/simple/foo/", Loopback.json(FOO_PAGE));
        server.on("/files/" + NAME, Loopback.bytes(Wheels.wheel("foo", "1.0")));
        HttpIndex index = index();
        index.metadata(index.page(FOO).files().getFirst());
        index.close();
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.walk(cache)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void ask(HttpIndex index) throws IndexException {
        for (DistributionFile file : index.page(FOO).files()) {
            index.metadata(file);
        }
    }

    /** Entries with a right sum, whatever is in them. */
    @Test
    void whatSomebodyElsePackedIsNoFault() throws Exception {
        fill();
        for (Path entry : entries()) {
            byte[] whole = Files.readAllBytes(entry);
            byte[] content = Arrays.copyOfRange(whole, CacheFile.begin(), whole.length - 4);
            for (long seed = 0; seed < 400; seed++) {
                CacheFile.write(entry, changed(content, new Random(seed)));
                Throwable thrown = catchThrowable(() -> ask(offline()));
                if (thrown != null) {
                    assertThat(thrown)
                            .as("%s, seed %d", cache.relativize(entry), seed)
                            .isInstanceOfSatisfying(
                                    IndexException.class,
                                    e -> assertThat(e.kind()).isEqualTo(Kind.OFFLINE));
                }
            }
            CacheFile.write(entry, content);
        }
    }

    private static byte[] changed(byte[] content, Random random) {
        byte[] changed = content.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(3)) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed = Arrays.copyOf(changed, Math.max(at, 1));
                default -> Arrays.fill(changed, at, Math.min(at + 6, changed.length), (byte) -1);
            }
        }
        return changed;
    }

    @Test
    void flippedBitsAreSeenByTheSum() throws Exception {
        fill();
        for (Path entry : entries()) {
            byte[] whole = Files.readAllBytes(entry);
            for (int at = 0; at < whole.length; at++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 16;
                Files.write(entry, flipped);
                assertThat(CacheFile.read(entry)).as("%s at %d", entry, at).isNull();
            }
        }
    }

    @Test
    void whatIsNoFileIsNotWaitedFor() throws Exception {
        fill();
        for (Path entry : entries()) {
            Files.delete(entry);
            assertThat(new ProcessBuilder("mkfifo", entry.toString()).start().waitFor()).isZero();
            ask(index());
            Files.delete(entry);
            Files.createSymbolicLink(entry, Path.of("/dev/zero"));
            ask(index());
            Files.delete(entry);
            Files.createDirectory(entry);
            ask(index());
            Files.delete(entry);
            ask(index());
        }
    }

    /** An entry is of one address and one file. */
    @Test
    void anEntryInAnothersPlaceIsNotBelieved() throws Exception {
        fill();
        Path page =
                entries().stream()
                        .filter(it -> it.toString().endsWith(".page"))
                        .findFirst()
                        .orElseThrow();
        Files.copy(page, page.resolveSibling("bar.page"));
        assertThat(catchThrowable(() -> offline().page(new PackageName("bar"))))
                .hasMessageContaining("is not in the cache");
        Path metadata =
                entries().stream()
                        .filter(it -> it.toString().contains("/metadata/"))
                        .findFirst()
                        .orElseThrow();
        CacheFile.write(
                metadata,
                new Packer(99)
                        .text("ANNOUNCED")
                        .optional(null)
                        .text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
                        .bytes());
        assertThat(catchThrowable(() -> ask(offline())))
                .hasMessageContaining("its metadata is not in the cache");
    }

    @Test
    void aCacheThatIsNoFolderIsNoReasonToStop() throws Exception {
        fill();
        for (Path entry : entries()) {
            Files.delete(entry);
        }
        Path file = Files.createFile(cache.resolve("file"));
        try (var index =
                new HttpIndex(configuration(false, false), file, clock, Duration.ofMillis(1))) {
            ask(index);
            assertThat(index.cacheProblem())
                    .hasValueSatisfying(it -> assertThat(it).contains("cannot be written"));
        }
    }
}
