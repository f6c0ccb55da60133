package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.change.Disk;
import dev.blast.environment.interpreter.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody could give one to load, each wrong in one way. */
class HostileSavesTest {
    @TempDir static Path folder;
    private static SyncBench bench;
    private static Interpreter interpreter;

    @BeforeAll
    static void setUp() throws Exception {
        bench = new SyncBench(folder);
        interpreter = bench.anyInterpreter();
    }

    /** JUnit warns about every link that leads out of its folder. */
    @AfterAll
    static void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private static Arguments it(String what, String sentence, Consumer<SaveBuilder> change) {
        return Arguments.of(what, change, sentence);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** A frame that every reader of zstd passes over. */
    private static final byte[] SKIPPED = bytes(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 'h', 'i');

    private static final String WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n";

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] other = bytes.clone();
        other[at] = (byte) value;
        return other;
    }

    private static List<SaveBuilder.Member> with(
            List<SaveBuilder.Member> members, int at, SaveBuilder.Member member) {
        var other = new ArrayList<SaveBuilder.Member>(members);
        other.set(at, member);
        return other;
    }

    private static List<SaveBuilder.Member> and(
            List<SaveBuilder.Member> members, int at, SaveBuilder.Member member) {
        var other = new ArrayList<SaveBuilder.Member>(members);
        other.add(at, member);
        return other;
    }

    private static List<SaveBuilder.Member> without(List<SaveBuilder.Member> members, int at) {
        var other = new ArrayList<SaveBuilder.Member>(members);
        other.remove(at);
        return other;
    }

    static Stream<Arguments> packings() {
        return Stream.of(
                it(
                        "another format",
                        "it is no save: it does not begin as one",
                        b -> b.packed(it -> "PK\3\4 and more".getBytes(StandardCharsets.UTF_8))),
                it(
                        "nothing",
                        "it is no save: it does not begin as one",
                        b -> b.packed(_ -> new byte[0])),
                it("cut off", "it is cut off", b -> b.packed(it -> Arrays.copyOf(it, 200))),
                it(
                        "bytes behind it",
                        "3 bytes follow its end",
                        b -> b.packed(it -> SaveBuilder.joined(it, bytes(1, 2, 3)))),
                it(
                        "a second frame",
                        "bytes follow its end",
                        b -> b.packed(it -> SaveBuilder.joined(it, SaveBuilder.zstd(bytes(1, 2))))),
                it(
                        "a frame to be skipped before it",
                        "it is no save: it does not begin as one",
                        b -> b.packed(it -> SaveBuilder.joined(SKIPPED, it))),
                it(
                        "a frame to be skipped behind it",
                        "10 bytes follow its end",
                        b -> b.packed(it -> SaveBuilder.joined(it, SKIPPED))),
                it(
                        "much memory",
                        "unpacking it would take more than 8 MiB of memory",
                        b -> b.packed(it -> with(it, 5, 14 << 3))),
                it(
                        "a dictionary",
                        "it cannot be unpacked without a dictionary",
                        b -> b.packed(it -> with(it, 4, it[4] | 1))),
                it(
                        "a block of no kind",
                        "it is damaged at byte",
                        b -> b.packed(it -> with(it, 6, it[6] | 6))),
                it(
                        "a flipped bit",
                        "it is damaged: ",
                        b -> b.packed(it -> with(it, it.length - 1, it[it.length - 1] ^ 1))));
    }

    static Stream<Arguments> members() {
        return Stream.of(
                it(
                        "no manifest first",
                        "is there where 'manifest.json' has to be",
                        b -> b.members(it -> without(it, 0))),
                it(
                        "a symbolic link",
                        "in it is a link",
                        b -> b.members(it -> with(it, 1, it.get(1).as('2')))),
                it(
                        "a hard link",
                        "in it is a link",
                        b -> b.members(it -> with(it, 1, it.get(1).as('1')))),
                it(
                        "a device",
                        "in it is a device",
                        b -> b.members(it -> with(it, 1, it.get(1).as('3')))),
                it(
                        "a pipe",
                        "in it is a named pipe",
                        b -> b.members(it -> with(it, 1, it.get(1).as('6')))),
                it(
                        "a folder",
                        "in it is a folder",
                        b -> b.members(it -> with(it, 1, it.get(1).as('5')))),
                it(
                        "another name in a header before it",
                        "in it is a header for other members",
                        b ->
                                b.members(it ->
                                        and(
                                                it,
                                                1,
                                                SaveBuilder.Member.of(
                                                                "pax", "22 path=../../escaped\n")
                                                        .as('x')))),
                it(
                        "a long name in a header before it",
                        "in it is a header for other members",
                        b ->
                                b.members(it ->
                                        and(
                                                it,
                                                1,
                                                SaveBuilder.Member.of(
                                                                "././@LongLink", "../escaped\0")
                                                        .as('L')))),
                it(
                        "a sparse file",
                        "in it is no ordinary file",
                        b -> b.members(it -> with(it, 1, it.get(1).as('S')))),
                it(
                        "a way out",
                        "'../../escaped' is there where 'contents/",
                        b -> b.members(it -> with(it, 1, it.get(1).called("../../escaped")))),
                it(
                        "an absolute name",
                        "'/tmp/escaped' is there where 'contents/",
                        b -> b.members(it -> with(it, 1, it.get(1).called("/tmp/escaped")))),
                it(
                        "one twice",
                        "' is there where 'contents/",
                        b -> b.members(it -> and(it, 1, it.get(1)))),
                it(
                        "one missing",
                        "it ends before 'contents/",
                        b -> b.members(it -> without(it, it.size() - 1))),
                it(
                        "one that nobody names",
                        "it holds more than its manifest names",
                        b ->
                                b.members(it ->
                                        and(
                                                it,
                                                it.size(),
                                                SaveBuilder.Member.of("contents/more", "x")))),
                it(
                        "another order",
                        "' is there where 'contents/",
                        b -> b.members(it -> and(without(it, 1), 2, it.get(1)))),
                it(
                        "another content of that length",
                        "' does not have its hash",
                        b ->
                                b.members(it ->
                                        with(
                                                it,
                                                1,
                                                SaveBuilder.Member.of(
                                                        it.get(1).name(),
                                                        "x"
                                                                .repeat(
                                                                        it.get(1)
                                                                                .content()
                                                                                .length()))))),
                it(
                        "a longer content",
                        "' has not the size that its manifest says",
                        b ->
                                b.members(it ->
                                        with(
                                                it,
                                                1,
                                                SaveBuilder.Member.of(
                                                        it.get(1).name(),
                                                        it.get(1).content() + "x")))),
                it(
                        "an owner's rights",
                        "' is not as Blast writes it",
                        b ->
                                b.members(it ->
                                        with(
                                                it,
                                                1,
                                                new SaveBuilder.Member(
                                                        it.get(1).name(),
                                                        '0',
                                                        it.get(1).sizeBytes(),
                                                        04755,
                                                        it.get(1).content())))),
                it(
                        "bytes in the padding",
                        "something stands between its members",
                        b -> b.tar(it -> with(it, it.length - 1025, 'x'))),
                it(
                        "bytes behind the end",
                        "something follows its last member",
                        b -> b.tar(it -> SaveBuilder.joined(it, new byte[512]))),
                it(
                        "no end",
                        "it ends in the middle of a header",
                        b -> b.tar(it -> Arrays.copyOf(it, it.length - 600))),
                it(
                        "an end in a member",
                        "it ends in the middle of '",
                        b -> b.tar(it -> Arrays.copyOf(it, it.length - 1024 - 512))),
                it(
                        "an endless manifest",
                        "its manifest is larger than 64 MiB",
                        b ->
                                b.members(it ->
                                        with(
                                                it,
                                                0,
                                                new SaveBuilder.Member(
                                                        "manifest.json",
                                                        '0',
                                                        8L << 30 >> 1,
                                                        0644,
                                                        "{}")))));
    }

    static Stream<Arguments> manifests() {
        return Stream.of(
                it("no JSON", "its manifest is no JSON", b -> b.edit(_ -> "no manifest")),
                it("a list", "its manifest is no JSON object", b -> b.edit(_ -> "[]")),
                it(
                        "an unknown field",
                        "its manifest has a field 'run'",
                        b -> b.replace("{\"schema\"", "{\"run\":\"rm -rf ~\",\"schema\"")),
                it(
                        "a field twice",
                        "Duplicate field 'name'",
                        b -> b.replace("\"name\":", "\"name\":\"other\",\"name\":")),
                it(
                        "another format",
                        "it is in the format 'blast.save/2'",
                        b -> b.replace("blast.save/1", "blast.save/2")),
                it(
                        "more behind it",
                        "something follows the end of its manifest",
                        b -> b.edit(it -> it + "{}")),
                it(
                        "deep nesting",
                        "'command' in its manifest is of another kind",
                        b -> b.replace("\"blast save good\"", "[".repeat(5000) + "]".repeat(5000))),
                it(
                        "a number beyond all",
                        "its manifest is no JSON that can be read",
                        b -> b.replace("\"size\":14", "\"size\":99999999999999999999")),
                it(
                        "a size below nothing",
                        "has a size below nothing",
                        b -> b.replace("\"size\":14", "\"size\":-14")),
                it(
                        "another tree than it says",
                        "its tree has not the hash that it says",
                        b -> b.replace("\"mode\":\"644\"", "\"mode\":\"755\"")),
                it(
                        "no name",
                        "its manifest is wrong: '../../up' is no name of a save",
                        b -> b.replace("\"name\":\"good\"", "\"name\":\"../../up\"")),
                it(
                        "no absolute root",
                        "its root 'elsewhere' is no absolute path",
                        b -> b.replace("/elsewhere/.venv", "elsewhere")),
                it(
                        "a root that no file has",
                        "is no absolute path",
                        b -> b.replace("/elsewhere/.venv", "/else\\ud800where")),
                it(
                        "what Blast would believe",
                        "its manifest says what Blast believes",
                        b ->
                                b.replace(
                                        "\"treeHash\"",
                                        "\"applied\":\"format applied-1\",\"treeHash\"")),
                it(
                        "a bomb",
                        "it grows by a factor of more than 200: a decompression bomb",
                        b -> {
                            b.put("zeros.py", "\0".repeat(80 << 20));
                        }),
                it(
                        "more than a disk holds",
                        "unpacked it would be larger than 32 GiB",
                        b -> many(b, 5)),
                it(
                        "two sizes of one content",
                        "has two sizes by its manifest",
                        b ->
                                b.entry(
                                        file(b.site + "other.py")
                                                .formatted(hexOf("VERSION = '1'\n"), 15))),
                it(
                        "a weak hash",
                        "the hash of '",
                        b ->
                                b.entry(
                                        file(b.site + "other.py")
                                                .formatted("d41d8cd98f00b204e9800998ecf8427e", 0))),
                it(
                        "a package of no name",
                        "a package in its manifest is none",
                        b -> b.replace("[{\"name\":\"good\"", "[{\"name\":\"../good\"")),
                it(
                        "a package that is not there",
                        "its manifest names pip 99, which is not among its packages",
                        b -> b.named.add("pip 99")),
                it(
                        "a package that it does not name",
                        "it holds good 1, which its manifest does not name",
                        b -> b.named.clear()));
    }

    private static void many(SaveBuilder b, int count) {
        for (int i = 0; i < count; i++) {
            b.entry(
                    file(b.site + "large%d.py".formatted(i))
                            .formatted("%064x".formatted(i), (8L << 30) - 1));
        }
    }

    private static String file(String path) {
        return "{\"path\":\""
                + path
                + "\",\"type\":\"file\",\"mode\":\"644\",\"modified\":0,\"sha256\":\"%s\",\"size\":%d}";
    }

    private static String hexOf(String text) {
        return SaveBuilder.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String empty(String path) {
        return file(path).formatted(hexOf(""), 0);
    }

    private static String link(String path, String target) {
        return "{\"path\":\"%s\",\"type\":\"link\",\"modified\":0,\"target\":\"%s\"}"
                .formatted(path, target);
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                it(
                        "an absolute path",
                        "'/etc/cron.d/x' is an absolute path",
                        b -> b.entry(empty("/etc/cron.d/x"))),
                it(
                        "a way out",
                        "'lib/../../escaped' leads out of the environment",
                        b -> b.entry(empty("lib/../../escaped"))),
                it("a dot", "is not a plain path", b -> b.entry(empty("lib/./x"))),
                it("an empty part", "is not a plain path", b -> b.entry(empty("lib//x"))),
                it("no name", "a file in it has an empty name", b -> b.entry(empty(""))),
                it(
                        "a path twice",
                        "good.py' is there twice",
                        b -> b.entry(empty(b.site + "good.py"))),
                it(
                        "what no file is called",
                        "is a name that no file can have",
                        b -> b.entry(empty("lib/\\u0000x"))),
                it(
                        "half a character",
                        "is a name that no file can have",
                        b -> b.entry(empty("lib/\\ud800"))),
                it(
                        "a line of its own on a terminal",
                        "a name holds control characters",
                        b -> b.put("x\u001b[2J.py", "")),
                it("a backslash", "a name holds a backslash", b -> b.put("a\\b.py", "")),
                it("a long name", "a name in it is too long", b -> b.entry(empty("n".repeat(300)))),
                it(
                        "what Blast keeps",
                        "'.blast/applied' is where Blast keeps what it believes",
                        b -> b.entry(empty(".blast/applied"))),
                it(
                        "below a link",
                        "lies in 'lib64', which is no folder",
                        b -> b.entry(link("lib64", "/etc")).entry(empty("lib64/passwd"))),
                it("below a file", "which is no folder", b -> b.entry(empty(b.site + "good.py/x"))),
                it(
                        "another's rights",
                        "would run with another's rights",
                        b -> b.modes.put(b.site + "good.py", "4755")),
                it(
                        "no number for rights",
                        "the permissions of '",
                        b -> b.entry(empty("lib/x").replace("\"644\"", "\"rwx\""))),
                it(
                        "a file that nobody can read",
                        "could not be read: its permissions are 0",
                        b -> b.modes.put(b.site + "good.py", "0")),
                it(
                        "a device",
                        "is neither file, link nor folder, but device",
                        b -> b.entry(empty("lib/x").replace("\"file\"", "\"device\""))),
                it(
                        "a link out",
                        "'share/passwd' is a link; packages bring files alone",
                        b -> b.entry(link("share/passwd", "/etc/passwd"))),
                it(
                        "a link within",
                        "is a link; packages bring files alone",
                        b -> b.entry(link(b.site + "other.py", "good.py"))),
                it("a link to nowhere", "is a link to nowhere", b -> b.entry(link("lib64", ""))),
                it(
                        "an empty folder",
                        "'share/x' is a folder with nothing in it",
                        b ->
                                b.entry(
                                        "{\"path\":\"share/x\",\"type\":\"folder\",\"mode\":\"755\"}")),
                it(
                        "an interpreter",
                        "'bin/python' would be an interpreter",
                        b -> b.loose("bin/python", "#!/bin/sh\n")),
                it(
                        "an interpreter of another name",
                        "'bin/python3.99' would be an interpreter",
                        b -> b.loose("bin/python3.99", "#!/bin/sh\n")));
    }

    static Stream<Arguments> packages() {
        String info = SaveBuilder.INFO;
        return Stream.of(
                it(
                        "a file of no package",
                        "loose.py' belongs to no package: no RECORD lists it",
                        b -> b.loose(b.site + "loose.py", "")),
                it(
                        "a file beside the venv",
                        "'evil.txt' is a place of the environment itself",
                        b -> b.at("evil.txt", "x")),
                it(
                        "bytecode",
                        "is bytecode, which Python makes itself",
                        b -> b.put("__pycache__/good.cpython-312.pyc", "x")),
                it(
                        "another hash in RECORD",
                        "good.py' does not have the hash that its RECORD says",
                        b -> b.record(b.site + "good.py", "sha256=" + "A".repeat(43) + ",14")),
                it(
                        "a hash of MD5 in RECORD",
                        "its RECORD has no SHA-2 hash for",
                        b -> b.record(b.site + "good.py", "md5=xyz,14")),
                it(
                        "no hash in RECORD",
                        "its RECORD has no hash for",
                        b -> b.record(b.site + "good.py", ",")),
                it(
                        "another size in RECORD",
                        "good.py' does not have the size that its RECORD says",
                        b ->
                                b.record(
                                        b.site + "good.py",
                                        "sha256=%s,15"
                                                .formatted(
                                                        Base64.getUrlEncoder()
                                                                .withoutPadding()
                                                                .encodeToString(
                                                                        HexFormat.of()
                                                                                .parseHex(
                                                                                        hexOf(
                                                                                                "VERSION = '1'\n")))))),
                it(
                        "a path file that fills the memory",
                        "long.pth' is larger than any of its kind",
                        b -> b.put("long.pth", "#".repeat(17 << 20))),
                it(
                        "another hash of SHA-512 in RECORD",
                        "good.py' does not have the hash that its RECORD says",
                        b -> b.record(b.site + "good.py", "sha512=" + "A".repeat(86) + ",14")),
                it(
                        "what is not there in RECORD",
                        "its RECORD lists '",
                        b -> b.record(b.site + "gone.py", "sha256=x,1")),
                it(
                        "what is elsewhere in RECORD",
                        "which is no file of the environment",
                        b -> b.record("../../../etc/passwd", "sha256=x,1")),
                it(
                        "an absolute path in RECORD",
                        "lists '/etc/passwd', which is no file of the environment",
                        b -> b.record(b.site + "/etc/passwd", "sha256=x,1")),
                it(
                        "a line twice in RECORD",
                        "its RECORD lists 'good.py' twice",
                        b -> b.record(b.site + "good.py", "sha256=x,1\ngood.py,sha256=x,1")),
                it(
                        "a RECORD that is none",
                        "its RECORD cannot be read",
                        b -> b.put(info + "RECORD", "no,record\n")),
                it(
                        "metadata in no RECORD",
                        "entry_points.txt' is not in its RECORD",
                        b -> b.loose(b.site + info + "entry_points.txt", "")),
                it(
                        "metadata of another name",
                        "its METADATA names another project: bad 1",
                        b ->
                                b.put(
                                        info + "METADATA",
                                        "Metadata-Version: 2.1\nName: bad\nVersion: 1\n")),
                it(
                        "metadata that are none",
                        "METADATA cannot be read",
                        b -> b.put(info + "METADATA", "nothing")),
                it(
                        "no metadata",
                        "METADATA' is missing",
                        b -> b.files.remove(b.site + info + "METADATA")),
                it("no WHEEL", "WHEEL' is missing", b -> b.files.remove(b.site + info + "WHEEL")),
                it(
                        "a newer WHEEL",
                        "WHEEL cannot be read",
                        b -> b.put(info + "WHEEL", "Wheel-Version: 9.0\nRoot-Is-Purelib: true\n")),
                it(
                        "metadata that are no text",
                        "METADATA' is not UTF-8",
                        b -> b.files.put(b.site + info + "METADATA", bytes(0xff, 0xfe))),
                it(
                        "a description of another",
                        "good 1: 'lib/",
                        b ->
                                b.put(
                                                "bad-2.dist-info/METADATA",
                                                "Metadata-Version: 2.1\nName: bad\nVersion: 2\n")
                                        .put("bad-2.dist-info/WHEEL", WHEEL)
                                        .put(
                                                "bad-2.dist-info/RECORD",
                                                record("bad-2.dist-info/", "bad", "2"))),
                it(
                        "a description of another kind",
                        "is the metadata of something else",
                        b -> b.put("bad.egg-info/PKG-INFO", "Name: bad\nVersion: 1\n")),
                it(
                        "a link to an egg",
                        "is the metadata of something else",
                        b -> b.put("bad.egg-link", "/home/somebody/bad\n")),
                it(
                        "a package twice",
                        "good is there twice",
                        b ->
                                b.loose(
                                                b.site + "Good-1.dist-info/METADATA",
                                                "Metadata-Version: 2.1\nName: good\nVersion: 1\n")
                                        .loose(b.site + "Good-1.dist-info/WHEEL", WHEEL)
                                        .loose(
                                                b.site + "Good-1.dist-info/RECORD",
                                                record("Good-1.dist-info/", "good", "1"))),
                it(
                        "what configures pip",
                        "'bin/pip.conf' is a place of the environment itself",
                        b -> b.at("bin/pip.conf", "[global]\nindex-url = https://evil.example\n")),
                it(
                        "what stands for Blast",
                        "'bin/blast' is a place of the environment itself",
                        b -> b.at("bin/blast", "#!/bin/sh\n")),
                it(
                        "what stands for a module of Python",
                        "'bin/json.py'",
                        b -> b.at("bin/json.py", "")),
                it(
                        "a state of git",
                        "is a place of the environment itself",
                        b -> b.put(".git/config", "")),
                it(
                        "an interpreter's library",
                        "is a place of the environment itself",
                        b -> b.at("lib/libpython3.so", "")),
                it(
                        "what is read from elsewhere",
                        "good 1 is installed editable",
                        b ->
                                b.put(
                                        info + "direct_url.json",
                                        "{\"url\":\"file:///home/x\",\"dir_info\":{\"editable\":true}}")),
                it(
                        "an origin that is none",
                        "the direct_url.json of good 1 cannot be read",
                        b -> b.put(info + "direct_url.json", "[")));
    }

    private static String record(String info, String name, String version) {
        String metadata = "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version);
        return line(info + "METADATA", metadata)
                + line(info + "WHEEL", WHEEL)
                + info
                + "RECORD,,\n";
    }

    private static String line(String path, String text) {
        return "%s,sha256=%s,%d\n"
                .formatted(
                        path,
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(HexFormat.of().parseHex(hexOf(text))),
                        text.length());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"packings", "members", "manifests", "paths", "packages"})
    void isRefusedByNameAndNothingIsWritten(
            String what, Consumer<SaveBuilder> change, String sentence) throws Exception {
        var builder = new SaveBuilder(interpreter);
        change.accept(builder);
        Path file = Files.write(folder.resolve("given.blast"), builder.bytes());
        Map<String, String> before = outside();
        assertThatThrownBy(() -> bench.load(file))
                .as(what)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("given.blast is refused: ")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("\nnothing has been changed");
        assertThat(outside()).isEqualTo(before);
        assertThat(kept()).isEmpty();
    }

    static Stream<Arguments> hooks() {
        return Stream.of(
                it(
                        "code in a .pth file",
                        "evil.pth of good 1",
                        b -> b.put("evil.pth", "import os; os.system('id')\n")),
                it(
                        "a folder elsewhere in a .pth file",
                        "evil.pth of good 1",
                        b -> b.put("evil.pth", "/tmp/evil\n")),
                it("a .start file", "evil.start of good 1", b -> b.put("evil.start", "good:f\n")),
                it(
                        "sitecustomize",
                        "sitecustomize.py of good 1",
                        b -> b.put("sitecustomize.py", "")),
                it(
                        "sitecustomize as a package",
                        "sitecustomize/__init__.py of good 1",
                        b -> b.put("sitecustomize/__init__.py", "")),
                it(
                        "usercustomize",
                        "usercustomize.py of good 1",
                        b -> b.put("usercustomize.py", "")),
                it(
                        "sitecustomize in a folder that a .pth file adds",
                        "sub/sitecustomize.py of good 1",
                        b -> b.put("add.pth", "sub\n").put("sub/sitecustomize.py", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hooks")
    void whatWouldRunAtEveryStartIsRefusedWhereNoRuleAllowsIt(
            String what, Consumer<SaveBuilder> change, String hook) throws Exception {
        var builder = new SaveBuilder(interpreter);
        change.accept(builder);
        Path file = Files.write(folder.resolve("given.blast"), builder.bytes());
        assertThat(bench.load(file))
                .as(what)
                .isInstanceOfSatisfying(
                        Reviving.Answer.Refused.class,
                        it ->
                                assertThat(it.refusals())
                                        .extracting(SyncResult.Refusal::what)
                                        .contains(hook + ", which Python reads at every start"));
        assertThat(bench.environment().root()).doesNotExist();
        assertThat(kept()).isEmpty();
    }

    @Test
    void withoutAFaultItIsLoaded() throws Exception {
        var builder = new SaveBuilder(interpreter).at("bin/good", "#!/bin/sh\necho good\n");
        builder.modes.put("bin/good", "755");
        Path file = Files.write(folder.resolve("good.blast"), builder.bytes());
        assertThat(bench.load(file)).isInstanceOf(Reviving.Answer.Done.class);
        assertThat(bench.python("import good; print(good.VERSION)")).isEqualTo("1");
        assertThat(bench.environment().root().resolve("bin/good")).isExecutable();
        removeAll();
    }

    @Test
    void whatWasBuiltForAnotherPlatformOrPythonIsNamed() throws Exception {
        var builder =
                new SaveBuilder(interpreter)
                        .put(
                                SaveBuilder.INFO + "WHEEL",
                                "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp312-cp312-win_amd64\n");
        Path file = Files.write(folder.resolve("windows.blast"), builder.bytes());
        assertThat(bench.load(file))
                .isInstanceOfSatisfying(
                        Reviving.Answer.Elsewhere.class,
                        it -> assertThat(it.packages()).containsExactly("good 1"));
        file =
                Files.write(
                        folder.resolve("old.blast"),
                        new SaveBuilder(interpreter)
                                .replace(
                                        "\"version\":\"%s\"".formatted(interpreter.version()),
                                        "\"version\":\"2.6.9\"")
                                .bytes());
        assertThat(bench.load(file)).isInstanceOf(Reviving.Answer.NoInterpreter.class);
        assertThat(
                        bench.reviving(Disk.real())
                                .file(
                                        file,
                                        bench.loading(
                                                Optional.of(interpreter.executable().toString()),
                                                false)))
                .isInstanceOfSatisfying(
                        Reviving.Answer.Elsewhere.class, it -> assertThat(it.packages()).isEmpty());
        assertThat(bench.environment().root()).doesNotExist();
        assertThat(kept()).isEmpty();
    }

    /** Others could write a program into it. */
    @Test
    void nobodyMayDoMoreWithItThanWithAFileThatIsMadeHereAndNoneIsFromTheFuture() throws Exception {
        var builder = new SaveBuilder(interpreter);
        builder.modes.put(builder.site + "good.py", "777");
        builder.modified = 4_000_000_000_000_000_000L;
        Path file = Files.write(folder.resolve("open.blast"), builder.bytes());
        assertThat(bench.load(file)).isInstanceOf(Reviving.Answer.Done.class);
        Path good = bench.sitePackages().resolve("good.py");
        Path made = Files.createDirectory(folder.resolve("made here"));
        assertThat(Files.getLastModifiedTime(good)).isLessThan(Files.getLastModifiedTime(made));
        assertThat(Files.getPosixFilePermissions(good))
                .isEqualTo(Files.getPosixFilePermissions(made));
        Files.delete(made);
        removeAll();
    }

    /** Whatever is changed in a file, it is refused or loads what was in it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsChangedItIsRefusedOrLoadedAsItWas(long seed) throws Exception {
        byte[] tar = new SaveBuilder(interpreter).unpacked();
        byte[] whole = SaveBuilder.zstd(tar);
        var random = new Random(20261130 + seed);
        int loaded = 0;
        for (int i = 0; i < 150; i++) {
            boolean isPacked = random.nextBoolean();
            byte[] changed = (isPacked ? whole : tar).clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(8)));
            Path file =
                    Files.write(
                            folder.resolve("changed.blast"),
                            isPacked ? changed : SaveBuilder.zstd(changed));
            try {
                Reviving.Answer answer = bench.load(file);
                if (answer instanceof Reviving.Answer.Done) {
                    loaded++;
                    assertThat(bench.sitePackages().resolve("good.py"))
                            .as("seed %d, change %d at %d", seed, i, at)
                            .hasContent("VERSION = '1'");
                    removeAll();
                }
            } catch (EnvironmentException e) {
                assertThat(e)
                        .as("seed %d, change %d at %d", seed, i, at)
                        .hasMessageContaining(" is refused: ");
                assertThat(bench.environment().root()).doesNotExist();
            }
        }
        assertThat(loaded).isLessThan(75);
        Files.delete(folder.resolve("changed.blast"));
    }

    private static void removeAll() throws Exception {
        Trees.delete(bench.environment().root());
        Trees.delete(bench.dossier().folder());
        Trees.delete(bench.store().directory());
        Files.deleteIfExists(bench.environment().lockFile());
    }

    /** All there is, but what Blast keeps to itself. */
    private static Map<String, String> outside() throws IOException {
        var tree = new TreeMap<String, String>();
        Path own = bench.directories().data();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(it -> !it.startsWith(own) && !own.startsWith(it))
                    .forEach(it -> tree.put(it.toString(), Files.isDirectory(it) ? "folder" : ""));
        }
        return tree;
    }

    /** What is kept in the store, or was left there. */
    private static List<Path> kept() throws IOException {
        Path store = bench.store().directory();
        if (!Files.exists(store)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(store)) {
            return paths.filter(it ->
                            Files.isRegularFile(it) && !it.getFileName().toString().equals(".use"))
                    .toList();
        }
    }
}
