package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.Credentials;
import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.ProjectPage;
import dev.blast.index.http.Loopback.Reply;
import dev.blast.index.settings.Addresses;
import dev.blast.packaging.PackageName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIndexPageTest extends HttpIndexFixture {

    private void servesFoo() {
        server.on("/simple/foo/", Loopback.json(FOO_PAGE));
    }

    @Test
    void asksForJsonAndResolvesAddresses() throws Exception {
        servesFoo();
        ProjectPage page = index().page(FOO);
        assertThat(page.from()).isEqualTo(simple());
        assertThat(page.files())
                .extracting(DistributionFile::uri)
                .containsExactly(server.uri("/files/foo-1.0-py3-none-any.whl"));
        Loopback.Request request = server.requests().getFirst();
        assertThat(request.header("accept")).startsWith("application/vnd.pypi.simple.v1+json,");
        assertThat(request.header("accept-encoding")).isEqualTo("gzip");
        assertThat(request.header("user-agent")).startsWith("blast/");
    }

    @Test
    void readsHtmlWhereThatIsAllThereIs() throws Exception {
        server.on(
                "/simple/foo/",
                Loopback.html(
                        "<a href='../../files/foo-1.0.tar.gz#sha256=%s'>foo-1.0.tar.gz</a>"
                                .formatted("a1".repeat(32))));
        assertThat(index().page(FOO).files())
                .extracting(DistributionFile::uri)
                .containsExactly(server.uri("/files/foo-1.0.tar.gz"));
    }

    @Test
    void unpacksWhatComesPacked() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(FOO_PAGE.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        server.on(
                "/simple/foo/",
                Loopback.bytes(packed.toByteArray())
                        .with("Content-Type", "application/vnd.pypi.simple.v1+json")
                        .with("Content-Encoding", "gzip"));
        assertThat(index().page(FOO).versions()).hasSize(1);
    }

    @Test
    void followsRedirectsAndStopsWhenTheyGoInACircle() throws Exception {
        server.on("/simple/foo/", Loopback.status(308).with("Location", "/mirror/foo/"));
        server.on(
                "/mirror/foo/",
                Loopback.json(
                        "{'meta': {'api-version': '1.0'}, 'files': [{'filename': 'foo-1.0.tar.gz', 'url': 'foo-1.0.tar.gz', 'hashes': {}}]}"));
        assertThat(index().page(FOO).files())
                .extracting(DistributionFile::uri)
                .containsExactly(server.uri("/mirror/foo/foo-1.0.tar.gz"));
        server.on("/mirror/foo/", Loopback.status(302).with("Location", "/simple/foo/"));
        assertFails(
                () -> index(configuration(false, true)).page(FOO),
                Kind.NETWORK,
                "more than 10 redirects");
        server.on("/simple/foo/", Loopback.status(302).with("Location", "file:///etc/passwd"));
        assertFails(
                () -> index(configuration(false, true)).page(FOO),
                Kind.NETWORK,
                "redirects to file:///etc/passwd, which is not followed");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aNameThatNoIndexHasIsAnAnswer(int status) throws Exception {
        server.on("/simple/foo/", Loopback.status(status));
        assertThat(index().page(FOO).isMissing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    401 | REFUSED | was refused (401)
                    403 | REFUSED | was refused (403)
                    500 | NETWORK | the server answered 500 (tried 3 times)
                    429 | NETWORK | the server answered 429 (tried 3 times)
                    418 | NETWORK | came back as status 418
                    """)
    void aStatusThatIsNoPageStopsAtThisIndex(int status, Kind kind, String message) {
        server.on("/simple/foo/", Loopback.status(status));
        server.on("/other/foo/", Loopback.json(FOO_PAGE));
        var both = List.of(simple(), IndexLocation.simple(server.uri("/other/")));
        assertFails(
                () -> index(configuration(both, Map.of(), null, false, false)).page(FOO),
                kind,
                message);
        assertThat(server.asked())
                .as("the name must not move to the other index")
                .allMatch("GET /simple/foo/"::equals);
    }

    @Test
    void aFailureThatPassesIsNoFailure() throws Exception {
        Reply good = Loopback.json(FOO_PAGE);
        server.on(
                "/simple/foo/",
                Loopback.status(503).with("Retry-After", "0"),
                good.breakingOff(),
                good);
        assertThat(index().page(FOO).versions()).hasSize(1);
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void anAnswerThatAlwaysBreaksOffIsAFailureOfTheNetwork() {
        server.on("/simple/foo/", Loopback.json(FOO_PAGE).breakingOff());
        assertFails(() -> index().page(FOO), Kind.NETWORK, "(tried 3 times)");
    }

    @Test
    void aPageOfAnotherTypeIsRefused() {
        server.on("/simple/foo/", Loopback.text("image/png", "x"));
        assertFails(() -> index().page(FOO), Kind.FORMAT, "came as 'image/png'");
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        var gone = new Loopback();
        IndexLocation location = IndexLocation.simple(gone.uri("/simple"));
        gone.close();
        assertFails(
                () ->
                        index(configuration(List.of(location), Map.of(), null, false, false))
                                .page(FOO),
                Kind.NETWORK,
                location
                        + "/foo/: no connection (refused, or nobody can be reached there) (tried 3 times)\ncheck the address and the network; --offline works with what is in the cache");
    }

    @Test
    void theFirstIndexThatHasTheNameIsTheOneForIt() throws Exception {
        servesFoo();
        server.on(
                "/other/foo/",
                Loopback.json(
                        "{'meta': {'api-version': '1.0'}, 'files': [{'filename': 'foo-9.tar.gz', 'url': 'foo-9.tar.gz', 'hashes': {}}]}"));
        IndexLocation other = IndexLocation.simple(server.uri("/other/"));
        ProjectPage page =
                index(configuration(List.of(simple(), other), Map.of(), null, false, false))
                        .page(FOO);
        assertThat(page.versions()).hasToString("[1.0]");
        page =
                index(
                                configuration(
                                        List.of(
                                                IndexLocation.simple(server.uri("/empty/")),
                                                other,
                                                simple()),
                                        Map.of(),
                                        null,
                                        false,
                                        false))
                        .page(FOO);
        assertThat(page.from()).isEqualTo(other);
        assertThat(page.versions()).hasToString("[9]");
    }

    @Test
    void aFreshPageIsNotAskedForAgain() throws Exception {
        servesFoo();
        index().page(FOO);
        clock.advance(Duration.ofMinutes(9));
        HttpIndex second = index();
        assertThat(second.page(FOO).versions()).hasSize(1);
        assertThat(second.statistics().pagesFromCache()).isEqualTo(1);
        assertThat(second.statistics().requests()).isZero();
        clock.advance(Duration.ofMinutes(2));
        assertThat(index().page(FOO).versions()).hasSize(1);
        assertThat(server.asked()).hasSize(2);
        index(configuration(false, true)).page(FOO);
        assertThat(server.asked()).as("refresh").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    max-age=3600            | 50 | 0
                    max-age=3600            | 70 | 1
                    max-age=315360000       | 59 | 0
                    max-age=315360000       | 61 | 1
                    max-age=60, public      |  2 | 1
                    no-cache                |  0 | 1
                    no-cache, max-age=3600  |  0 | 1
                    no-store                |  0 | 1
                    public                  |  9 | 0
                    public                  | 11 | 1
                    max-age=odd             |  0 | 1
                    """)
    void theIndexSaysHowLongAPageHolds(String cacheControl, int laterMinutes, int requests)
            throws Exception {
        server.on("/simple/foo/", Loopback.json(FOO_PAGE).with("Cache-Control", cacheControl));
        index().page(FOO);
        server.asked();
        clock.advance(Duration.ofMinutes(laterMinutes));
        assertThat(index().page(FOO).versions()).hasSize(1);
        assertThat(server.asked()).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({
        "ETag, If-None-Match, \"abc\"",
        "Last-Modified, If-Modified-Since, 'Wed, 21 Oct 2015 07:28:00 GMT'"
    })
    void aStalePageIsAskedForOnlyIfItChanged(String validator, String condition, String value)
            throws Exception {
        server.on(
                "/simple/foo/",
                _ -> Loopback.json(FOO_PAGE).with(validator, value),
                request ->
                        request.header(condition.toLowerCase(Locale.ROOT)).equals(value)
                                ? Loopback.status(304)
                                : Loopback.status(500));
        index().page(FOO);
        clock.advance(Duration.ofMinutes(11));
        assertThat(index().page(FOO).versions()).hasSize(1);
        HttpIndex third = index();
        assertThat(third.page(FOO).versions()).hasSize(1);
        assertThat(third.statistics().requests()).as("fresh again").isZero();
    }

    @Test
    void aDamagedEntryIsAskedForAgain() throws Exception {
        servesFoo();
        index().page(FOO);
        Path entry = onlyFile(cache.resolve("pages"));
        byte[] bytes = Files.readAllBytes(entry);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x20;
            Files.write(entry, damaged);
            assertThat(index().page(FOO).versions()).hasToString("[1.0]");
        }
        Files.write(entry, new byte[] {1, 2});
        assertThat(index().page(FOO).versions()).hasToString("[1.0]");
        assertThat(server.asked()).hasSize(2 + (bytes.length + 6) / 7);
    }

    @Test
    void aCacheThatCannotBeWrittenIsSaidAndDoesNotStopAnything(@TempDir Path folder)
            throws Exception {
        servesFoo();
        Path file = Files.createFile(folder.resolve("file"));
        try (var index = new HttpIndex(configuration(false, false), file.resolve("cache"))) {
            assertThat(index.page(FOO).versions()).hasSize(1);
            assertThat(index.cacheProblem())
                    .hasValueSatisfying(
                            text -> assertThat(text).startsWith("the index cache " + file));
        }
    }

    @Test
    void offlineTheCacheAnswersAndSaysWhatItLacks() throws Exception {
        servesFoo();
        IndexLocation first = IndexLocation.simple(server.uri("/empty/"));
        var both = List.of(first, simple());
        index(configuration(both, Map.of(), null, false, false)).page(FOO);
        server.asked();
        clock.advance(Duration.ofDays(400));
        HttpIndex offline = index(configuration(both, Map.of(), null, true, false));
        assertThat(offline.page(FOO).from()).isEqualTo(simple());
        assertFails(
                () -> offline.page(new PackageName("bar")),
                Kind.OFFLINE,
                "bar: its page of %s is not in the cache, and the network is not used"
                        .formatted(first));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void prefetchedPagesComeOnceAndAreSharedByAll() throws Exception {
        var release = new CountDownLatch(1);
        server.on(
                "/simple/foo/",
                _ -> {
                    awaitQuietly(release);
                    return Loopback.json(FOO_PAGE);
                });
        HttpIndex index = index();
        var heard = new CountDownLatch(2);
        index.prefetch(FOO, page -> heard.countDown());
        index.prefetch(FOO, page -> heard.countDown());
        release.countDown();
        assertThat(index.page(FOO)).isSameAs(index.page(FOO));
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.asked()).hasSize(1);
        assertThat(index.statistics().pages()).isEqualTo(1);
    }

    @Test
    void credentialsGoToTheirOriginOnlyAndIntoNoMessage() throws Exception {
        try (var elsewhere = new Loopback()) {
            elsewhere.on("/foo/", Loopback.json(FOO_PAGE));
            server.on(
                    "/simple/foo/",
                    Loopback.status(302).with("Location", elsewhere.uri("/foo/").toString()));
            IndexLocation location =
                    Addresses.location(
                            server.uri("/simple/")
                                    .toString()
                                    .replace("://", "://us%40er:pass%2Fword+1@"),
                            IndexLocation.Form.SIMPLE,
                            cache);
            var configuration = configuration(List.of(location), Map.of(), null, false, false);
            assertThat(index(configuration).page(FOO).versions()).hasSize(1);
            assertThat(server.requests().getFirst().header("authorization"))
                    .isEqualTo(new Credentials("us@er", "pass/word+1").authorization());
            assertThat(elsewhere.requests().getFirst().header("authorization")).isEmpty();
            server.on("/simple/bar/", Loopback.status(401));
            assertThatThrownBy(() -> index(configuration).page(new PackageName("bar")))
                    .message()
                    .doesNotContain("word");
            assertThat(configuration.toString()).doesNotContain("word").doesNotContain("er:");
        }
    }

    @Test
    void thePlaceThatANameIsBoundToHasCredentialsOfItsOwn() throws Exception {
        try (var own = new Loopback()) {
            own.on("/simple/foo/", Loopback.json(FOO_PAGE));
            String address = own.uri("/simple/").toString().replace("://", "://me:secret@");
            var configuration = configuration(false, false).binding(Map.of(FOO, address), cache);
            assertThat(index(configuration).page(FOO).versions()).hasSize(1);
            assertThat(own.requests().getFirst().header("authorization"))
                    .isEqualTo(new Credentials("me", "secret").authorization());
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "'', true", "index.example, false"})
    void netrcGivesCredentialsByHost(String host, boolean sent) throws Exception {
        servesFoo();
        var known = new Credentials("me", "secret");
        index(configuration(List.of(simple()), Map.of(host, known), null, false, false)).page(FOO);
        assertThat(server.requests().getFirst().header("authorization"))
                .isEqualTo(sent ? known.authorization() : "");
    }

    @Test
    void plainHttpBeyondLoopbackNeedsTrust() {
        IndexLocation plain = IndexLocation.simple(URI.create("http://index.example/simple/"));
        assertFails(
                () -> index(configuration(List.of(plain), Map.of(), null, false, false)).page(FOO),
                Kind.CONFIGURATION,
                "http://index.example/simple/foo/ is not asked: plain http can be changed on the way");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
