package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blast.index.Credentials;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.Proxies;
import dev.blast.index.settings.TrustedHosts;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loopback server, a cache folder, and indexes upon them that a test opens as a command would,
 * one after the other.
 */
abstract class HttpIndexFixture {
    static final PackageName FOO = new PackageName("foo");
    static final String FOO_PAGE =
            "{'meta': {'api-version': '1.1'}, 'files': [{'filename': 'foo-1.0-py3-none-any.whl', 'url': '/files/foo-1.0-py3-none-any.whl', 'hashes': {}}]}";

    Loopback server;
    final SettableClock clock = new SettableClock();
    final List<HttpIndex> open = new ArrayList<>();

    @TempDir Path cache;

    /** Begins now: the ages of files are counted from their times on disk. */
    static final class SettableClock extends Clock {
        private Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new Loopback();
    }

    @AfterEach
    void stop() {
        open.forEach(HttpIndex::close);
        server.close();
    }

    /** A new index as the next command would make it. */
    HttpIndex index(IndexConfiguration configuration) {
        open.forEach(HttpIndex::close);
        open.clear();
        var index = new HttpIndex(configuration, cache, clock, Duration.ofMillis(1));
        open.add(index);
        return index;
    }

    HttpIndex index() {
        return index(configuration(false, false));
    }

    HttpIndex offline() {
        return index(configuration(true, false));
    }

    IndexLocation simple() {
        return IndexLocation.simple(server.uri("/simple/"));
    }

    IndexConfiguration configuration(boolean offline, boolean refresh) {
        return configuration(List.of(simple()), Map.of(), null, offline, refresh);
    }

    static IndexConfiguration configuration(
            List<IndexLocation> indexes,
            Map<String, Credentials> hosts,
            @Nullable Path certificates,
            boolean offline,
            boolean refresh) {
        return new IndexConfiguration(
                indexes,
                List.of(),
                hosts,
                certificates == null ? List.of() : List.of(certificates),
                TrustedHosts.NONE,
                Proxies.NONE,
                Duration.ofSeconds(5),
                2,
                offline,
                refresh);
    }

    static void assertFails(ThrowingCallable call, Kind kind, String message) {
        IndexException thrown = catchThrowableOfType(IndexException.class, call);
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.kind()).as(message).isEqualTo(kind);
    }
}
