package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexLocation.Form;
import dev.blast.index.ProjectPage;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.IndexStrategy;
import dev.blast.index.settings.Proxies;
import dev.blast.index.settings.TrustedHosts;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes in folders, and places of links beside an index. */
class LocalPlacesTest extends HttpIndexFixture {
    @TempDir Path folder;

    private IndexConfiguration with(
            List<IndexLocation> indexes, boolean offline, URI... findLinks) {
        return new IndexConfiguration(
                indexes,
                Arrays.stream(findLinks)
                        .map(uri -> new IndexLocation(uri, Form.LINKS, null))
                        .toList(),
                Map.of(),
                List.of(),
                TrustedHosts.NONE,
                Proxies.NONE,
                Duration.ofSeconds(5),
                0,
                offline,
                false);
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, Wheels.wheel("foo", "1.0"));
    }

    @Test
    void aTreeOfPagesIsAnIndex() throws Exception {
        Path wheel = file("files/foo-1.0-py3-none-any.whl");
        file("simple/bar/bar-2.0.tar.gz");
        Files.createDirectories(folder.resolve("simple/foo"));
        Files.writeString(
                folder.resolve("simple/foo/index.html"),
                "<a href='../../files/foo-1.0-py3-none-any.whl'>foo</a>");
        HttpIndex index =
                index(with(List.of(IndexLocation.simple(folder.resolve("simple").toUri())), true));
        assertThat(index.page(FOO).files())
                .extracting(DistributionFile::uri)
                .containsExactly(wheel.toUri());
        assertThat(index.page(new PackageName("Bar")).versions()).hasToString("[2.0]");
        assertThat(index.page(new PackageName("other")).isMissing()).isTrue();
        assertThat(index.metadata(index.page(FOO).files().getFirst()).name()).isEqualTo(FOO);
    }

    /** Of a version that both have, the first one's files are taken. */
    @ParameterizedTest
    @CsvSource({
        "FIRST_INDEX,        1.0:own 2.0:own",
        "UNSAFE_BEST_MATCH,  1.0:own 2.0:own 3.0:all",
        "UNSAFE_FIRST_MATCH, 1.0:own 2.0:own 3.0:all#1"
    })
    void severalIndexesGiveWhatTheStrategyLets(IndexStrategy strategy, String expected)
            throws Exception {
        for (String file :
                List.of(
                        "own/foo/foo-1.0",
                        "own/foo/foo-2.0",
                        "all/foo/foo-2.0",
                        "all/foo/foo-3.0")) {
            file(file + "-py3-none-any.whl");
        }
        IndexConfiguration both =
                with(
                        List.of(
                                IndexLocation.simple(folder.resolve("own").toUri()),
                                IndexLocation.simple(folder.resolve("all").toUri())),
                        true);
        ProjectPage page = index(both.by(strategy)).page(FOO);
        String found =
                page.versions().stream()
                        .map(version -> {
                            String from =
                                    String.valueOf(page.from(version)).replaceAll(".*/(.+)/", "$1");
                            assertThat(page.files(version).getFirst().uri().toString())
                                    .contains("/" + from + "/");
                            int rank = page.rank(version);
                            return version + ":" + from + (rank == 0 ? "" : "#" + rank);
                        })
                        .collect(Collectors.joining(" "));
        assertThat(found).isEqualTo(expected);
    }

    /** Neither another index nor a list of links is looked at, and the answer says where it was. */
    @Test
    void aBoundNameIsAskedForInOnePlace() throws Exception {
        Path elsewhere = folder.resolve("all");
        file("all/foo/foo-2.0-py3-none-any.whl");
        file("links/foo-3.0-py3-none-any.whl");
        file("own/foo/foo-1.0-py3-none-any.whl");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        IndexConfiguration all =
                with(
                        List.of(IndexLocation.simple(elsewhere.toUri())),
                        true,
                        folder.resolve("links").toUri());
        PackageName bar = new PackageName("bar");
        HttpIndex index =
                index(
                        all.binding(
                                Map.of(
                                        FOO,
                                        folder.resolve("own").toString(),
                                        bar,
                                        empty.toString()),
                                folder));
        assertThat(index(all).page(FOO).versions()).hasToString("[2.0, 3.0]");
        assertThat(index.page(FOO).versions()).hasToString("[1.0]");
        assertThat(index.page(bar).isMissing()).isTrue();
        assertThat(index.page(bar).emptiness())
                .isEqualTo(empty.toUri() + " does not have, and the name is bound to it");
    }

    @Test
    void anIndexThatIsNoFolderIsAnError() {
        assertFails(
                () ->
                        index(
                                        with(
                                                List.of(
                                                        IndexLocation.simple(
                                                                folder.resolve("gone").toUri())),
                                                false))
                                .page(FOO),
                Kind.CONFIGURATION,
                "the index %s is not a folder".formatted(folder.resolve("gone")));
    }

    @Test
    void linksAreOfferedBesideTheIndexAndGoBeforeTheSameFileThere() throws Exception {
        Path same = file("foo-1.0-py3-none-any.whl");
        file("foo-1.5-py3-none-any.whl");
        file("Foo_Bar-3.0.tar.gz");
        file("notes.txt");
        server.on(
                "/simple/foo/",
                Loopback.json(
                        """
                        {'meta': {'api-version': '1.0'}, 'files': [{'filename': 'foo-1.0-py3-none-any.whl', 'url': '/a', 'hashes': {}},
                                   {'filename': 'foo-1.0.tar.gz', 'url': '/b', 'hashes': {}},
                                   {'filename': 'foo-2.0.tar.gz', 'url': '/c', 'hashes': {}}]}
                        """));
        HttpIndex index =
                index(
                        with(
                                List.of(simple()),
                                false,
                                folder.toUri(),
                                folder.resolve("gone").toUri()));
        ProjectPage page = index.page(FOO);
        assertThat(page.from()).isEqualTo(simple());
        assertThat(page.versions()).hasToString("[1.0, 1.5, 2.0]");
        assertThat(page.files(page.versions().getFirst()))
                .extracting(DistributionFile::uri)
                .containsExactly(same.toUri(), server.uri("/b"));
        ProjectPage only = index.page(new PackageName("foo-bar"));
        assertThat(only.isMissing()).isFalse();
        assertThat(only.versions()).hasToString("[3.0]");
    }

    @Test
    void aPageOfLinksIsReadOnceAndKept() throws Exception {
        server.on(
                "/links.html",
                Loopback.html(
                        "<a href='files/foo-1.0.tar.gz'>x</a><a href='files/bar-2.0.tar.gz'>x</a>"));
        HttpIndex index = index(with(List.of(), false, server.uri("/links.html")));
        assertThat(index.page(FOO).files())
                .extracting(DistributionFile::uri)
                .containsExactly(server.uri("/files/foo-1.0.tar.gz"));
        assertThat(index.page(new PackageName("bar")).versions()).hasToString("[2.0]");
        assertThat(server.asked()).hasSize(1);
        clock.advance(Duration.ofHours(1));
        assertThat(index(with(List.of(), true, server.uri("/links.html"))).page(FOO).versions())
                .hasSize(1);
        assertThat(server.asked()).isEmpty();
        index(with(List.of(), false, server.uri("/links.html"))).page(FOO);
        assertThat(server.asked()).hasSize(1);
        assertFails(
                () -> index(with(List.of(), true, server.uri("/other.html"))).page(FOO),
                Kind.OFFLINE,
                "/other.html is not in the cache");
        assertFails(
                () -> index(with(List.of(), false, server.uri("/other.html"))).page(FOO),
                Kind.NOT_FOUND,
                "the page of links is not there (404)");
    }

    @Test
    void whatLiesThereAndCannotBeUsedIsNamedWhereNothingElseIs() throws Exception {
        file("foo-1.0.whl");
        file("foo-1.0-py3-none-any.whl.part");
        file("foo_bar-1.0-py3-none-any.whl");
        file("foo-2.x-py3-none-any.whl");
        try (var index =
                new HttpIndex(with(List.of(), false, folder.toUri()), folder.resolve("cache"))) {
            ProjectPage page = index.page(new PackageName("foo"));
            assertThat(page.isMissing()).isTrue();
            assertThat(page.emptiness())
                    .startsWith("no index has; 3 files were passed over: foo-1.0")
                    .contains("foo-1.0.whl (its name is not that of a wheel or sdist of foo)")
                    .doesNotContain("foo_bar");
            assertThat(index.page(new PackageName("nothing")).emptiness())
                    .isEqualTo("no index has");
        }
    }
}
