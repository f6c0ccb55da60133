package dev.blast.environment.build;

import static org.apache.commons.compress.archivers.tar.TarConstants.LF_BLK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_CHR;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_DIR;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_FIFO;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_LINK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_SYMLINK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives that would do harm, or mean more than one thing. */
final class HostileSourcesTest {
    @TempDir Path folder;

    private static SourcePackage ordinary() {
        return new SourcePackage("a", "1").file("setup.py", "x = 1\n");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of(
                        ordinary().raw("a-1/../../escaped", "x"),
                        "'a-1/../../escaped' leads out of the archive's own folder"),
                Arguments.of(
                        ordinary().raw("/etc/escaped", "x"), "'/etc/escaped' is an absolute path"),
                Arguments.of(
                        ordinary().raw("b-1/setup.py", "x"),
                        "it holds more than one folder: 'a-1' and 'b-1'"),
                Arguments.of(
                        new SourcePackage("a", "1").raw("setup.py", "x"),
                        "'setup.py' lies in no folder of it"),
                Arguments.of(ordinary().file("setup.py", "y"), "'a-1/setup.py' is there twice"),
                Arguments.of(
                        ordinary().file("setup.py/inner", "y"),
                        "'a-1/setup.py' is both a file and a folder"),
                Arguments.of(
                        ordinary().file("bad\u001b[2J", "y"),
                        "'a-1/bad\\u001b[2J' holds control characters"),
                Arguments.of(
                        ordinary().special("a-1/link", LF_SYMLINK, "/etc/passwd"),
                        "'a-1/link' is a link that leads out of it: /etc/passwd"),
                Arguments.of(
                        ordinary().special("a-1/link", LF_SYMLINK, "../other"),
                        "'a-1/link' is a link that leads out of it: ../other"),
                Arguments.of(
                        ordinary()
                                .special("a-1/here", LF_SYMLINK, ".")
                                .special("a-1/link", LF_SYMLINK, "here/here/../../../other"),
                        "'a-1/link' is a link that leads out of it: here/here/../../../other"),
                Arguments.of(
                        ordinary().special("a-1/out", LF_SYMLINK, "sub").file("out/through", "x"),
                        "'a-1/out' is both a file and a folder"),
                Arguments.of(
                        ordinary().special("a-1/hard", LF_LINK, "/etc/passwd"),
                        "the target of a link, '/etc/passwd', is an absolute path"),
                Arguments.of(
                        ordinary().special("a-1/hard", LF_LINK, "a-1/later"),
                        "'a-1/hard' is a hard link to what does not come before it: a-1/later"),
                Arguments.of(ordinary().special("a-1/disk", LF_BLK, ""), "'a-1/disk' is a device"),
                Arguments.of(ordinary().special("a-1/null", LF_CHR, ""), "'a-1/null' is a device"),
                Arguments.of(
                        ordinary().special("a-1/pipe", LF_FIFO, ""), "'a-1/pipe' is a named pipe"),
                Arguments.of(
                        ordinary().file("n".repeat(300), "x"),
                        "a name in it is too long: 'a-1/%s…'".formatted("n".repeat(56))),
                Arguments.of(new SourcePackage("a", "1"), "it is empty"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefusedByNameAndLeavesNothingElsewhere(SourcePackage source, String sentence)
            throws IOException {
        assertThatThrownBy(() -> lay(source.bytes(), "a-1.tar.gz"))
                .isInstanceOf(RefusedSourceException.class)
                .hasMessage(sentence);
        assertThat(names(folder.resolve("outer"))).containsExactly("a-1.tar.gz.d");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    private Path lay(byte[] archive, String name) throws IOException {
        Path file = Files.write(folder.resolve(name), archive);
        Path into =
                Files.createDirectories(folder.toRealPath().resolve("outer").resolve(name + ".d"));
        return SourceArchive.lay(file, name, into);
    }

    @Test
    void whatIsGoodIsLaidOut() throws IOException {
        Path root =
                lay(
                        ordinary()
                                .special("a-1/sub/", LF_DIR, "")
                                .file("sub/deep/data.txt", "data")
                                .special("a-1/sub/link", LF_SYMLINK, "../setup.py")
                                .special("a-1/same", LF_LINK, "a-1/sub/deep/data.txt")
                                .file("tool", "#!/bin/sh\n")
                                .mode(06755)
                                .bytes(),
                        "a-1.tar.gz");
        assertThat(root).hasFileName("a-1");
        assertThat(names(root)).containsExactly("same", "setup.py", "sub", "tool");
        assertThat(root.resolve("sub/link").toRealPath()).isEqualTo(root.resolve("setup.py"));
        assertThat(root.resolve("same")).hasContent("data");
        assertThat(Files.getAttribute(root.resolve("same"), "unix:nlink")).isEqualTo(1);
        assertThat((Integer) Files.getAttribute(root.resolve("tool"), "unix:mode") & 07777)
                .isEqualTo(0755);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        root.resolve("setup.py"), LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.getLastModifiedTime(root.resolve("tool")))
                .hasToString("2024-01-01T00:00:00Z");
    }

    @FunctionalInterface
    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packing packing, long zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(packing.over(bytes), "UTF-8")) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            var entry = new TarArchiveEntry("a-1/zeros");
            entry.setSize(zeros);
            tar.putArchiveEntry(entry);
            var block = new byte[1 << 20];
            for (long left = zeros; left > 0; left -= block.length) {
                tar.write(block, 0, (int) Math.min(left, block.length));
            }
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void everyPackingIsRead() throws IOException {
        assertThat(lay(packed(out -> out, 10), "a-1.tar").resolve("zeros")).hasSize(10);
        assertThat(lay(packed(GZIPOutputStream::new, 10), "b.tgz").resolve("zeros")).exists();
    }

    @Test
    void everyOtherPackingIsRead() throws IOException {
        assertThat(
                        lay(packed(BZip2CompressorOutputStream::new, 10), "a-1.tar.bz2")
                                .resolve("zeros"))
                .hasSize(10);
    }

    @Test
    void xzIsRead() throws IOException {
        byte[] xz = packed(out -> new XZOutputStream(out, new LZMA2Options(1)), 10);
        assertThat(lay(xz, "a-1.tar.xz").resolve("zeros")).hasSize(10);
    }

    @Test
    void aBombIsStopped() throws IOException {
        byte[] bomb = packed(GZIPOutputStream::new, 70L << 20);
        assertThatThrownBy(() -> lay(bomb, "a-1.tar.gz"))
                .hasMessage("it grows by a factor of more than 200: a decompression bomb");
        byte[] smaller = packed(BZip2CompressorOutputStream::new, 70L << 20);
        assertThatThrownBy(() -> lay(smaller, "b-1.tar.bz2"))
                .hasMessage("it grows by a factor of more than 200: a decompression bomb");
    }

    @Test
    void whatIsCutOffIsSaidToBeDamaged() {
        byte[] whole = ordinary().file("more", "x".repeat(100_000)).bytes();
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> lay(half, "a-1.tar.gz"))
                .isInstanceOf(RefusedSourceException.class)
                .hasMessageStartingWith("it is damaged: ");
        assertThatThrownBy(() ->
                        lay(
                                "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                "a-1.tar.gz"))
                .isInstanceOf(RefusedSourceException.class)
                .hasMessageStartingWith("it is damaged: ");
        assertThatThrownBy(() -> lay(new byte[10], "a-1.exe"))
                .hasMessageStartingWith("it is no archive that can be read");
    }
}
