package dev.blast.index.http;

import dev.blast.packaging.Hashes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What indexes may answer, one idea a line: what comes of the page and of installing from it, how
 * many requests that takes, and whether the page is in the cache afterwards.
 */
class SituationsTest extends Situations {
    private static final String OTHER = "0".repeat(64);

    private void hashes() {
        installs("right hash", file(hashed(sha256(SHA256))));
        installs("right hash in capitals", file(hashed(sha256(SHA256.toUpperCase(Locale.ROOT)))));
        installs("no hash on the page's own server", file(hashed("")));
        installs("a hash of a kind that nobody knows", file(hashed("'crc99': 'x'")));
        installs("right sha512", file(hashed("'sha512': '" + Hashes.hex("sha512", wheel()) + "'")));
        installs(
                "right md5 alone, own server",
                file(hashed("'md5': '" + Hashes.hex("md5", wheel()) + "'")));
        on("wrong hash", file(hashed(sha256(OTHER))), "expected sha256 " + OTHER, 2, true);
        on("wrong md5", file(hashed("'md5': '" + "0".repeat(32) + "'")), "expected md5", 2, true);
        on(
                "right and wrong",
                file(hashed(sha256(SHA256) + ", 'sha512': '" + "0".repeat(128) + "'")),
                "expected sha512",
                2,
                true);
        aside("hash that is none", file(hashed(sha256("xyz"))), "its sha256 is none: 'xyz'");
        aside("short hash", file(hashed(sha256("ab12"))), "its sha256 is none: 'ab12'");
        aside("long hash", file(hashed(sha256(SHA256 + "00"))), "its sha256 is none");
        aside("empty hash", file(hashed(sha256(""))), "its sha256 is none: ''");
        aside(
                "hash with a sign",
                file(hashed(sha256("-" + SHA256.substring(1)))),
                "its sha256 is none");
        aside(
                "broken md5 beside a right one",
                file(hashed(sha256(SHA256) + ", 'md5': 'zz'")),
                "its md5 is none: 'zz'");
        installs("hashes that are a list", file(at("/files/" + NAME) + ", 'hashes': ['x']"));
        aside(
                "twice with other hashes",
                Loopback.json(
                        "{%s'files': [{'filename': '%s', %s}, {'filename': '%s', %s}]}"
                                .formatted(
                                        META,
                                        NAME,
                                        hashed(sha256(SHA256)),
                                        NAME,
                                        hashed(sha256(OTHER)))),
                "it is listed twice, with different hashes");
        installs(
                "twice with the same",
                Loopback.json(
                        "{%s'files': [{'filename': '%s', %s}, {'filename': '%s', %s}]}"
                                .formatted(
                                        META,
                                        NAME,
                                        hashed(sha256(SHA256)),
                                        NAME,
                                        hashed(sha256(SHA256)))));
    }

