package dev.blast.environment.sync;

import static dev.blast.environment.sync.HostileSaveFiles.bytes;
import static dev.blast.environment.sync.HostileSaveFiles.file;
import static dev.blast.environment.sync.HostileSaveFiles.hexOf;
import static dev.blast.environment.sync.HostileSaveFiles.it;

import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Saves whose files are none that a package may bring: a row each. */
final class HostileSavedPackages {
    private HostileSavedPackages() {}

    private static final String WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n";

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
}
