package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.environment.build.SeenSource;
import dev.blast.environment.sync.Considered;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version may be built from its source, and what is known of that.
 *
 * @param shown what rules say; its notes tell the rest
 * @param source where it comes from, an address
 * @param requires what has to be installed before the backend can be asked what else has to be
 * @param wheel whether there is a wheel for here, so that nothing is built
 * @param leftOutBy where a person says that it is not built; null where nobody does
 * @param kept whether its wheel was built before
 * @param failed the last time that a build of it failed; null where none is known
 */
public record BuildableReport(
        ExplanationReport shown,
        String source,
        DistributionFile.Kind kind,
        String backend,
        List<String> requires,
        boolean wheel,
        @Nullable String leftOutBy,
        boolean kept,
        SeenSource.@Nullable Failed failed)
        implements Report {
    public BuildableReport {
        requires = List.copyOf(requires);
    }

    /** What there is to say of one. */
    public static BuildableReport of(ExplanationReport shown, Considered.Buildable buildable) {
        SeenSource seen = buildable.seen();
        return new BuildableReport(
                shown,
                Redaction.inText(buildable.source().uri().toString()),
                buildable.source().kind(),
                seen.fact().backend(),
                seen.requires().stream().map(Object::toString).toList(),
                buildable.hasWheel(),
                buildable.format().sources() ? null : buildable.format().by(),
                seen.kept(),
                seen.failed());
    }

    @Override
    public String text(Palette palette) {
        return shown.text(palette);
    }

    @Override
    public JsonObject json() {
        return shown.json()
                .with(
                        "build",
                        new JsonObject()
                                .with("source", source)
                                .with("kind", kind)
                                .with("backend", backend)
                                .with("requires", requires)
                                .with("wheel", wheel)
                                .with("leftOutBy", leftOutBy)
                                .with("kept", kept)
                                .with("failed", json(failed)));
    }

    private static @Nullable JsonObject json(SeenSource.@Nullable Failed failed) {
        return failed == null
                ? null
                : new JsonObject()
                        .with("time", failed.when().toString())
                        .with("cause", failed.cause())
                        .with("log", failed.log().toString());
    }
}