    private void addresses(Path secret) {
        aside(
                "a file here",
                file(at(secret.toUri().toString()) + ", 'hashes': {" + sha256(SHA256) + "}"),
                "a page from the web does not name files here");
        aside("a file here, one slash", file(at("file:/etc/passwd")), "does not name files here");
        aside(
                "a file here in capitals",
                file(at("FILE:///etc/passwd")),
                "its address is none that can be followed");
        aside("ftp", file(at("ftp://127.0.0.1/x")), "its address is none that can be followed");
        aside("data", file(at("data:text/plain,x")), "its address is none that can be followed");
        aside(
                "javascript",
                file(at("javascript:alert(1)")),
                "its address is none that can be followed");
        aside("jar", file(at("jar:file:///x.jar!/y")), "its address is none that can be followed");
        aside("no address", file("'hashes': {}"), "its address is none that can be followed");
        aside(
                "an address that is a number",
                file("'url': 7"),
                "its address is none that can be followed");
        aside(
                "spaces and quotes",
                file(at("http://a b\\\\c/")),
                "its address is none that can be followed");
        installs("up and down again", file(at("../../simple/../files/" + NAME)));
        installs("with a fragment", file(at("/files/" + NAME + "#sha256=zz")));
        installs(
                "with a user, who is left out",
                file(at(server.uri("/files/" + NAME).toString().replace("://", "://me:it@"))));
        aside(
                "another server without a hash",
                file(at("https://files.example/" + NAME)),
                "it lies on another server, and has no strong hash");
        aside(
                "another port without a hash",
                file(at("http://127.0.0.1:1/" + NAME)),
                "it lies on another server");
        aside(
                "another server with md5 alone",
                file(
                        at("https://files.example/" + NAME)
                                + ", 'hashes': {'md5': '"
                                + "0".repeat(32)
                                + "'}"),
                "it lies on another server");
        on(
                "the metadata service",
                file(
                        at("https://169.254.169.254/" + NAME)
                                + ", 'hashes': {"
                                + sha256(SHA256)
                                + "}"),
                "link-local or metadata address",
                1,
                true);
        on(
                "its address as a number",
                file(at("https://2852039166/" + NAME) + ", 'hashes': {" + sha256(SHA256) + "}"),
                "2852039166",
                1,
                true);
        on(
                "its address within IPv6",
                file(
                        at("https://[::ffff:169.254.169.254]/" + NAME)
                                + ", 'hashes': {"
                                + sha256(SHA256)
                                + "}"),
                "link-local or metadata address",
                1,
                true);
        on(
                "plain http elsewhere",
                file(at("http://files.example/" + NAME) + ", 'hashes': {" + sha256(SHA256) + "}"),
                "plain http can be changed on the way",
                1,
                true);
        on("a file that is not there", file(at("/gone/" + NAME)), "is not there (404)", 2, true);
    }

    private void names() {
        aside(
                "another project's file",
                Loopback.json(
                        "{%s'files': [{'filename': 'bar-1.0-py3-none-any.whl', 'url': '/b'}]}"
                                .formatted(META)),
                "its name is not that of a wheel or sdist of foo");
        aside(
                "a folder in the name",
                Loopback.json(
                        "{%s'files': [{'filename': '../foo-1.0-py3-none-any.whl', 'url': '/b'}]}"
                                .formatted(META)),
                "its name is not that of");
        aside(
                "no version",
                Loopback.json(
                        "{%s'files': [{'filename': 'foo-new-py3-none-any.whl', 'url': '/b'}]}"
                                .formatted(META)),
                "its name is not that of");
        aside(
                "no name",
                Loopback.json("{%s'files': [{'url': '/b'}]}".formatted(META)),
                "it has no name");
        aside(
                "an installer",
                Loopback.json(
                        "{%s'files': [{'filename': 'foo-1.0.exe', 'url': '/b'}]}".formatted(META)),
                "foo-1.0.exe (its name is not that of");
        aside(
                "nothing",
                Loopback.json("{%s'files': []}".formatted(META)),
                "has, without a file that can be used");
        aside(
                "many, of which some are named",
                Loopback.json(
                        "{%s'files': [%s]}"
                                .formatted(
                                        META,
                                        "{'filename': 'a.exe', 'url': '/a'}, {'filename': 'b.exe', 'url': '/a'}, {'filename': 'c.exe', 'url': '/a'}, {'filename': 'd.exe', 'url': '/a'}")),
                "4 files were passed over: a.exe (");
        refused(
                "a page of another project",
                Loopback.json("{%s'name': 'bar', 'files': []}".formatted(META)),
                "says that it is the page of 'bar'");
        refused(
                "a page of no project",
                Loopback.json("{%s'name': '-', 'files': []}".formatted(META)),
                "says that it is the page of '-'");
        installs(
                "the project in another spelling",
                Loopback.json(
                        "{%s'name': 'Foo', 'files': [{'filename': '%s', %s}]}"
                                .formatted(META, NAME, hashed(sha256(SHA256)))));
        aside(
                "an odd Python",
                file(hashed(sha256(SHA256)) + ", 'requires-python': '>=three'"),
                "its Requires-Python is none: '>=three'");
        aside(
                "a banana",
                file(hashed(sha256(SHA256)) + ", 'requires-python': 'banana'"),
                "its Requires-Python is none: 'banana'");
        installs(
                "a Python", file(hashed(sha256(SHA256)) + ", 'requires-python': '>=3.8, !=3.9.*'"));
        installs("no Python", file(hashed(sha256(SHA256)) + ", 'requires-python': null"));
        on(
                "a wrong size",
                file(hashed(sha256(SHA256)) + ", 'size': 5"),
                "more than 5 bytes came",
                2,
                true);
        on(
                "a size beyond all",
                file(hashed(sha256(SHA256)) + ", 'size': 1000000000000000000000000000000"),
                "bytes came",
                2,
                true);
        installs("a negative size", file(hashed(sha256(SHA256)) + ", 'size': -1"));
        installs("a size that is a text", file(hashed(sha256(SHA256)) + ", 'size': 'big'"));
        installs(
                "an upload time that is none",
                file(hashed(sha256(SHA256)) + ", 'upload-time': 'yesterday'"));
        installs(
                "an upload time that is a number",
                file(hashed(sha256(SHA256)) + ", 'upload-time': 5"));
    }

