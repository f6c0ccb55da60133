package dev.blast.environment.change;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Note;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * That a version was chosen though a rule holds it back: a person lifted that by name. It is kept,
 * so that a later sync does not judge the version away, and says so.
 *
 * @param layer of the rule; a hold of another layer is not lifted by this
 * @param rule its name
 * @param at its place: {@code policies/own.drl:3}
 * @param why its own words; empty where it has none
 */
public record LiftedHold(
        PackageName name, Version version, Layer layer, String rule, String at, String why) {
    private static final String FIELD = "\t";

    public static LiftedHold of(PackageName name, Version version, Reason hold) {
        return new LiftedHold(
                name, version, hold.layer(), hold.rule(), hold.origin().toString(), hold.text());
    }

    /** Whether another says of the same version that a hold of the same layer was lifted. */
    public boolean isKnownBy(LiftedHold other) {
        return name.equals(other.name) && version.equals(other.version) && layer == other.layer;
    }

    /** As something to be heard. */
    public Note note() {
        var hold = new Reason(new Origin(at, 0, 0), rule, layer, "hold", why);
        return new Note.Lifted(name, version, hold);
    }

    /** Reads what {@link #line} wrote. */
    static LiftedHold parse(String line) {
        List<String> fields = Arrays.asList(line.split(FIELD, -1));
        return new LiftedHold(
                new PackageName(fields.get(0)),
                Version.parse(fields.get(1)),
                Layer.valueOf(fields.get(2)),
                fields.get(3),
                fields.get(4),
                fields.get(5));
    }

    /** In one line; a tab in somebody's words becomes a blank. */
    String line() {
        return Stream.of(name.normalized(), version.toString(), layer.name(), rule, at, why)
                .map(field -> field.replace(FIELD, " "))
                .collect(Collectors.joining(FIELD));
    }
}
