package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.index.ProjectPage;
import dev.blast.index.Transfer;
import dev.blast.index.http.Loopback.Reply;
import dev.blast.packaging.Hashes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Situations of a server, one idea a line: what comes of the page and of installing from it, how
 * many requests that takes, and whether the page is in the cache afterwards.
 */
abstract class Situations extends HttpIndexFixture {
    static final String SHA256 = Hashes.hex("sha256", Situations.wheel());
    static final String NAME = "foo-1.0-py3-none-any.whl";
    static final String META = "'meta': {'api-version': '1.1'}, ";

    @TempDir Path downloads;

    /** One server situation. The outcome is what a person would read, or "installs". */
    private record Situation(String idea, Reply page, String outcome, int requests, boolean kept) {}

    static byte[] wheel() {
        return Wheels.wheel("foo", "1.0");
    }

    private final List<Situation> situations = new ArrayList<>();

    void on(String idea, Reply page, String outcome, int requests, boolean kept) {
        situations.add(new Situation(idea, page, outcome, requests, kept));
    }

    /** A page with one file, of which these fields are said. */
    static Reply file(String fields) {
        return Loopback.json(
                "{%s'name': 'foo', 'files': [{'filename': '%s', %s}]}"
                        .formatted(META, NAME, fields));
    }

    static String at(String url) {
        return "'url': '%s'".formatted(url);
    }

    static String hashed(String hashes) {
        return at("/files/" + NAME) + ", 'hashes': {" + hashes + "}";
    }

    static String sha256(String hex) {
        return "'sha256': '" + hex + "'";
    }

    void installs(String idea, Reply page) {
        on(idea, page, "installs", 2, true);
    }

    /** The page is read, and no file on it is used. */
    void aside(String idea, Reply page, String why) {
        on(idea, page, why, 1, true);
    }

    /** The page is no page. */
    void refused(String idea, Reply page, String why) {
        on(idea, page, why, 1, false);
    }

    /** Plays all of them. */
    void comesOutAsItIsWritten(int atLeast) throws Exception {
        var wrong = new ArrayList<String>();
        for (Situation situation : situations) {
            String found = outcome(situation);
            if (!found.contains(situation.outcome()) || !found.endsWith(counts(situation))) {
                wrong.add(
                        "%s: wanted %s %s, was %s"
                                .formatted(
                                        situation.idea(),
                                        situation.outcome(),
                                        counts(situation),
                                        found));
            }
        }
        System.out.printf(
                "index situations: %d, of which as written: %d%n",
                situations.size(), situations.size() - wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(situations).hasSizeGreaterThanOrEqualTo(atLeast);
    }

    /** Zeros, a thousandth of the size on the wire. */
    static Reply packed(int bytes) {
        try (var out = new ByteArrayOutputStream()) {
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write("{\"x\": \"".getBytes(StandardCharsets.UTF_8));
                byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
                gzip.write("\", ".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < bytes >> 20; i++) {
                    gzip.write(blanks);
                }
            }
            return Loopback.bytes(out.toByteArray())
                    .with("Content-Type", "application/vnd.pypi.simple.v1+json")
                    .with("Content-Encoding", "gzip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String counts(Situation situation) {
        return "[%d requests, %s]"
                .formatted(situation.requests(), situation.kept() ? "kept" : "not kept");
    }

    private String outcome(Situation situation) throws Exception {
        server.on("/simple/foo/", situation.page());
        server.on("/files/" + NAME, Loopback.bytes(wheel()));
        try (Stream<Path> left = Files.walk(cache)) {
            left.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
        }
        HttpIndex index = index();
        String said;
        try {
            ProjectPage page = index.page(FOO);
            said =
                    page.status().isQuarantined() || page.versions().isEmpty()
                            ? page.emptiness()
                            : fetched(index, page);
        } catch (IndexException e) {
            said = String.valueOf(e.getMessage());
        }
        boolean kept;
        try (Stream<Path> left = Files.walk(cache.resolve("pages"))) {
            kept = left.anyMatch(file -> file.toString().endsWith(".page"));
        } catch (NoSuchFileException e) {
            kept = false;
        }
        return "%s [%d requests, %s]"
                .formatted(said, index.statistics().requests(), kept ? "kept" : "not kept");
    }

    private String fetched(HttpIndex index, ProjectPage page) throws IndexException {
        DistributionFile file = page.files().getFirst();
        Path into = downloads.resolve("to");
        Path got = index.fetch(file, into, Transfer.SILENT);
        got.toFile().delete();
        return "installs";
    }
}
