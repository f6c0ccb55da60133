package dev.blast.environment.advisories;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.Affected.Event;
import dev.blast.environment.advisories.Affected.Range;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.AdvisorySeverity;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document of the Open Source Vulnerability format, 1.6. What it does not know is passed
 * over; what it knows and cannot be read is an error, since a hole that is missed is worse.
 */
final class OsvReader {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(50)
                                    .maxStringLength(4 * 1024 * 1024)
                                    .build())
                    .build();

    /** As all of OSV's databases name their entries; what else comes as a name is not shown. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private static final int MOST_EVENTS = 5_000;
    private static final int MOST_VERSIONS = 50_000;

    private final JsonParser in;
    private final Map<PackageName, Set<Range>> ranges = new HashMap<>();
    private final Map<PackageName, Set<Version>> versions = new HashMap<>();
    private AdvisorySeverity severity = AdvisorySeverity.UNKNOWN;
    private int unclear;

    private OsvReader(JsonParser in) {
        this.in = in;
    }

    /**
     * Reads it.
     *
     * @param name of the document, for messages
     */
    static OsvDocument read(String name, byte[] json) throws EnvironmentException {
        try (JsonParser in = JSON.createParser(json)) {
            return new OsvReader(in).document();
        } catch (JacksonException e) {
            throw new EnvironmentException(
                    "%s is not the JSON of an advisory: broken, ambiguous, too deep or too long at line %d"
                            .formatted(name, line(e)),
                    e);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "%s is not an advisory in OSV's form: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    private OsvDocument document() throws IOException {
        expect(in.nextToken(), JsonToken.START_OBJECT, "it");
        String id = null;
        List<String> aliases = List.of();
        Instant withdrawn = null;
        Instant published = null;
        Instant modified = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            switch (key) {
                case "id" -> id = text(value);
                case "aliases" -> aliases = texts(value, key);
                case "withdrawn" -> withdrawn = time(value, key);
                case "published" -> published = time(value, key);
                case "modified" -> modified = time(value, key);
                case "severity" -> severities(value);
                case "database_specific" -> rating(value);
                case "affected" -> each(value, key, this::affected);
                default -> in.skipChildren();
            }
        }
        expect(in.nextToken(), null, "what follows it");
        if (id == null || !ID.matcher(id).matches()) {
            throw new IOException("it has no id that could be one");
        }
        Map<PackageName, Affected> affected = new HashMap<>();
        Set<PackageName> names = new TreeSet<>(ranges.keySet());
        names.addAll(versions.keySet());
        for (PackageName name : names) {
            affected.put(
                    name,
                    Affected.of(
                            ranges.getOrDefault(name, Set.of()),
                            versions.getOrDefault(name, Set.of())));
        }
        return new OsvDocument(
                id,
                aliases.stream().filter(alias -> ID.matcher(alias).matches()).toList(),
                withdrawn != null,
                published,
                modified,
                severity,
                affected,
                unclear);
    }

    /** One package of {@code affected}; those of other ecosystems say nothing here. */
    private void affected() throws IOException {
        PackageName name = null;
        Set<Range> itsRanges = new LinkedHashSet<>();
        Set<Version> itsVersions = new TreeSet<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            switch (key) {
                case "package" -> name = packageName(value);
                case "ranges" -> each(value, key, () -> range(itsRanges));
                case "versions" -> {
                    // Many are older than PEP 440: no candidate has such a version.
                    for (String version : texts(value, key)) {
                        Version.tryParse(version)
                                .map(Version::withoutLocal)
                                .ifPresent(itsVersions::add);
                    }
                }
                case "severity" -> severities(value);
                default -> in.skipChildren();
            }
        }
        if (name != null) {
            Set<Range> all = ranges.computeIfAbsent(name, _ -> new LinkedHashSet<>());
            all.addAll(itsRanges);
            if (all.size() > MOST_EVENTS) {
                throw new IOException("more than %,d ranges".formatted(MOST_EVENTS));
            }
            versions.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(itsVersions);
        }
    }

    private @Nullable PackageName packageName(JsonToken value) throws IOException {
        expect(value, JsonToken.START_OBJECT, "'package'");
        String name = null;
        String ecosystem = "";
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken token = in.nextToken();
            switch (key) {
                case "name" -> name = text(token);
                case "ecosystem" -> ecosystem = text(token);
                default -> in.skipChildren();
            }
        }
        if (!ecosystem.equals("PyPI") && !ecosystem.startsWith("PyPI:")) {
            return null;
        }
        try {
            return PackageName.parse(name == null ? "" : name);
        } catch (InvalidSyntaxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Commits ({@code GIT}) say nothing about versions, and nobody here has versions by SemVer. */
    private void range(Set<Range> into) throws IOException {
        String type = "";
        List<Event> events = new ArrayList<>();
        boolean clear = true;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            if (key.equals("type")) {
                type = text(value);
            } else if (key.equals("events")) {
                expect(value, JsonToken.START_ARRAY, "'events'");
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    expect(in.currentToken(), JsonToken.START_OBJECT, "an event");
                    clear &= event(events);
                    if (events.size() > MOST_EVENTS) {
                        throw new IOException("more than %,d events".formatted(MOST_EVENTS));
                    }
                }
            } else {
                in.skipChildren();
            }
        }
        if (type.equals("ECOSYSTEM")) {
            if (clear) {
                into.addAll(Affected.ranges(events));
            } else {
                unclear++;
            }
        }
    }

    /** Whether its version, if it has one, is a version. */
    private boolean event(List<Event> events) throws IOException {
        boolean clear = true;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            boolean known =
                    key.equals("introduced") || key.equals("fixed") || key.equals("last_affected");
            if (!known) {
                in.skipChildren();
                continue;
            }
            String text = text(value);
            if (key.equals("introduced") && text.equals("0")) {
                events.add(Event.introduced(null));
                continue;
            }
            Version version = Version.tryParse(text).orElse(null);
            if (version == null) {
                clear = false;
                continue;
            }
            events.add(
                    switch (key) {
                        case "introduced" -> Event.introduced(version);
                        case "fixed" -> Event.fixed(version);
                        default -> Event.lastAffected(version);
                    });
        }
        return clear;
    }

    /** {@code severity}: vectors, each with its type. */
    private void severities(JsonToken value) throws IOException {
        each(
                value,
                "severity",
                () -> {
                    while (in.nextToken() == JsonToken.FIELD_NAME) {
                        String key = in.currentName();
                        JsonToken token = in.nextToken();
                        if (key.equals("score") && token == JsonToken.VALUE_STRING) {
                            atLeast(Cvss.rating(in.getText()));
                        } else {
                            in.skipChildren();
                        }
                    }
                });
    }

    /** {@code database_specific}: GHSA has a word there. */
    private void rating(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken token = in.nextToken();
            if (key.equals("severity") && token == JsonToken.VALUE_STRING) {
                atLeast(
                        switch (in.getText()) {
                            case "LOW" -> AdvisorySeverity.LOW;
                            case "MODERATE", "MEDIUM" -> AdvisorySeverity.MEDIUM;
                            case "HIGH" -> AdvisorySeverity.HIGH;
                            case "CRITICAL" -> AdvisorySeverity.CRITICAL;
                            default -> AdvisorySeverity.UNKNOWN;
                        });
            } else {
                in.skipChildren();
            }
        }
    }

    private void atLeast(AdvisorySeverity said) {
        severity = said.compareTo(severity) > 0 ? said : severity;
    }

    /** Reads the objects of a list, from behind their opening brace. */
    private void each(JsonToken value, String key, Reading reading) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        expect(value, JsonToken.START_ARRAY, "'" + key + "'");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            expect(in.currentToken(), JsonToken.START_OBJECT, "what is in '" + key + "'");
            reading.read();
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private String text(JsonToken value) throws IOException {
        expect(value, JsonToken.VALUE_STRING, "'" + in.currentName() + "'");
        return in.getText();
    }

    private List<String> texts(JsonToken value, String key) throws IOException {
        List<String> texts = new ArrayList<>();
        if (value == JsonToken.VALUE_NULL) {
            return texts;
        }
        expect(value, JsonToken.START_ARRAY, "'" + key + "'");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            expect(in.currentToken(), JsonToken.VALUE_STRING, "what is in '" + key + "'");
            texts.add(in.getText());
            if (texts.size() > MOST_VERSIONS) {
                throw new IOException("'%s' has more than %,d".formatted(key, MOST_VERSIONS));
            }
        }
        return texts;
    }

    private @Nullable Instant time(JsonToken value, String key) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        try {
            return Instant.parse(text(value));
        } catch (DateTimeParseException e) {
            throw new IOException("'%s' is no time".formatted(key), e);
        }
    }

    private static void expect(@Nullable JsonToken found, @Nullable JsonToken wanted, String what)
            throws IOException {
        if (found != wanted) {
            throw new IOException(
                    "%s is %s, where %s should be"
                            .formatted(
                                    what,
                                    found == null ? "the end" : found,
                                    wanted == null ? "the end" : wanted));
        }
    }
}
