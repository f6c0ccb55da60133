package dev.blast.environment.advisories;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A document in OSV's form, written by hand. */
record Osv(String id, String more, List<String> affected) {

    static Osv document(String id) {
        return new Osv(id, "", List.of());
    }

    /** The same with further members: {@code "aliases": ["CVE-1"]}. */
    Osv with(String members) {
        return new Osv(id, more + ", " + members, affected);
    }

    /**
     * The same about a package.
     *
     * @param events of one ECOSYSTEM range: {@code introduced 0, fixed 1.2}; null for no range
     * @param versions with spaces between them; null for none
     */
    Osv of(String name, @Nullable String events, @Nullable String versions) {
        String list =
                events == null
                        ? ""
                        : Stream.of(events.split(", "))
                                .map(event -> event.split(" "))
                                .map(event -> "{\"%s\": \"%s\"}".formatted(event[0], event[1]))
                                .collect(Collectors.joining(", "));
        String ranges =
                events == null
                        ? ""
                        : ", \"ranges\": [{\"type\": \"GIT\", \"repo\": \"x\", \"events\": [{\"introduced\": \"0\"}]}, {\"type\": \"ECOSYSTEM\", \"events\": [%s]}]"
                                .formatted(list);
        String single =
                Stream.of(Objects.requireNonNullElse(versions, "").split(" "))
                        .filter(version -> !version.isEmpty())
                        .map(version -> "\"" + version + "\"")
                        .collect(Collectors.joining(", "));
        List<String> all = new ArrayList<>(affected);
        all.add(
                "{\"package\": {\"ecosystem\": \"PyPI\", \"name\": \"%s\"}%s, \"versions\": [%s]}"
                        .formatted(name, ranges, single));
        return new Osv(id, more, all);
    }

    byte[] json() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return "{\"id\": \"%s\"%s, \"details\": \"x\", \"affected\": [%s]}"
                .formatted(id, more, String.join(", ", affected));
    }
}
