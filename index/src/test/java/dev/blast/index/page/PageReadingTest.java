package dev.blast.index.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.IndexException;
import dev.blast.index.ProjectStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Project pages in both forms, written down as one line a link. */
class PageReadingTest {
    private static final URI PAGE = URI.create("https://index.example/simple/foo/");

    private static Listing json(String text) throws IOException, IndexException {
        return JsonPage.read(PAGE, stream(text.replace('\'', '"')));
    }

    private static Listing html(String text) throws IOException, IndexException {
        return HtmlPage.read(PAGE, stream(text));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(Listing listing) {
        return listing.links().stream()
                .map(link ->
                        "%s %s %s size=%d time=%s python=%s yanked=%s metadata=%s"
                                .formatted(
                                        link.filename(),
                                        link.url(),
                                        link.hashes(),
                                        link.sizeBytes(),
                                        link.uploadMillis() == Link.NO_TIME
                                                ? "-"
                                                : Instant.ofEpochMilli(link.uploadMillis()),
                                        link.requiresPython(),
                                        link.yanked() == null
                                                ? "-"
                                                : "'" + link.yanked().reason() + "'",
                                        link.metadataFile() == null
                                                ? "-"
                                                : link.metadataFile().hashes()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void jsonGivesEveryField() throws Exception {
        Listing page =
                json(
                        """
                        {'meta': {'api-version': '1.4', '_last-serial': 5}, 'name': 'foo', 'versions': ['1.0'],
                         'project-status': {'status': 'archived', 'reason': 'use bar'},
                         'unknown': {'files': [1, [2]]},
                         'files': [
                          {'filename': 'foo-1.0-py3-none-any.whl', 'url': 'https://files.example/a/foo-1.0-py3-none-any.whl#frag',
                           'hashes': {'sha256': 'ABCD', 'odd': 7}, 'requires-python': '>=3.8', 'size': 12,
                           'upload-time': '2024-01-02T03:04:05.678901Z', 'yanked': false, 'core-metadata': {'sha256': 'ef'},
                           'provenance': null, 'gpg-sig': true},
                          {'filename': 'foo-1.0.tar.gz', 'url': '../../files/foo-1.0.tar.gz', 'hashes': {}, 'yanked': 'broken',
                           'dist-info-metadata': true, 'upload-time': 'yesterday', 'requires-python': null},
                          {'filename': 'no-address.whl', 'hashes': {}},
                          {'filename': 'foo-2.0.tar.gz', 'url': 'ftp://files.example/foo-2.0.tar.gz', 'hashes': {}},
                          {'filename': 'foo-0.9.tar.gz', 'url': 'foo-0.9.tar.gz', 'yanked': true, 'core-metadata': false,
                           'dist-info-metadata': {'sha256': 'aa'}}
                         ]}
                        """);
        assertThat(lines(page))
                .isEqualTo(
                        """
                        foo-1.0-py3-none-any.whl https://files.example/a/foo-1.0-py3-none-any.whl {sha256=abcd} size=12 time=2024-01-02T03:04:05.678Z python=>=3.8 yanked=- metadata={sha256=ef}
                        foo-1.0.tar.gz https://index.example/files/foo-1.0.tar.gz {} size=-1 time=- python=null yanked='broken' metadata={}
                        foo-0.9.tar.gz https://index.example/simple/foo/foo-0.9.tar.gz {} size=-1 time=- python=null yanked='' metadata={sha256=aa}\
                        """);
        assertThat(page.status()).isEqualTo(new ProjectStatus("archived", "use bar"));
    }

    @Test
    void htmlGivesWhatItCan() throws Exception {
        Listing page =
                html(
                        """
                        <!DOCTYPE html><html><head>
                        <meta name="pypi:repository-version" content="1.3">
                        <meta name="pypi:project-status" content="quarantined">
                        <base href="https://files.example/root/">
                        </head><body><h1>Links</h1>
                        <a href="foo-1.0-py3-none-any.whl#sha256=ABCD" data-requires-python="&gt;=3.8" data-core-metadata="sha256=EF">foo</a><br>
                        <a href="/x/foo-1.0%2Blocal.tar.gz#egg=foo" data-yanked="" data-dist-info-metadata="true">foo</a>
                        <a href="foo 2.0.zip" data-core-metadata="false">odd</a>
                        <a href="javascript:alert(1)">no</a><a name="anchor">no</a>
                        """);
        assertThat(lines(page))
                .isEqualTo(
                        """
                        foo-1.0-py3-none-any.whl https://files.example/root/foo-1.0-py3-none-any.whl {sha256=abcd} size=-1 time=- python=>=3.8 yanked=- metadata={sha256=ef}
                        foo-1.0+local.tar.gz https://files.example/x/foo-1.0%2Blocal.tar.gz {} size=-1 time=- python=null yanked='' metadata={}
                        foo 2.0.zip https://files.example/root/foo%202.0.zip {} size=-1 time=- python=null yanked=- metadata=-\
                        """);
        assertThat(page.status().isQuarantined()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    {'meta': {'api-version': '2.0'}, 'files': []} | speaks version 2.0 of the simple API
                    {'meta': {'api-version': '1.0'}}              | JSON without 'files'
                    []                                            | START_ARRAY at line 1, column 1, where START_OBJECT should be
                    {'meta': {'api-version': '1.0'}, 'files': [3]} | where START_OBJECT should be
                    {'files': []}                                 | JSON without 'meta'
                    {'meta': {'api-version': '1.banana'}, 'files': []} | names a version of the simple API that is none: '1.banana'
                    {'files': [                                   | not the JSON of a project page: broken, ambiguous, too deep or too long
                    <html>                                        | broken, ambiguous, too deep or too long at line 1
                    """)
    void jsonOfAnotherKindIsRefused(String text, String message) {
        assertThatThrownBy(() -> json(text))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining(message);
    }

    @Test
    void htmlOfAnotherMajorVersionIsRefused() {
        assertThatThrownBy(() -> html("<meta name='pypi:repository-version' content='2.0'>"))
                .hasMessage(
                        "https://index.example/simple/foo/ speaks version 2.0 of the simple API, and Blast knows version 1");
    }
}
