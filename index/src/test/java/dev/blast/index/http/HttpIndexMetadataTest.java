package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.DistributionFile;
import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.http.Loopback.Reply;
import dev.blast.index.page.Link;
import dev.blast.index.page.Listing;
import dev.blast.index.page.PackedPage;
import dev.blast.index.page.PagePacker;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to the metadata of a wheel, and what is asked of the server on each. */
class HttpIndexMetadataTest extends HttpIndexFixture {
    private static final String FILENAME = "foo-1.0-py3-none-any.whl";
    private static final String PATH = "/files/" + FILENAME;
    private static final String TEXT = Wheels.metadata("foo", "1.0");
    private static final byte[] SMALL = Wheels.wheel("foo", "1.0");

    /** Its directory is longer than what is read of the end at first. */
    private static final byte[] LARGE = Wheels.wheel("foo", "1.0", 2000);

    private DistributionFile listed(byte @Nullable [] wheel, @Nullable MetadataFile metadataFile) {
        return Wheels.listed(FILENAME, server.uri(PATH), wheel, metadataFile);
    }

    private static Reply beside(String text) {
        return Loopback.bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        return Hashes.hex("sha256", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFoo(Metadata metadata) {
        assertThat(metadata.name()).isEqualTo(FOO);
        assertThat(metadata.requiresDist())
                .extracting(Requirement::toString)
                .containsExactly("leaf>=1");
        assertThat(metadata.description()).as("left out").isEmpty();
    }

    @Test
    void announcedMetadataIsReadAndChecked() throws Exception {
        server.on(PATH + ".metadata", beside(TEXT));
        HttpIndex index = index();
        DistributionFile wheel = listed(SMALL, new MetadataFile(Map.of("sha256", sha256(TEXT))));
        assertFoo(index.metadata(wheel));
        assertThat(index.metadataSha256(wheel)).hasValue(sha256(TEXT));
        assertThat(server.asked()).containsExactly("GET " + PATH + ".metadata");
        assertThat(index.statistics().announcedMetadata()).isEqualTo(1);
    }

    @Test
    void announcedMetadataThatIsNotWhatWasAnnouncedIsRefused() {
        server.on(PATH + ".metadata", beside(TEXT + "more"));
        server.on(PATH, Loopback.parts(SMALL));
        assertFails(
                () ->
                        index().metadata(
                                        listed(
                                                SMALL,
                                                new MetadataFile(Map.of("sha256", sha256(TEXT))))),
                Kind.HASH,
                "the metadata beside %s is not what the index announced%n  expected sha256 %s%n  came     sha256 %s%n"
                        .formatted(FILENAME, sha256(TEXT), sha256(TEXT + "more")));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void anAnnouncementThatIsNotKeptLeadsToTheWheel(int status) throws Exception {
        server.on(PATH + ".metadata", Loopback.status(status));
        server.on(PATH, Loopback.parts(SMALL));
        HttpIndex index = index();
        DistributionFile wheel = listed(SMALL, new MetadataFile(Map.of("sha256", sha256(TEXT))));
        assertFoo(index.metadata(wheel));
        assertThat(index.metadataSha256(wheel)).as("it came out of the wheel itself").isEmpty();
        assertThat(index.statistics().rangedMetadata()).isEqualTo(1);
    }

    @Test
    void metadataIsLookedForBesideTheWheelThoughNobodyAnnouncedIt() throws Exception {
        server.on(PATH + ".metadata", beside(TEXT));
        HttpIndex index = index();
        assertFoo(index.metadata(listed(SMALL, null)));
        assertThat(index.metadataSha256(listed(SMALL, null))).hasValue(sha256(TEXT));
        assertThat(index.statistics().unannouncedMetadata()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>not found</html>",
                "Metadata-Version: 2.1\nName: bar\nVersion: 1.0\n",
                "Metadata-Version: 2.1\nName: foo\nVersion: 2.0\n",
                ""
            })
    void whatLiesThereButIsAnotherTextIsPassedOver(String text) throws Exception {
        server.on(PATH + ".metadata", beside(text));
        server.on(PATH, Loopback.parts(SMALL));
        HttpIndex index = index();
        assertFoo(index.metadata(listed(SMALL, null)));
        assertThat(index.statistics().rangedMetadata()).isEqualTo(1);
    }

    @Test
    void aServerWithoutMetadataIsSoonNoLongerAsked() throws Exception {
        for (int i = 0; i < 12; i++) {
            String name = "foo-1.%d-py3-none-any.whl".formatted(i);
            byte[] wheel = Wheels.wheel("foo", "1." + i);
            server.on("/files/" + name, Loopback.parts(wheel));
            index().metadata(Wheels.listed(name, server.uri("/files/" + name), wheel, null));
        }
        assertThat(server.requests())
                .filteredOn(request -> request.path().endsWith(".metadata"))
                .hasSize(8);
        server.asked();
        clock.advance(Duration.ofHours(25));
        String next = "/files/foo-2.0-py3-none-any.whl";
        byte[] wheel = Wheels.wheel("foo", "2.0");
        server.on(next, Loopback.parts(wheel));
        index().metadata(Wheels.listed("foo-2.0-py3-none-any.whl", server.uri(next), wheel, null));
        assertThat(server.asked()).as("servers learn").contains("GET " + next + ".metadata");
    }

    @Test
    void aSmallWheelIsReadInOnePart() throws Exception {
        server.on(PATH, Loopback.parts(SMALL));
        assertFoo(index().metadata(listed(SMALL, null)));
        assertThat(server.asked())
                .containsExactly("GET " + PATH + ".metadata", "GET " + PATH + " bytes=0-");
    }

    @Test
    void aLargeWheelIsReadInTwoParts() throws Exception {
        server.on(PATH, Loopback.parts(LARGE));
        HttpIndex index = index();
        assertFoo(index.metadata(listed(LARGE, null)));
        assertThat(server.asked())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("GET " + PATH + " bytes=");
        assertThat(index.statistics().bytes()).isLessThan(LARGE.length / 2);
    }

    @Test
    void whereTheSizeIsNotKnownTheEndIsAskedFor() throws Exception {
        server.on(PATH, Loopback.parts(LARGE));
        assertFoo(index().metadata(listed(null, null)));
        assertThat(server.asked()).contains("GET " + PATH + " bytes=-16384");
    }

    @Test
    void aServerThatDoesNotCountFromTheEndIsAskedForTheSize() throws Exception {
        Loopback.Handler parts = Loopback.parts(LARGE);
        server.on(
                PATH,
                (Loopback.Handler)
                        request ->
                                request.header("range").startsWith("bytes=-")
                                        ? Loopback.status(416)
                                        : parts.reply(request));
        assertFoo(index().metadata(listed(null, null)));
        assertThat(server.asked()).contains("HEAD " + PATH);
    }

    @Test
    void aServerWithoutPartsGivesTheWholeWheelAndIsRemembered() throws Exception {
        server.on(PATH, Loopback.bytes(LARGE));
        HttpIndex index = index();
        assertFoo(index.metadata(listed(LARGE, null)));
        assertThat(index.statistics().wholeWheels()).isEqualTo(1);
        assertThat(cache.resolve("drafts")).isEmptyDirectory();
        server.asked();
        String next = "/files/foo-2.0-py3-none-any.whl";
        byte[] wheel = Wheels.wheel("foo", "2.0");
        server.on(next, Loopback.bytes(wheel));
        index().metadata(Wheels.listed("foo-2.0-py3-none-any.whl", server.uri(next), wheel, null));
        assertThat(server.asked()).containsExactly("GET " + next + ".metadata", "GET " + next);
    }

    @Test
    void aWheelThatIsNoneIsSaidToBeNone() {
        byte[] noise = new byte[50_000];
        server.on(PATH, Loopback.parts(noise));
        assertFails(
                () -> index().metadata(listed(noise, null)),
                Kind.FORMAT,
                FILENAME + " was refused: it does not end like a ZIP archive");
    }

    @Test
    void aWheelThatIsNoneSaysNothingOfItsServer() throws Exception {
        byte[] noise = new byte[50_000];
        server.on(PATH, Loopback.parts(noise));
        assertFails(
                () -> index().metadata(listed(noise, null)),
                Kind.FORMAT,
                FILENAME + " was refused");
        server.asked();
        String next = "/files/foo-2.0-py3-none-any.whl";
        byte[] wheel = Wheels.wheel("foo", "2.0", 2000);
        server.on(next, Loopback.parts(wheel));
        HttpIndex index = index();
        index.metadata(Wheels.listed("foo-2.0-py3-none-any.whl", server.uri(next), wheel, null));
        assertThat(index.statistics().rangedMetadata()).isEqualTo(1);
        assertThat(index.statistics().wholeWheels()).isZero();
    }

    @Test
    void aServerThatGivesPartsOfSomethingElseIsSoonNotAskedForAny() throws Exception {
        Loopback.Handler others = Loopback.parts(new byte[LARGE.length]);
        server.on(
                PATH,
                (Loopback.Handler)
                        request ->
                                request.header("range").isEmpty()
                                        ? Loopback.bytes(LARGE)
                                        : others.reply(request));
        assertFoo(index().metadata(listed(LARGE, null)));
        server.asked();
        String next = "/files/foo-2.0-py3-none-any.whl";
        byte[] wheel = Wheels.wheel("foo", "2.0");
        server.on(next, Loopback.parts(wheel));
        index().metadata(Wheels.listed("foo-2.0-py3-none-any.whl", server.uri(next), wheel, null));
        assertThat(server.asked()).containsExactly("GET " + next + ".metadata", "GET " + next);
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND", "403, REFUSED", "500, NETWORK"})
    void aWheelThatIsNotGivenIsAnError(int status, Kind kind) {
        server.on(PATH, Loopback.status(status));
        assertFails(() -> index().metadata(listed(SMALL, null)), kind, server.uri(PATH).toString());
    }

    @Test
    void metadataOfAnotherVersionIsRefused() {
        byte[] wheel = Wheels.wheel("foo", "3.0");
        server.on(PATH, Loopback.parts(wheel));
        assertFails(
                () -> index().metadata(listed(wheel, null)),
                Kind.FORMAT,
                FILENAME + " was refused: 'foo-3.0.dist-info' is the metadata of something else");
    }

    @Test
    void anSdistHasNoneOfThis() {
        var sdist =
                ProjectPage.filesOf(
                                new PackedPage(
                                        PagePacker.pack(
                                                FOO,
                                                new Listing(
                                                        List.of(
                                                                new Link(
                                                                        "foo-1.0.tar.gz",
                                                                        server.uri(
                                                                                        "/foo-1.0.tar.gz")
                                                                                .toString(),
                                                                        Map.of(),
                                                                        -1,
                                                                        Link.NO_TIME,
                                                                        null,
                                                                        null,
                                                                        null)),
                                                        ProjectStatus.ACTIVE)),
                                        0))
                        .getFirst();
        assertThatThrownBy(() -> index().metadata(sdist))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metadataIsKeptForeverAndOffline() throws Exception {
        server.on(PATH + ".metadata", beside(TEXT));
        index().metadata(listed(SMALL, null));
        server.asked();
        clock.advance(Duration.ofDays(400));
        HttpIndex offline = offline();
        assertFoo(offline.metadata(listed(SMALL, null)));
        assertThat(offline.metadataSha256(listed(SMALL, null))).hasValue(sha256(TEXT));
        assertThat(offline.statistics().metadataFromCache()).isEqualTo(1);
        assertFails(
                () ->
                        offline.metadata(
                                Wheels.listed(
                                        "foo-2.0-py3-none-any.whl",
                                        server.uri("/x.whl"),
                                        null,
                                        null)),
                Kind.OFFLINE,
                "foo-2.0-py3-none-any.whl: its metadata is not in the cache, and the network is not used");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theDigestIsKnownWithoutAskingAndOnlyOfWhatWasRead() throws Exception {
        server.on(PATH + ".metadata", beside(TEXT));
        assertThat(index().metadataSha256(listed(SMALL, null))).isEmpty();
        assertThat(server.asked()).isEmpty();
        index().metadata(listed(SMALL, null));
        server.asked();
        assertThat(index().metadataSha256(listed(SMALL, null))).hasValue(sha256(TEXT));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aLocalWheelIsOpened(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve(FILENAME), LARGE);
        assertFoo(offline().metadata(Wheels.listed(FILENAME, file.toUri(), null, null)));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void prefetchedMetadataIsSharedWithWhoAsksLater() throws Exception {
        server.on(PATH + ".metadata", beside(TEXT));
        HttpIndex index = index();
        var heard = new CountDownLatch(1);
        index.prefetch(listed(SMALL, null), metadata -> heard.countDown());
        assertFoo(index.metadata(listed(SMALL, null)));
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.asked()).hasSize(1);
    }
}
