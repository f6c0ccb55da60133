package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.Transfer;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest extends HttpIndexFixture {
    private static final String FILENAME = "foo-1.0-py3-none-any.whl";
    private static final String PATH = "/files/" + FILENAME;
    private static final byte[] BYTES = bytes(300_000);

    @TempDir Path folder;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private DistributionFile listed() {
        return Wheels.listed(FILENAME, server.uri(PATH), BYTES, null);
    }

    private DistributionFile listed(Map<String, String> hashes, OptionalLong size) {
        DistributionFile file = listed();
        return new DistributionFile(
                FILENAME,
                file.uri(),
                file.kind(),
                file.version(),
                file.wheel(),
                hashes,
                size,
                null,
                null,
                null,
                null);
    }

    @Test
    void bringsTheFileAndTellsHowFarItIs() throws Exception {
        server.on(PATH, Loopback.bytes(BYTES));
        List<Long> heard = new ArrayList<>();
        Path file =
                index().fetch(
                                listed(),
                                folder.resolve("new"),
                                (done, total) -> {
                                    assertThat(total).isEqualTo(BYTES.length);
                                    heard.add(done);
                                });
        assertThat(file).isEqualTo(folder.resolve("new").resolve(FILENAME)).hasBinaryContent(BYTES);
        assertThat(heard).isSorted().startsWith(0L).endsWith((long) BYTES.length);
        assertThat(folder.resolve("new").toFile().list()).containsExactly(FILENAME);
    }

    @Test
    void beginsAgainWhereAnAnswerBrokeOff() throws Exception {
        server.on(PATH, Loopback.bytes(BYTES).breakingOff(), Loopback.bytes(BYTES));
        assertThat(index().fetch(listed(), folder, Transfer.SILENT)).hasBinaryContent(BYTES);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void anAnswerThatAlwaysBreaksOffLeavesNothing() {
        server.on(PATH, Loopback.bytes(BYTES).breakingOff());
        assertFails(
                () -> index().fetch(listed(), folder, Transfer.SILENT),
                Kind.NETWORK,
                "(tried 3 times)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void otherBytesAreRefusedAndNotKept() {
        byte[] other = bytes(300_000);
        other[7] ^= 1;
        server.on(PATH, Loopback.bytes(other));
        assertFails(
                () -> index().fetch(listed(), folder, Transfer.SILENT),
                Kind.HASH,
                "%s is not the file that the index lists%n  expected sha256 %s%n  came     sha256 %s%nfrom %s"
                        .formatted(
                                FILENAME,
                                Hashes.hex("sha256", BYTES),
                                Hashes.hex("sha256", other),
                                server.uri(PATH)));
        assertThat(folder).isEmptyDirectory();
        assertThat(server.asked()).as("the same would come again").hasSize(1);
    }

    @Test
    void aStrongerHashCountsToo() throws Exception {
        server.on(PATH, Loopback.bytes(BYTES));
        var right =
                Map.of(
                        "sha256",
                        Hashes.hex("sha256", BYTES),
                        "sha512",
                        Hashes.hex("sha512", BYTES),
                        "blake9",
                        "aa");
        assertThat(index().fetch(listed(right, OptionalLong.empty()), folder, Transfer.SILENT))
                .exists();
        var wrong = Map.of("sha256", Hashes.hex("sha256", BYTES), "sha512", "00");
        assertFails(
                () -> index().fetch(listed(wrong, OptionalLong.empty()), folder, Transfer.SILENT),
                Kind.HASH,
                "expected sha512 00");
    }

    @Test
    void aFileOfAnotherSizeIsRefused() {
        server.on(PATH, Loopback.bytes(BYTES));
        assertFails(
                () ->
                        index().fetch(
                                        listed(Map.of(), OptionalLong.of(1000)),
                                        folder,
                                        Transfer.SILENT),
                Kind.HASH,
                "more than 1000 bytes came, and it should have 1000");
        assertFails(
                () ->
                        index().fetch(
                                        listed(Map.of(), OptionalLong.of(400_000)),
                                        folder,
                                        Transfer.SILENT),
                Kind.HASH,
                "300000 bytes came, and it should have 400000");
    }

    @Test
    void whatIsNotThereOrNotGivenIsSaid() {
        assertFails(
                () -> index().fetch(listed(), folder, Transfer.SILENT),
                Kind.NOT_FOUND,
                FILENAME + " is not there (404)");
        server.on(PATH, Loopback.status(403));
        assertFails(
                () -> index().fetch(listed(), folder, Transfer.SILENT),
                Kind.REFUSED,
                FILENAME + " was refused (403)");
        assertFails(
                () -> offline().fetch(listed(), folder, Transfer.SILENT),
                Kind.OFFLINE,
                FILENAME + " is not here");
    }

    @Test
    void localFilesAreCopiedAndChecked() throws Exception {
        Path source = Files.write(folder.resolve(FILENAME), BYTES);
        DistributionFile local = Wheels.listed(FILENAME, source.toUri(), BYTES, null);
        assertThat(offline().fetch(local, folder.resolve("to"), Transfer.SILENT))
                .hasBinaryContent(BYTES);
        Files.write(source, new byte[] {1});
        assertFails(
                () -> offline().fetch(local, folder.resolve("to"), Transfer.SILENT),
                Kind.HASH,
                "1 bytes came");
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskIsSaidPlainly() {
        // /dev/full says "no space left" to every write, as a full disk does.
        assertThat(
                        IoFailure.words(
                                assertThrows(
                                        IOException.class,
                                        () -> Files.write(Path.of("/dev/full"), new byte[] {1}))))
                .isEqualTo("No space left on device");
    }

    static boolean hasFullDevice() {
        return Files.isWritable(Path.of("/dev/full"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        server.on(PATH, Loopback.bytes(BYTES));
        assertFails(
                () -> index().fetch(listed(), file, Transfer.SILENT),
                Kind.DISK,
                "cannot write " + file);
    }
}
