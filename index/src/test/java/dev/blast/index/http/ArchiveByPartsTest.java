package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.WheelName;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.ByteSource;
import dev.blast.packaging.archive.DistInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** METADATA read out of an archive of which the rest is not there. */
class ArchiveByPartsTest {
    private static final byte[] METADATA =
            Wheels.metadata("foo", "1.0").getBytes(StandardCharsets.UTF_8);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Memory(byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long from, ByteBuffer into) {
            into.put(bytes, (int) from, into.remaining());
        }
    }

    private static byte[] metadata(byte[] wheel) throws IOException {
        String name = "foo-1.0-py3-none-any.whl";
        try (var archive = Archive.over(new Memory(wheel), name)) {
            return DistInfo.of(archive, WheelName.parse(name)).bytes("METADATA");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 5000})
    void findsTheMetadataHoweverManyFilesThereAre(int files) throws Exception {
        assertThat(metadata(Wheels.wheel("foo", "1.0", files))).isEqualTo(METADATA);
    }

    @Test
    void readsStoredEntriesAndLooksBehindAComment() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("foo-1.0.dist-info/METADATA");
            var sum = new CRC32();
            sum.update(METADATA);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(METADATA.length);
            entry.setCrc(sum.getValue());
            entry.setExtra(new byte[] {1, 2, 0, 0});
            zip.putNextEntry(entry);
            zip.write(METADATA);
            zip.closeEntry();
            zip.setComment("x".repeat(40_000));
        }
        assertThat(metadata(bytes.toByteArray())).isEqualTo(METADATA);
    }

    @Test
    void onlyTheDistInfoAtTheTopCounts() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("foo/vendored/bar-2.0.dist-info/METADATA", new byte[] {1});
        entries.put("foo-1.0.dist-info/METADATA", METADATA);
        assertThat(metadata(Wheels.zip(entries))).isEqualTo(METADATA);
        entries.put("bar-1.0.dist-info/METADATA", METADATA);
        assertThatThrownBy(() -> metadata(Wheels.zip(entries)))
                .hasMessageEndingWith("'bar-1.0.dist-info' is the metadata of something else");
        assertThatThrownBy(() -> metadata(Wheels.zip(Map.of("foo/__init__.py", METADATA))))
                .hasMessageEndingWith("it has no foo-1.0.dist-info folder");
    }

    @Test
    void whatIsNoArchiveIsSaidToBeNone() {
        assertThatThrownBy(() -> metadata(new byte[0]))
                .hasMessageEndingWith("it does not end like a ZIP archive (0 bytes)");
        assertThatThrownBy(() -> metadata(new byte[100_000]))
                .hasMessageEndingWith("no end record in its last 65557 bytes)");
        byte[] wheel = Wheels.wheel("foo", "1.0");
        assertThatThrownBy(() -> metadata(Arrays.copyOf(wheel, wheel.length - 1)))
                .isInstanceOf(IOException.class);
        byte[] prefixed = new byte[wheel.length + 7];
        System.arraycopy(wheel, 0, prefixed, 7, wheel.length);
        assertThatThrownBy(() -> metadata(prefixed))
                .hasMessageEndingWith("7 bytes come before its first entry");
    }

    @Test
    void damageIsAnErrorAndNeverAnotherText() {
        byte[] wheel = Wheels.wheel("foo", "1.0", 3);
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            byte[] damaged = wheel.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] text;
            try {
                text = metadata(damaged);
            } catch (IOException _) {
                continue;
            }
            assertThat(text).as("seed %d", seed).isEqualTo(METADATA);
        }
    }
}
