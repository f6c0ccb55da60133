package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small files of a {@code .dist-info} folder. */
class InstalledFilesTest {
    @Test
    void recordIsReadAndWritten() {
        String text =
                """
                a/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
                "a/with, comma and ""quotes"".py",sha256=x,12
                a.dist-info/RECORD,,
                """;
        RecordFile record = RecordFile.read(text);
        assertThat(record.entries())
                .containsExactly(
                        new RecordEntry(
                                "a/__init__.py",
                                "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
                                0L),
                        new RecordEntry("a/with, comma and \"quotes\".py", "sha256=x", 12L),
                        new RecordEntry("a.dist-info/RECORD", null, null));
        assertThat(record.write()).isEqualTo(text);
        assertThat(RecordFile.read(text.replace("\n", "\r\n"))).isEqualTo(record);
        assertThat(RecordFile.read("")).isEqualTo(new RecordFile(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a,,x", ",,", "a,b,1,2", "\"a,b,1", "a"})
    void otherLinesAreNoRecord(String line) {
        assertThatThrownBy(() -> RecordFile.read(line)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void entryPointsAreReadAndWritten() {
        String text =
                """
                [console_scripts]
                black = black:patched_main
                pip3 = pip._internal.cli.main:main

                [pytest11]
                plugin = a.plugin
                """;
        EntryPoints entryPoints = EntryPoints.read(text);
        assertThat(entryPoints.in(EntryPoint.CONSOLE_SCRIPTS))
                .containsExactly(
                        new EntryPoint("console_scripts", "black", "black", "patched_main"),
                        new EntryPoint(
                                "console_scripts", "pip3", "pip._internal.cli.main", "main"));
        assertThat(entryPoints.in("pytest11"))
                .containsExactly(new EntryPoint("pytest11", "plugin", "a.plugin", null));
        assertThat(entryPoints.in("gui_scripts")).isEmpty();
        assertThat(entryPoints.write()).isEqualTo(text);
    }

    @Test
    void entryPointsMayBeWrittenLoosely() {
        EntryPoints entryPoints =
                EntryPoints.read("# comment\r\n[ g ]\r\n; comment\r\nA-b.c=m : a.b [x, y]\r\n\r\n");
        assertThat(entryPoints.all()).containsExactly(new EntryPoint("g", "A-b.c", "m", "a.b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = b", "[g]\na", "[g]\n= b", "[g]\na = b c", "[g]\na = b:"})
    void otherTextIsNoEntryPoint(String text) {
        assertThatThrownBy(() -> EntryPoints.read(text)).isInstanceOf(InvalidSyntaxException.class);
    }

    @Test
    void wheelIsRead() {
        WheelFile wheel =
                WheelFile.read(
                        """
                        Wheel-Version: 1.0
                        Generator: x
                        Root-Is-Purelib: false
                        Tag: cp312-cp312-manylinux_2_17_x86_64
                        Tag: cp312-cp312-manylinux2014_x86_64
                        """);
        assertThat(wheel)
                .isEqualTo(
                        new WheelFile(
                                Version.parse("1.0"),
                                false,
                                Tag.parse(
                                        "cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Root-Is-Purelib: true                          | a WHEEL file without Wheel-Version: 'Root-Is-Purelib: true'
                    Wheel-Version: 1.0                             | a WHEEL file without Root-Is-Purelib: 'Wheel-Version: 1.0'
                    Wheel-Version: 2.0                             | a wheel of a format that is not known here (up to 1.x): '2.0'
                    """)
    void otherTextIsNoWheel(String text, String message) {
        assertThatThrownBy(() -> WheelFile.read(text)).hasMessage(message);
    }

    @Test
    void directUrlsAreMapsAndBack() {
        for (Map<String, Object> json :
                List.<Map<String, Object>>of(
                        Map.of(
                                "url",
                                "https://index.example/a.whl",
                                "archive_info",
                                Map.of("hashes", Map.of("sha256", "00ff"))),
                        Map.of(
                                "url",
                                "file:///src/a",
                                "dir_info",
                                Map.of("editable", true),
                                "subdirectory",
                                "x"),
                        Map.of("url", "file:///src/a", "dir_info", Map.of()),
                        Map.of(
                                "url",
                                "https://code.example/a.git",
                                "vcs_info",
                                Map.of(
                                        "vcs",
                                        "git",
                                        "commit_id",
                                        "abc",
                                        "requested_revision",
                                        "main")))) {
            assertThat(DirectUrl.of(json).toMap()).isEqualTo(json);
        }
    }

    @Test
    void theOldHashOfAnArchiveIsReadToo() {
        var json =
                Map.of(
                        "url",
                        "https://index.example/a.whl",
                        "archive_info",
                        Map.of("hash", "sha256=00ff"));
        assertThat(DirectUrl.of(json).origin())
                .isEqualTo(new DirectUrl.Origin.Archive(Map.of("sha256", "00ff")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:secret@index.example/a, https://index.example/a",
        "https://token@index.example/a@1, https://index.example/a@1",
        "https://${USER}:${PASS}@index.example/a, https://${USER}:${PASS}@index.example/a",
        "ssh://git@index.example/a, ssh://git@index.example/a",
        "https://index.example/a@main, https://index.example/a@main",
        "file:///a@b, file:///a@b"
    })
    void passwordsAreNotKept(String url, String kept) {
        assertThat(new DirectUrl(url, new DirectUrl.Origin.Directory(false), null).url())
                .isEqualTo(kept);
    }

    @Test
    void aDirectUrlHasOneOrigin() {
        assertThatThrownBy(() -> DirectUrl.of(Map.of("url", "x")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage(
                        "one of archive_info, vcs_info and dir_info has to be there, and no other");
    }
}