    private void pages() {
        refused("no meta", Loopback.json("{'files': []}"), "without 'meta'");
        refused(
                "no version in meta",
                Loopback.json("{'meta': {}, 'files': []}"),
                "without 'meta' and its 'api-version'");
        refused(
                "a later major",
                Loopback.json("{'meta': {'api-version': '2.0'}, 'files': []}"),
                "speaks version 2.0");
        refused(
                "a version that is none",
                Loopback.json("{'meta': {'api-version': '1.banana'}, 'files': []}"),
                "is none: '1.banana'");
        refused(
                "a version with an escape",
                Loopback.json("{'meta': {'api-version': '1.\\u001b[31m'}, 'files': []}"),
                "names a version of the simple API that is none");
        installs(
                "a later minor",
                Loopback.json(
                        "{'meta': {'api-version': '1.9'}, 'files': [{'filename': '%s', %s}]}"
                                .formatted(NAME, hashed(sha256(SHA256)))));
        refused("no files", Loopback.json("{" + META + "'x': 1}"), "JSON without 'files'");
        refused("a list", Loopback.json("[]"), "where START_OBJECT should be");
        refused(
                "cut off",
                Loopback.json("{" + META + "'files': ["),
                "not the JSON of a project page");
        refused(
                "no JSON",
                Loopback.json("<html>"),
                "broken, ambiguous, too deep or too long at line 1");
        refused(
                "too deep",
                Loopback.json("{" + META + "'x': " + "[".repeat(200_000)),
                "broken, ambiguous, too deep or too long");
        refused("no type", Loopback.bytes("{}".getBytes(StandardCharsets.UTF_8)), "came as ''");
        refused("a text", Loopback.text("text/plain", "foo"), "came as 'text/plain'");
        refused(
                "too many links",
                Loopback.json(
                        "{"
                                + META
                                + "'files': ["
                                + "{'filename':'a','url':'/a'},".repeat(200_001)
                                + "]}"),
                "more than 200000 links");
        refused("too long", packed(65 << 20), "the answer is longer than 67108864 bytes");
        aside(
                "in quarantine",
                Loopback.json(
                        "{%s'project-status': {'status': 'quarantined', 'reason': 'malware'}, 'files': [{'filename': '%s', %s}]}"
                                .formatted(META, NAME, hashed(sha256(SHA256)))),
                "has put in quarantine: malware");
        installs(
                "archived",
                Loopback.json(
                        "{%s'project-status': {'status': 'archived'}, 'files': [{'filename': '%s', %s}]}"
                                .formatted(META, NAME, hashed(sha256(SHA256)))));
        on("gone", Loopback.status(404), "no index has", 1, true);
        on("gone for good", Loopback.status(410), "no index has", 1, true);
        refused("forbidden", Loopback.status(403), "was refused (403)");
        refused("unknown to it", Loopback.status(401), "was refused (401)");
        refused("a teapot", Loopback.status(418), "status 418");
        refused("unasked: not changed", Loopback.status(304), "status 304");
        on("in trouble", Loopback.status(500), "the server answered 500 (tried 3 times)", 3, false);
        on(
                "breaking off",
                Loopback.json("{" + META + "'files': []}").breakingOff(),
                "(tried 3 times)",
                3,
                false);
        on(
                "redirect to a file",
                Loopback.status(302).with("Location", "file:///etc/passwd"),
                "which is not followed",
                1,
                false);
        on(
                "redirect to ftp",
                Loopback.status(302).with("Location", "ftp://a/"),
                "which is not followed",
                1,
                false);
        on(
                "redirect to what is no address",
                Loopback.status(302).with("Location", "http://a b/"),
                "no address",
                1,
                false);
        on(
                "redirect in a circle",
                Loopback.status(302).with("Location", "/simple/foo/"),
                "more than 10 redirects",
                11,
                false);
        on(
                "redirect to the metadata service",
                Loopback.status(302).with("Location", "https://169.254.169.254/latest/"),
                "which leads to https://169.254.169.254/latest/: its host is at a link-local or metadata address",
                1,
                false);
        on(
                "not to be kept",
                file(hashed(sha256(SHA256))).with("Cache-Control", "no-store"),
                "installs",
                2,
                false);
    }

