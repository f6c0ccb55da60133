package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.ArchiveMember;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way in which an archive can lie is refused with its own sentence, and leaves nothing behind.
 */
class RefusalTest {
    @TempDir Path folder;

    static Stream<Arguments> lies() {
        return Stream.of(
                // the container
                lie(
                        "not an archive",
                        Refusal.NOT_AN_ARCHIVE,
                        w -> {
                            w.zip.entries.clear();
                            w.zip.trailing = new byte[100];
                            w.zip.leading = new byte[70_000];
                            w.zip.trailing = "x".repeat(70_000).getBytes(StandardCharsets.UTF_8);
                        }),
                lie(
                        "bytes after the end",
                        Refusal.TRAILING_BYTES,
                        w -> w.zip.trailing = new byte[3]),
                lie("two archives in one", Refusal.LEADING_BYTES, w -> w.zip.leading = other()),
                lie(
                        "a program before the archive",
                        Refusal.LEADING_BYTES,
                        w -> w.zip.leading = text("#!/bin/sh\n")),
                lie(
                        "a program before, offsets adjusted",
                        Refusal.LEADING_BYTES,
                        w -> w.zip.entries.getFirst().stray = text("#!/bin/sh\n")),
                lie(
                        "records in a comment",
                        Refusal.COMMENT,
                        w -> w.zip.comment = text("hello, PK\1\2 hello")),
                lie(
                        "an archive in the comment",
                        Refusal.LEADING_BYTES,
                        w -> w.zip.comment = other()),
                lie("a part of a split archive", Refusal.SPLIT, w -> w.zip.disk = 1),
                lie(
                        "an entry on another disk",
                        Refusal.SPLIT,
                        w -> w.zip.entry("demo/__init__.py").centralDisk = 3),
                lie(
                        "a directory elsewhere",
                        Refusal.LEADING_BYTES,
                        w -> w.zip.directoryOffsetMore = -4),
                lie(
                        "a directory beyond its end",
                        Refusal.END_RECORD,
                        w -> w.zip.directoryOffsetMore = 4),
                lie(
                        "fewer entries than announced",
                        Refusal.CENTRAL_DIRECTORY,
                        w -> w.zip.announcedEntriesMore = 1),
                lie(
                        "an entry that is not announced",
                        Refusal.CENTRAL_DIRECTORY,
                        w -> w.zip.announcedEntriesMore = -1),
                lie(
                        "a ZIP64 locator that points elsewhere",
                        Refusal.END_RECORD,
                        w -> {
                            w.zip.zip64 = true;
                            w.zip.zip64LocatorMore = -56;
                        }),
                lie(
                        "a hidden entry between two",
                        Refusal.STRAY_BYTES,
                        w -> w.zip.entries.get(1).stray = other()),
                lie(
                        "a hidden entry before the directory",
                        Refusal.STRAY_BYTES,
                        w -> w.zip.beforeDirectory = other()),
                lie(
                        "an encrypted entry",
                        Refusal.ENCRYPTED,
                        w -> w.zip.entry("demo/__init__.py").flags |= 1),
                lie(
                        "strongly encrypted",
                        Refusal.ENCRYPTED,
                        w -> w.zip.entry("demo/__init__.py").flags |= 1 << 6),
                lie(
                        "masked headers",
                        Refusal.ENCRYPTED,
                        w -> w.zip.entry("demo/__init__.py").flags |= 1 << 13),
                lie(
                        "patched data",
                        Refusal.FLAGS,
                        w -> w.zip.entry("demo/__init__.py").flags |= 1 << 5),
                lie(
                        "a mark without a meaning",
                        Refusal.FLAGS,
                        w -> w.zip.entry("demo/__init__.py").flags |= 1 << 15),
                lie(
                        "an entry inside one that is stored and described afterwards",
                        Refusal.STREAMED,
                        w -> {
                            w.zip.add("demo/inner.zip", "PK\3\4 evil").method =
                                    ArchiveMember.STORED;
                            w.zip.entry("demo/inner.zip").descriptor = true;
                        },
                        "demo/inner.zip," + RecordHash.of(text("PK\3\4 evil")) + ","),
                lie(
                        "a second name in the local header",
                        Refusal.NAME_ALIAS,
                        w ->
                                w.zip.entry("demo/__init__.py").localExtra =
                                        new byte[] {0x75, 0x70, 1, 0, 1}),
                lie(
                        "wide sizes in the local header that nothing asks for",
                        Refusal.HEADERS_DIFFER,
                        w -> w.zip.entry("demo/__init__.py").localExtra = wide(8)),
                lie(
                        "a field that reaches beyond the local header",
                        Refusal.HEADERS_DIFFER,
                        w ->
                                w.zip.entry("demo/__init__.py").localExtra =
                                        new byte[] {1, 0, (byte) 0xff, (byte) 0xff}),
                lie(
                        "wide sizes that nothing asks for",
                        Refusal.CENTRAL_DIRECTORY,
                        w -> w.zip.entry("demo/__init__.py").centralExtra = wide(8)),
                lie(
                        "wide sizes twice",
                        Refusal.CENTRAL_DIRECTORY,
                        w -> {
                            w.zip.entry("demo/__init__.py").zip64Sizes = true;
                            w.zip.entry("demo/__init__.py").centralExtra = wide(16);
                        }),
                lie(
                        "an unknown method",
                        Refusal.METHOD,
                        w -> w.zip.entry("demo/__init__.py").method = 12),
                lie(
                        "another name in the local header",
                        Refusal.HEADERS_DIFFER,
                        w -> w.zip.entry("demo/__init__.py").localName = text("demo/__evil__.py")),
                lie(
                        "another size in the local header",
                        Refusal.HEADERS_DIFFER,
                        w -> w.zip.entry("demo/__init__.py").localSizeMore = 1),
                lie(
                        "another checksum in the local header",
                        Refusal.HEADERS_DIFFER,
                        w -> w.zip.entry("demo/__init__.py").localCrcMore = 1),
                lie(
                        "another checksum in the descriptor",
                        Refusal.HEADERS_DIFFER,
                        w -> {
                            w.zip.entry("demo/__init__.py").descriptor = true;
                            w.zip.entry("demo/__init__.py").descriptorCrcMore = 1;
                        }),
                lie(
                        "less content than announced",
                        Refusal.SIZE,
                        w -> w.zip.add("demo/zeros", "0").sizeMore = 1,
                        "demo/zeros," + RecordHash.of(text("0")) + ","),
                lie(
                        "more content than announced",
                        Refusal.SIZE,
                        w -> w.zip.add("demo/zeros", "0").sizeMore = -1,
                        "demo/zeros," + RecordHash.of(text("0")) + ","),
                lie(
                        "a wrong checksum",
                        Refusal.CHECKSUM,
                        w -> w.zip.entry("demo/__init__.py").crcMore = 1),
                lie(
                        "damaged data",
                        Refusal.BROKEN_DATA,
                        w -> w.zip.entry("demo/__init__.py").data = text("\u0007nonsense")),
                lie(
                        "data that goes on after its end",
                        Refusal.BROKEN_DATA,
                        w -> w.zip.entry("demo/__init__.py").data = new byte[] {3, 0, 0, 0, 0}),
                lie(
                        "a bomb",
                        Refusal.TOO_DENSE,
                        w -> w.zip.add("demo/zeros", new byte[100 << 20]),
                        "demo/zeros,sha256=x,"),
                lie(
                        "sizes beyond any disk",
                        Refusal.TOO_LARGE,
                        w -> {
                            for (int i = 0; i < 10; i++) {
                                w.zip.add("demo/huge" + i, "").sizeMore = 0xffff_fffeL;
                            }
                        }),

                // the names
                lie("no name", Refusal.NAME_EMPTY, w -> w.zip.add("", "x")),
                lie(
                        "a name in an unknown code page",
                        Refusal.NAME_ENCODING,
                        w ->
                                w.zip.add("demo/x.py", "")
                                                .named(new byte[] {'d', (byte) 0xe9})
                                                .flags =
                                        0),
                lie(
                        "a name that is not UTF-8",
                        Refusal.NAME_ENCODING,
                        w -> w.zip.add("demo/x.py", "").named(new byte[] {'d', (byte) 0xff, 'x'})),
                lie(
                        "a second name",
                        Refusal.NAME_ALIAS,
                        w ->
                                w.zip.entry("demo/__init__.py").centralExtra =
                                        new byte[] {0x75, 0x70, 1, 0, 1}),
                lie(
                        "a line break in a name",
                        Refusal.NAME_CONTROL,
                        w -> w.zip.add("demo/a\nb.py", "")),
                lie("a NUL in a name", Refusal.NAME_CONTROL, w -> w.zip.add("demo/a.py\0.txt", "")),
                lie(
                        "a path with backslashes",
                        Refusal.NAME_BACKSLASH,
                        w -> w.zip.add("..\\evil.py", "")),
                lie(
                        "an absolute path",
                        Refusal.NAME_ABSOLUTE,
                        w -> w.zip.add("/etc/cron.d/evil", "")),
                lie("a drive", Refusal.NAME_DRIVE, w -> w.zip.add("C:evil.py", "")),
                lie("a way out", Refusal.NAME_ESCAPES, w -> w.zip.add("../evil.py", "")),
                lie(
                        "a way out in the middle",
                        Refusal.NAME_ESCAPES,
                        w -> w.zip.add("demo/../../evil.py", "")),
                lie("a dot in a path", Refusal.NAME_UNCLEAN, w -> w.zip.add("demo/./x.py", "")),
                lie("two slashes", Refusal.NAME_UNCLEAN, w -> w.zip.add("demo//x.py", "")),
                lie(
                        "a name of 300 bytes",
                        Refusal.NAME_LENGTH,
                        w -> w.zip.add("demo/" + "x".repeat(300), "")),
                lie(
                        "a symbolic link",
                        Refusal.NOT_A_FILE,
                        w -> w.zip.add("demo/link", "/etc/passwd").mode = 0120777),
                lie("a device", Refusal.NOT_A_FILE, w -> w.zip.add("demo/null", "").mode = 0020666),
                lie(
                        "the same name twice",
                        Refusal.DUPLICATE,
                        w -> w.zip.add("demo/__init__.py", "evil = 1")),
                lie(
                        "metadata that differ in case",
                        Refusal.SAME_BUT_FOR_CASE,
                        w -> w.zip.add("demo-1.0.dist-info/metadata", "")),
                lie(
                        "names that differ in composition",
                        Refusal.SAME_BUT_FOR_CASE,
                        w -> {
                            w.zip.add("demo-1.0.dist-info/\u00e9", "");
                            w.zip.add("demo-1.0.dist-info/e\u0301", "");
                        }),
                lie(
                        "a file where a folder is",
                        Refusal.FILE_AND_FOLDER,
                        w -> w.zip.add("demo", "")),

                // the wheel
                lie(
                        "another name",
                        Refusal.NO_DIST_INFO,
                        w -> {
                            w.zip.entries.removeIf(e ->
                                    new String(e.name, StandardCharsets.UTF_8)
                                            .contains("dist-info"));
                        }),
                lie(
                        "a second dist-info",
                        Refusal.FOREIGN_DIST_INFO,
                        w -> w.zip.add("victim-1.0.dist-info/METADATA", "")),
                lie(
                        "its own dist-info in another spelling too",
                        Refusal.FOREIGN_DIST_INFO,
                        w -> w.zip.add("Demo-1.0.0.dist-info/METADATA", "")),
                lie(
                        "another's data folder",
                        Refusal.FOREIGN_DATA,
                        w -> w.zip.add("victim-1.0.data/purelib/victim.py", "")),
                lie(
                        "an unknown data folder",
                        Refusal.DATA_SCHEME,
                        w -> w.zip.add("demo-1.0.data/etc/passwd", "")),
                arguments(
                        "no metadata",
                        Refusal.NO_METADATA,
                        bare(),
                        (Consumer<WheelBuilder>) RefusalTest::leaveRecordAlone),

                // its RECORD
                lie(
                        "no RECORD",
                        Refusal.NO_RECORD,
                        w -> w.zip.entries.remove(w.zip.entry("demo-1.0.dist-info/RECORD"))),
                lie(
                        "a file that RECORD does not list",
                        Refusal.NOT_IN_RECORD,
                        w -> w.zip.add("demo/evil.py", "")),
                lie("a RECORD that is not one", Refusal.RECORD_SYNTAX, _ -> {}, "\"demo/x.py,"),
                lie(
                        "a file twice in RECORD",
                        Refusal.RECORD_TWICE,
                        _ -> {},
                        "demo/__init__.py,sha256=x,1"),
                lie(
                        "a file in RECORD alone",
                        Refusal.ONLY_IN_RECORD,
                        _ -> {},
                        "demo/ghost.py,sha256=x,1"),
                lie(
                        "no hash",
                        Refusal.RECORD_NO_HASH,
                        w -> w.zip.add("demo/x.py", ""),
                        "demo/x.py,,"),
                lie(
                        "a weak hash",
                        Refusal.RECORD_WEAK_HASH,
                        w -> w.zip.add("demo/x.py", ""),
                        "demo/x.py,md5=1B2M2Y8AsgTpgAmY7PhCfg,0"),
                lie(
                        "a wrong hash",
                        Refusal.RECORD_HASH,
                        w -> w.zip.add("demo/x.py", "evil"),
                        "demo/x.py," + RecordHash.of(text("good")) + ",4"),
                lie(
                        "a wrong size",
                        Refusal.RECORD_SIZE,
                        w -> w.zip.add("demo/x.py", "good"),
                        "demo/x.py," + RecordHash.of(text("good")) + ",5"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void refuses(String what, Refusal refusal, WheelBuilder wheel, Consumer<WheelBuilder> lie)
            throws IOException {
        refuse(refusal, wheel.write(folder, lie));
    }

    private void refuse(Refusal refusal, Path file) throws IOException {
        Path store = folder.resolve("store");
        var refused =
                catchThrowableOfType(RefusedWheelException.class, () -> new Store(store).add(file));
        assertThat(refused).isNotNull();
        assertThat(refused.refusal()).as(refused.getMessage()).isEqualTo(refusal);
        assertThat(refused).hasMessageStartingWith(file.getFileName() + " was refused: ");
        try (Stream<Path> left = Files.walk(store)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void refusesWhatTheFileNameContradicts() throws IOException {
        var metadataOfAnother =
                WheelBuilder.demo().metadata("Metadata-Version: 2.1\nName: victim\nVersion: 1.0\n");
        refuse(Refusal.NAME_DIFFERS, metadataOfAnother.write(folder));
        var anotherVersion =
                WheelBuilder.demo().metadata("Metadata-Version: 2.1\nName: demo\nVersion: 1.1\n");
        refuse(Refusal.VERSION_DIFFERS, anotherVersion.write(folder));
        refuse(
                Refusal.FOREIGN_DIST_INFO,
                WheelBuilder.demo().fileName("victim-1.0-py3-none-any.whl").write(folder));
        refuse(
                Refusal.FOREIGN_DIST_INFO,
                WheelBuilder.demo().fileName("demo-2.0-py3-none-any.whl").write(folder));
        refuse(Refusal.FILE_NAME, WheelBuilder.demo().fileName("demo.whl").write(folder));
    }

    @Test
    void refusesANewerFormat() throws IOException {
        refuse(
                Refusal.WHEEL_VERSION,
                WheelBuilder.demo()
                        .wheel("Wheel-Version: 2.0\nRoot-Is-Purelib: true\n")
                        .write(folder));
        refuse(
                Refusal.METADATA_SYNTAX,
                WheelBuilder.demo().wheel("Root-Is-Purelib: true\n").write(folder));
    }

    @Test
    void refusesAnArchiveWithTooManyEntries() {
        assertThat(Archive.ENTRY_CAP).isGreaterThan(100_000);
        assertThatThrownBy(
                        () -> {
                            var zip = new ZipBytes();
                            for (int i = 0; i <= Archive.ENTRY_CAP; i++) {
                                zip.add(Integer.toString(i, 36), new byte[0]).method =
                                        ArchiveMember.STORED;
                            }
                            zip.zip64 = true;
                            Archive.open(
                                            Files.write(
                                                    folder.resolve("many-1.0-py3-none-any.whl"),
                                                    zip.write()))
                                    .close();
                        })
                .isInstanceOfSatisfying(
                        RefusedWheelException.class,
                        e -> assertThat(e.refusal()).isEqualTo(Refusal.TOO_MANY_FILES));
    }

    /**
     * These are found when a wheel is to be installed, in {@link InstallPlannerTest}; OVERLAP
     * below.
     */
    @Test
    void everyRefusalHasItsCase() {
        Set<Refusal> tested =
                lies().map(arguments -> (Refusal) arguments.get()[1])
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Refusal.class)));
        tested.addAll(
                List.of(
                        Refusal.NAME_DIFFERS,
                        Refusal.VERSION_DIFFERS,
                        Refusal.FILE_NAME,
                        Refusal.WHEEL_VERSION,
                        Refusal.METADATA_SYNTAX,
                        Refusal.METADATA_BESIDE,
                        Refusal.TOO_MANY_FILES,
                        Refusal.TEXT_TOO_LARGE,
                        Refusal.OVERLAP,
                        Refusal.RESERVED_PATH,
                        Refusal.METADATA_BY_DATA,
                        Refusal.SHADOWS_LIBRARY,
                        Refusal.ENTRY_POINT));
        assertThat(tested).containsExactlyInAnyOrder(Refusal.values());
    }

    /** Whatever a single damaged byte does, it never makes other content out of a wheel. */
    @Test
    void noByteCanBeChangedUnnoticed() throws IOException {
        Path good = WheelBuilder.demo().write(folder);
        byte[] bytes = Files.readAllBytes(good);
        List<String> content = content(new Store(folder.resolve("good")).add(good));
        Path damaged =
                Files.createDirectories(folder.resolve("damaged")).resolve(good.getFileName());
        for (int at = 0; at < bytes.length; at++) {
            byte[] other = bytes.clone();
            other[at] ^= (byte) (1 << at % 8);
            Files.write(damaged, other);
            Store flipped = new Store(folder.resolve("flipped" + at));
            try {
                assertThat(content(flipped.add(damaged))).as("byte %d", at).isEqualTo(content);
            } catch (RefusedWheelException _) {
                // noticed
            }
        }
    }

    private static List<String> content(StoredWheel wheel) throws IOException {
        List<String> content = new ArrayList<>();
        for (StoredFile file : wheel.files()) {
            content.add(file.path() + " " + RecordHash.of(Files.readAllBytes(file.place())));
        }
        return content;
    }

    @Test
    void refusesEntriesThatShareTheirBytes() throws IOException {
        Path file = WheelBuilder.demo().write(folder);
        byte[] bytes = Files.readAllBytes(file);
        // the second entry of the directory is made to point to the header of the first
        int second =
                indexOf(
                        bytes,
                        new byte[] {'P', 'K', 1, 2},
                        indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 0) + 4);
        for (int i = 0; i < 4; i++) {
            bytes[second + 42 + i] = 0;
        }
        refuse(Refusal.OVERLAP, Files.write(file, bytes));
    }

    private static int indexOf(byte[] bytes, byte[] sought, int from) {
        for (int i = from; ; i++) {
            if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
    }

    private static Arguments lie(String what, Refusal refusal, Consumer<WheelBuilder> lie) {
        return arguments(what, refusal, WheelBuilder.demo(), lie);
    }

    private static Arguments lie(
            String what, Refusal refusal, Consumer<WheelBuilder> lie, String recordLine) {
        return arguments(what, refusal, WheelBuilder.demo().record(recordLine), lie);
    }

    private static WheelBuilder bare() {
        return new WheelBuilder("demo", "1.0");
    }

    private static void leaveRecordAlone(WheelBuilder wheel) {
        wheel.zip.entries.clear();
        wheel.zip.add("demo-1.0.dist-info/RECORD", "demo-1.0.dist-info/RECORD,,\n");
    }

    private static byte[] other() {
        var zip = new ZipBytes();
        zip.add("evil.py", "evil = 1");
        return zip.write();
    }

    /** A ZIP64 field of so many bytes. */
    private static byte[] wide(int bytes) {
        byte[] field = new byte[4 + bytes];
        field[0] = 1;
        field[2] = (byte) bytes;
        return field;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
