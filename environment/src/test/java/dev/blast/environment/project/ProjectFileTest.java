package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProjectFileTest {
    @TempDir Path given;
    private Path folder;

    @BeforeEach
    void setUp() throws Exception {
        folder = given.toRealPath();
    }

    /** What is no ordinary file of some size is said to be none, and is not waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"pyproject.toml", "requirements.txt"})
    void whatIsNoFileIsNotOpened(String name) throws Exception {
        Path file = folder.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        assertRefused(file, "it is no ordinary file");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertRefused(file, "it is no ordinary file");
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused(file, "it is a folder, not a file");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertRefused(file, "it is a link to what is not there");
        Files.delete(file);
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(40L << 20);
        }
        assertRefused(file, "it has more than 32 MiB");
    }

    private void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> Project.at(folder))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("cannot read " + file + ": " + why);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, EFBBBF",
        "UTF-16LE, FFFE",
        "UTF-16BE, FEFF",
        "UTF-32LE, FFFE0000",
        "UTF-32BE, 0000FEFF",
        "UTF-8, ''",
    })
    void requirementsAreReadInEveryFormThatSaysWhatItIs(String charset, String mark)
            throws Exception {
        byte[] text = "rich # ü\r\nhttpx\r\n".getBytes(Charset.forName(charset));
        byte[] head = HexFormat.of().parseHex(mark);
        write("requirements.txt", head, text);
        assertThat(Project.at(folder).dependencies())
                .extracting(root -> root.requirement() + " " + root.origin())
                .containsExactly("rich requirements.txt:1", "httpx requirements.txt:2");
    }

    @ParameterizedTest
    @CsvSource({"latin-1", "iso8859_15", "cp1252", "latin1"})
    void aCodingLineCounts(String name) throws Exception {
        write(
                "requirements.txt",
                ("# -*- coding: " + name + " -*-\nhttpx # für\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Project.at(folder).dependencies()).hasSize(1);
        write(
                "requirements.txt",
                "\n# vim: set fileencoding=klingon :\nhttpx\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessage(
                        "requirements.txt:2: the encoding 'klingon' is not known here; save the file as UTF-8");
    }

    @Test
    void whatIsNotUtf8IsSaidWithItsPlace() throws Exception {
        byte[] text = "[project]\nname = 'f\u00fcr'\n".getBytes(StandardCharsets.ISO_8859_1);
        write("pyproject.toml", text);
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessageStartingWith(
                        "pyproject.toml:2:10: byte 0xFC is not UTF-8; save the file as UTF-8\n");
        write("pyproject.toml", new byte[] {(byte) 0xFF, (byte) 0xFE}, new byte[] {'[', 0});
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessage("pyproject.toml:1:1: it is written in UTF-16LE; save it as UTF-8");
    }

    @Test
    void aMarkAndCarriageReturnsAreNoPartOfToml() throws Exception {
        write(
                "pyproject.toml",
                new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
                "[project]\r\nname = 'x'\r\nversion = '1'\r\ndependencies = [\r\n 'a',\r\n]\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(Project.at(folder).dependencies().getFirst().origin())
                .isEqualTo("pyproject.toml:5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k\u00f6ln", "\uff41bc", "na me", "-x", ""})
    void aNameIsANameByPep508(String name) throws Exception {
        write(
                "pyproject.toml",
                ("[project]\nname = '" + name + "'\nversion = '1'\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessageContaining("project.name: not a package name");
    }

    private void write(String name, byte[]... parts) throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        Files.write(folder.resolve(name), bytes.toByteArray());
    }
}
