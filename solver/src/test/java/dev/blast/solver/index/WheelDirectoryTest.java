package dev.blast.solver.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

class WheelDirectoryTest {
    private static final byte[] METADATA =
            Wheels.metadata("foo", "1.0").getBytes(StandardCharsets.UTF_8);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Memory(byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long from, int length) {
            return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
        }
    }

    private static byte[] metadata(byte[] wheel) throws IOException, IndexException {
        return new WheelDirectory(new Memory(wheel)).metadata();
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
                .hasMessage("2 entries named *.dist-info/METADATA, where one should be");
        assertThatThrownBy(() -> metadata(Wheels.zip(Map.of("foo/__init__.py", METADATA))))
                .hasMessageStartingWith("0 entries");
    }

    @Test
    void whatIsNoArchiveIsSaidToBeNone() {
        assertThatThrownBy(() -> metadata(new byte[0]))
                .hasMessage("not a ZIP archive: it has no end record");
        assertThatThrownBy(() -> metadata(new byte[100_000]))
                .hasMessage("not a ZIP archive: it has no end record");
        byte[] wheel = Wheels.wheel("foo", "1.0");
        assertThatThrownBy(() -> metadata(Arrays.copyOf(wheel, wheel.length - 1)))
                .isInstanceOf(IOException.class);
        byte[] prefixed = new byte[wheel.length + 7];
        System.arraycopy(wheel, 0, prefixed, 7, wheel.length);
        assertThatThrownBy(() -> metadata(prefixed))
                .hasMessage("its directory is not where its end record says");
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
            } catch (IOException | IndexException e) {
                continue;
            }
            assertThat(text).as("seed %d", seed).isEqualTo(METADATA);
        }
    }
}
