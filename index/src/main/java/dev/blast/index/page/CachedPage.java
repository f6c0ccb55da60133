package dev.blast.index.page;

import dev.blast.index.ProjectStatus;
import dev.blast.index.cache.Packer;
import dev.blast.index.cache.Unpacker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import okhttp3.Headers;
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
public record CachedPage(
        String address,
        OptionalLong freshFor,
        String etag,
        String lastModified,
        ProjectStatus status,
        @Nullable PackedPage files) {
    /** Where an index says nothing; pip's choice too. */
    private static final Duration USUAL_FRESHNESS = Duration.ofMinutes(10);

    /**
     * The most that an index is believed: a page that nobody asks for again for years hides every
     * version that is taken back.
     */
    private static final Duration LONGEST_FRESHNESS = Duration.ofHours(1);

    /** Reads an entry's content from the bytes of a cache file. */
    public static CachedPage unpack(byte[] bytes, int at) {
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
     * An answer as it is kept.
     *
     * @param files what {@link PagePacker} made, null for a page that is not there
     */
    public static byte[] pack(
            String address, Headers headers, ProjectStatus status, byte @Nullable [] files) {
        var out = new Packer(files == null ? 256 : files.length + 256);
        out.text(address).number(files == null ? 0 : 1).number(freshFor(headers) + 1);
        out.text(text(headers, "etag"));
        out.text(text(headers, "last-modified"));
        out.text(status.state()).text(status.reason());
        return files == null ? out.bytes() : out.raw(files).bytes();
    }

    /**
     * Seconds, -1 where nothing is said (RFC 9111: {@code no-cache} means ask each time). This is a
     * private cache, so {@code s-maxage} and {@code private} do not concern it.
     */
    private static long freshFor(Headers headers) {
        long seconds = -1;
        for (String directive : String.join(",", headers.values("cache-control")).split(",", -1)) {
            String word = directive.strip().toLowerCase(Locale.ROOT);
            if (word.equals("no-cache")) {
                return 0;
            }
            if (word.startsWith("max-age=")) {
                String number = word.substring("max-age=".length()).replace("\"", "");
                seconds = number.matches("\\d{1,9}") ? Long.parseLong(number) : 0;
            }
        }
        String said = text(headers, "age");
        long age = said.matches("\\d{1,9}") ? Long.parseLong(said) : 0;
        return seconds < 0 ? -1 : Math.clamp(seconds - age, 0, LONGEST_FRESHNESS.toSeconds());
    }

    private static String text(Headers headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    public static boolean mayBeKept(Headers headers) {
        return headers.values("cache-control").stream()
                .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-store"));
    }

    /**
     * Whether the index need not be asked. An entry from the future (a clock was wrong) is not
     * fresh.
     */
    public boolean isFresh(Instant validated, Instant now) {
        long seconds = freshFor.orElse(USUAL_FRESHNESS.toSeconds());
        return files != null
                && !validated.isAfter(now)
                && validated.plusSeconds(seconds).isAfter(now);
    }

    /** Headers that ask for the page only if it has changed. */
    public Map<String, String> conditions() {
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