    private void html() {
        String link = "<a href='/files/%s#sha256=%s'>%s</a>";
        installs("HTML", Loopback.html(link.formatted(NAME, SHA256, NAME)));
        installs("HTML with another text", Loopback.html(link.formatted(NAME, SHA256, "Download")));
        aside(
                "HTML, the text names another file",
                Loopback.html(link.formatted(NAME, SHA256, "foo-2.0-py3-none-any.whl")),
                "its link is called foo-2.0-py3-none-any.whl");
        aside(
                "HTML, a hash that is none",
                Loopback.html(link.formatted(NAME, "xyz", NAME)),
                "its sha256 is none: 'xyz'");
        aside(
                "HTML, an empty hash",
                Loopback.html(link.formatted(NAME, "", NAME)),
                "its sha256 is none: ''");
        aside(
                "HTML, a base elsewhere without a hash",
                Loopback.html(
                        "<base href='https://files.example/'><a href='"
                                + NAME
                                + "'>"
                                + NAME
                                + "</a>"),
                "it lies on another server");
        aside(
                "HTML, a base here",
                Loopback.html("<base href='file:///tmp/'><a href='" + NAME + "'>" + NAME + "</a>"),
                "does not name files here");
        aside(
                "HTML, a file here",
                Loopback.html("<a href='file:///tmp/" + NAME + "'>" + NAME + "</a>"),
                "does not name files here");
        aside(
                "HTML, an encoded slash",
                Loopback.html("<a href='/files/..%2f..%2f" + NAME + "'>x</a>"),
                "its name is not that of");
        refused(
                "HTML, a later major",
                Loopback.html("<meta name='pypi:repository-version' content='2.0'>"),
                "speaks version 2.0");
        aside(
                "HTML, in quarantine",
                Loopback.html(
                        "<meta name='pypi:project-status' content='quarantined'>"
                                + link.formatted(NAME, SHA256, NAME)),
                "has put in quarantine");
        aside(
                "HTML, an odd Python",
                Loopback.html(
                        "<a href='/files/" + NAME + "' data-requires-python='x'>" + NAME + "</a>"),
                "its Requires-Python is none: 'x'");
        aside(
                "HTML without links",
                Loopback.html("<h1>foo</h1>"),
                "without a file that can be used");
    }

    @Test
    void everySituationComesOutAsItIsWritten() throws Exception {
        Path secret = Files.write(downloads.resolve(NAME), wheel());
        hashes();
        addresses(secret);
        names();
        pages();
        html();
        comesOutAsItIsWritten(90);
    }
}
