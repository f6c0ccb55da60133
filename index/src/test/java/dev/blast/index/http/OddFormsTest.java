package dev.blast.index.http;

import dev.blast.index.http.Loopback.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in forms that nobody asked for: none ends in a crash, or in more than was judged. */
class OddFormsTest extends Situations {

    private static final String RIGHT =
            "'filename': '%s', 'hashes': {%s}".formatted(NAME, sha256(SHA256));

    private static Reply page(String text) {
        return Loopback.json("{%s%s}".formatted(META, text));
    }

    private static Reply one(String fields) {
        return file(hashed(sha256(SHA256)) + ", " + fields);
    }

    /**
     * One client would dial what another takes for no address: a host is read by all alike, or not
     * at all.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    https:///169.254.169.254/ ; passed over
                    https:////169.254.169.254/ ; passed over
                    https://\uff11\uff16\uff19.254.169.254/ ; passed over
                    https://%31%36%39.254.169.254/ ; passed over
                    https://169.254.43518/ ; passed over
                    https://169.16689662/ ; passed over
                    https://169.254.169.254./ ; passed over
                    https://0xa9.254.169.254/ ; passed over
                    https://0251.254.169.254/ ; link-local or metadata address
                    https:169.254.169.254/ ; passed over
                    https://[::ffff:169.254.169.254%25lo]/ ; is no address: its host cannot be read
                    https://[::1/ ; passed over
                    https://a|b/ ; passed over
                    https://a\\tb/ ; passed over
                    https://a_b.example/ ; passed over
                    https://:443/ ; passed over
                    https://169.254.169.254:443\\\\@files.example/ ; passed over
                    """)
    void hostsThatAreReadInTwoWays(String begin, String outcome) throws Exception {
        for (String hash : new String[] {"", sha256(SHA256)}) {
            on(
                    begin,
                    file("'url': '%s%s', 'hashes': {%s}".formatted(begin, NAME, hash)),
                    hash.isEmpty() ? "passed over: " + NAME : outcome,
                    1,
                    true);
        }
        comesOutAsItIsWritten(2);
    }

    @Test
    void everyFormComesOutAsItIsWritten() throws Exception {
        json();
        values();
        packed();
        statuses();
        html();
        comesOutAsItIsWritten(60);
    }

    private void json() {
        refused("files twice", page("'files': [], 'files': [{" + RIGHT + "}]"), "ambiguous");
        refused("meta twice", page(META + "'files': []"), "ambiguous");
        refused("a name twice", page("'name': 'foo', 'name': 'bar', 'files': []"), "ambiguous");
        refused("an address twice", one("'url': '/gone'"), "ambiguous");
        refused(
                "a hash twice",
                file(hashed(sha256(SHA256) + ", " + sha256("0".repeat(64)))),
                "ambiguous");
        refused("more after the end", Loopback.json("{" + META + "'files': []} x"), "not the JSON");
        refused(
                "two pages",
                Loopback.json("{%1$s'files': []}{%1$s'files': []}".formatted(META)),
                "where the end should be");
        refused("nothing", Loopback.json(" "), "the end at line 1");
        refused("null", Loopback.json("null"), "VALUE_NULL");
        refused("no number", page("'x': NaN, 'files': []"), "not the JSON");
        refused("files as an object", page("'files': {'a': 1}"), "JSON without 'files'");
        refused("a file that is a text", page("'files': ['x']"), "VALUE_STRING");
        refused("a file that is null", page("'files': [null]"), "VALUE_NULL");
        refused("a file that is a list", page("'files': [[{" + RIGHT + "}]]"), "START_ARRAY");
        refused("meta as a list", Loopback.json("{'meta': [], 'files': []}"), "without 'meta'");
        refused(
                "a version as a number",
                Loopback.json("{'meta': {'api-version': 1.0}, 'files': []}"),
                "a version of the simple API that is none: ''");
        installs(
                "depth within reason",
                page(
                        "'x': %s1%s, 'files': [{%s, %s}]"
                                .formatted(
                                        "[".repeat(900),
                                        "]".repeat(900),
                                        RIGHT,
                                        at("/files/" + NAME))));
        refused("a zero byte", page("'files': [\0]"), "not the JSON");
        installs(
                "a mark of byte order",
                Loopback.json(
                        "\ufeff{%s'files': [{%s, %s}]}"
                                .formatted(META, RIGHT, at("/files/" + NAME))));
        installs(
                "another charset than it is in",
                file(hashed(sha256(SHA256)))
                        .with("Content-Type", "APPLICATION/JSON ; charset=utf-16"));
    }

    private void values() {
        installs("a time beyond milliseconds", one("'upload-time': '+999999999-12-31T00:00:00Z'"));
        installs("a time before all", one("'upload-time': '-999999999-01-01T00:00:00Z'"));
        installs("the year 99999", one("'upload-time': '99999-12-31T00:00:00Z'"));
        installs("the 31st of February", one("'upload-time': '2024-02-31T00:00:00Z'"));
        on("a size of nothing", one("'size': 0"), "more than 0 bytes came", 2, true);
        on("the largest size", one("'size': 9223372036854775807"), "bytes came", 2, true);
        installs("a size with a fraction", one("'size': 1e300"));
        aside(
                "a name that no disk takes",
                page(
                        "'files': [{'filename': 'foo-1.0-%spy3-none-any.whl', 'url': '/f'}]"
                                .formatted("py3.".repeat(80))),
                "its name has more than 255 letters");
        aside(
                "a Python without end",
                one("'requires-python': '" + ">=3,".repeat(1000) + ">=3'"),
                "its Requires-Python has more than 1000 letters");
        aside("a hash that is a number", file(hashed("'sha256': 7")), "its sha256 is none: ''");
        on(
                "a hash by another name",
                file(hashed("'SHA256': '" + "0".repeat(64) + "'")),
                "expected sha256 0000",
                2,
                true);
        installs("metadata announced by a list", one("'core-metadata': [1]"));
        aside(
                "half a character",
                page("'files': [{'filename': 'foo-1.0\\ud800-py3-none-any.whl', 'url': '/x'}]"),
                "its name is not that of");
        aside(
                "an address that is empty",
                page("'files': [{'filename': 'x', 'url': ''}]"),
                "its name is not that of");
        aside(
                "a zero byte in an address",
                file(at("/files/\\u0000") + ", 'hashes': {}"),
                "its address is none that can be followed");
    }

    private static byte[] gzip(byte[] bytes) {
        try (var out = new ByteArrayOutputStream()) {
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void packed() {
        Reply right = file(hashed(sha256(SHA256)));
        byte[] once = gzip(right.body());
        for (String form :
                new String[] {"br", "zstd", "deflate", "compress", "aes128gcm", "gzip, gzip"}) {
            refused(
                    form,
                    right.with("Content-Encoding", form),
                    "it is '%s', which was not asked for".formatted(form));
        }
        installs("gzip by its old name", right.withBody(once).with("Content-Encoding", "x-gzip"));
        installs("in capitals", right.withBody(once).with("Content-Encoding", "GZIP"));
        installs("as it is", right.with("Content-Encoding", "identity"));
        refused(
                "gzip that is none",
                right.with("Content-Encoding", "gzip"),
                "it cannot be unpacked: Not in GZIP format");
        on(
                "gzip that is cut",
                right.withBody(Arrays.copyOf(once, once.length - 12))
                        .with("Content-Encoding", "gzip"),
                "(tried 3 times)",
                3,
                false);
    }

    private void statuses() {
        Reply right = file(hashed(sha256(SHA256)));
        refused(
                "a part",
                right.withStatus(206).with("Content-Range", "bytes 0-1/100"),
                "status 206");
        refused("no part", Loopback.status(416), "status 416");
        refused(
                "several to choose from",
                Loopback.status(300).with("Location", "/files/x"),
                "status 300");
        refused("beyond all", Loopback.status(999), "status 999");
        refused("for reasons of law", Loopback.status(451), "status 451");
        refused("redirect to nowhere", Loopback.status(302), "status 302");
        on(
                "redirect to a host read in two ways",
                Loopback.status(302).with("Location", "https:///169.254.169.254/"),
                "which is not followed",
                1,
                false);
        on(
                "redirect by mail",
                Loopback.status(302).with("Location", "mailto:a@b.example"),
                "which is not followed",
                1,
                false);
        on(
                "a pause beyond numbers",
                Loopback.status(503).with("Retry-After", "99999999999"),
                "answered 503 (tried 3 times)",
                3,
                false);
        on(
                "a pause that is none",
                Loopback.status(429).with("Retry-After", "-1"),
                "answered 429 (tried 3 times)",
                3,
                false);
        installs("kept for less than nothing", right.with("Cache-Control", "max-age=-5"));
        installs(
                "kept beyond numbers", right.with("Cache-Control", "max-age=99999999999999999999"));
        installs("an odd ETag", right.with("ETag", "\"\u00e9\u00ff"));
        for (String state :
                new String[] {"'status': 'Quarantined'", "'status': 'QUARANTINED', 'reason': 7"}) {
            aside(
                    state,
                    page(
                            "'project-status': {%s}, 'files': [{%s, 'url': '/x'}]"
                                    .formatted(state, RIGHT)),
                    "has put in quarantine");
        }
        refused(
                "a state that is a text",
                page("'project-status': 'quarantined', 'files': []"),
                "VALUE_STRING");
        installs(
                "no state",
                page(
                        "'project-status': null, 'files': [{%s, %s}]"
                                .formatted(RIGHT, at("/files/" + NAME))));
    }

    private void html() {
        String link = "<a href='/files/%s#sha256=%s'>x</a>".formatted(NAME, SHA256);
        installs("a thousand folds", Loopback.html("<div>".repeat(50_000) + link));
        installs("links within links", Loopback.html("<a href='/x'><b>".repeat(20_000) + link));
        refused(
                "a base that is none",
                Loopback.html("<base href='https://a|b/'>" + link),
                "the base of its links is no address");
        refused(
                "a base by mail",
                Loopback.html("<base href='mailto:x'>" + link),
                "the base of its links is no address");
        aside(
                "a base without a host",
                Loopback.html("<base href='https:///x/'><a href='" + NAME + "'>x</a>"),
                "its address is none");
        installs(
                "another charset",
                Loopback.text("text/html; charset=utf-7", "<meta charset=utf-7>" + link));
        installs(
                "two bytes a letter",
                Loopback.bytes(link.getBytes(StandardCharsets.UTF_16))
                        .with("Content-Type", "text/html"));
        aside(
                "in quarantine, in capitals",
                Loopback.html("<META NAME='PyPI:Project-Status' CONTENT='QUARANTINED'>" + link),
                "has put in quarantine");
        aside(
                "broken escapes",
                Loopback.html(
                        "<a href='/files/%zz'>"
                                + NAME
                                + "</a><a href='/files/foo-1.0%ff-py3-none-any.whl'>x</a>"),
                "2 files were passed over");
    }
}
