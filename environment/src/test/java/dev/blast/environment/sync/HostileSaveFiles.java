package dev.blast.environment.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Files that are no saves, or say of themselves what is not so: a row each. */
final class HostileSaveFiles {
    private HostileSaveFiles() {}

    static Arguments it(String what, String sentence, Consumer<SaveBuilder> change) {
        return Arguments.of(what, change, sentence);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** A frame that every reader of zstd passes over. */
    private static final byte[] SKIPPED = bytes(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 'h', 'i');

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

    static String file(String path) {
        return "{\"path\":\""
                + path
                + "\",\"type\":\"file\",\"mode\":\"644\",\"modified\":0,\"sha256\":\"%s\",\"size\":%d}";
    }

    static String hexOf(String text) {
        return SaveBuilder.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
