package dev.blast.solver.index;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page as the cache has it: what the index said about how long it holds and how to ask whether it
 * still does, and the files.
 *
 * @param address of the page, to be sure that the entry is the one that was meant
 * @param freshFor empty where the index said nothing
 * @param etag empty where the index gave none, as the next
 * @param files null for the answer that the index does not have the project
 */
record CachedPage(
        String address,
        OptionalLong freshFor,
        String etag,
        String lastModified,
        ProjectStatus status,
        @Nullable PackedPage files) {
    /** Where an index says nothing; pip's choice too. */
    private static final Duration USUAL_FRESHNESS = Duration.ofMinutes(10);

    /** Reads an entry's content from the bytes of a cache file. */
    static CachedPage unpack(byte[] bytes, int at) {
        var in = new Unpacker(bytes, at);
        String address = in.text();
        boolean missing = in.number() == 0;
        long freshFor = in.number() - 1;
        String etag = in.text();
        String lastModified = in.text();
        var status = new ProjectStatus(in.text(), in.text());
        return new CachedPage(
                address,
                freshFor < 0 ? OptionalLong.empty() : OptionalLong.of(freshFor),
                etag,
                lastModified,
                status,
                missing ? null : new PackedPage(bytes, in.position()));
    }

    /**
     * @param files what {@link PackedPage#pack} made, null for a page that is not there
     */
    static byte[] pack(
            String address, HttpHeaders headers, ProjectStatus status, byte @Nullable [] files) {
        var out = new Packer(files == null ? 256 : files.length + 256);
        out.text(address).number(files == null ? 0 : 1).number(freshFor(headers) + 1);
        out.text(headers.firstValue("etag").orElse(""));
        out.text(headers.firstValue("last-modified").orElse(""));
        out.text(status.state()).text(status.reason());
        return files == null ? out.bytes() : out.raw(files).bytes();
    }

    /**
     * Seconds, -1 where nothing is said (RFC 9111: {@code no-cache} means ask each time). This is a
     * private cache, so {@code s-maxage} and {@code private} do not concern it.
     */
    private static long freshFor(HttpHeaders headers) {
        long seconds = -1;
        for (String directive :
                String.join(",", headers.allValues("cache-control")).split(",", -1)) {
            String word = directive.strip().toLowerCase(Locale.ROOT);
            if (word.equals("no-cache")) {
                return 0;
            }
            if (word.startsWith("max-age=")) {
                String number = word.substring("max-age=".length()).replace("\"", "");
                seconds = number.matches("\\d{1,9}") ? Long.parseLong(number) : 0;
            }
        }
        long age =
                headers.firstValue("age")
                        .filter(text -> text.matches("\\d{1,9}"))
                        .map(Long::parseLong)
                        .orElse(0L);
        return seconds < 0 ? -1 : Math.max(0, seconds - age);
    }

    static boolean mayBeKept(HttpHeaders headers) {
        return headers.allValues("cache-control").stream()
                .noneMatch(value -> value.contains("no-store"));
    }

    /**
     * Whether the index need not be asked. An entry from the future (a clock was wrong) is not
     * fresh.
     */
    boolean isFresh(Instant validated, Instant now) {
        long seconds = freshFor.orElse(USUAL_FRESHNESS.toSeconds());
        return files != null
                && !validated.isAfter(now)
                && validated.plusSeconds(seconds).isAfter(now);
    }

    /** Headers that ask for the page only if it has changed. */
    Map<String, String> conditions() {
        var conditions = new HashMap<String, String>();
        if (files != null && !etag.isEmpty()) {
            conditions.put("If-None-Match", etag);
        }
        if (files != null && !lastModified.isEmpty()) {
            conditions.put("If-Modified-Since", lastModified);
        }
        return conditions;
    }
}
