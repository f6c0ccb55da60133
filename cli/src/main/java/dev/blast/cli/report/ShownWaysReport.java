package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.environment.change.Impasse;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.solver.text.RequirementText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways out that were shown last.
 *
 * @param command that showed them
 * @param firstWay from the proof to the first of them; null where that is not known
 * @param taken the letter of the one that was taken; null where none was
 * @param generation that it became
 * @param impasses syncs without an answer that are remembered
 */
public record ShownWaysReport(
        Instant time,
        String command,
        List<Impasse.ShownWay> ways,
        Duration proved,
        @Nullable Duration firstWay,
        @Nullable String taken,
        int generation,
        int impasses)
        implements Report {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    public ShownWaysReport {
        ways = List.copyOf(ways);
    }

    /** Of the last sync that showed any. */
    public static ShownWaysReport of(Impasse last, int impasses) {
        return new ShownWaysReport(
                last.time(),
                last.command(),
                last.ways(),
                last.proved(),
                last.firstWay().orElse(null),
                last.taken().map(Impasse.Taken::letter).orElse(null),
                last.taken().map(Impasse.Taken::generation).orElse(0),
                impasses);
    }

    /** The ways out, a line for each thing that is let go. */
    public static List<String> lines(List<Impasse.ShownWay> ways) {
        var lines = new ArrayList<String>();
        for (Impasse.ShownWay way : ways) {
            String letter = way.letter();
            for (Impasse.LetGo each : way.letsGo()) {
                lines.add("%-1s  %s".formatted(letter, words(each)));
                letter = "";
            }
        }
        return lines;
    }

    private static String words(Impasse.LetGo each) {
        return switch (each.kind()) {
            case WIDEN ->
                    "%s  instead of %s (%s)"
                            .formatted(
                                    requirement(each.to()),
                                    requirement(each.from()),
                                    each.origin());
            case DROP -> "without %s  (%s)".formatted(requirement(each.from()), each.origin());
            case UNPIN ->
                    "without the pin %s  (%s)".formatted(requirement(each.from()), each.origin());
            case LIFT ->
                    "blast sync --lift %s==%s  (%s)"
                            .formatted(each.from(), each.to(), each.origin());
            case PRERELEASE -> "%s>=%s, a pre-release".formatted(each.from(), each.to());
        };
    }

    /** As it is written everywhere; as it stands where it is none. */
    private static String requirement(String text) {
        try {
            return RequirementText.of(Requirement.parse(text));
        } catch (InvalidSyntaxException _) {
            return text;
        }
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append("ways out as shown on ")
                .append(TIME.format(time.atZone(ZoneId.systemDefault())))
                .append(" (")
                .append(command)
                .append(")")
                .end();
        lines(ways).forEach(line -> text.append("  ").line(line));
        if (taken == null) {
            text.line("blast sync --repair A applies one.");
        } else {
            text.append(taken).append(" was taken, as generation ").append(generation).end();
        }
        return text.toString();
    }

    @Override
    public JsonObject json() {
        JsonObject json =
                new JsonObject()
                        .with("outcome", "ways out")
                        .with("time", time.toString())
                        .with("command", command)
                        .with("waysOut", ways, ShownWaysReport::json)
                        .with("secondsToProof", proved)
                        .with("taken", taken)
                        .with("remembered", impasses);
        return firstWay == null ? json : json.with("secondsToFirstWay", firstWay);
    }

    private static JsonObject json(Impasse.ShownWay way) {
        return new JsonObject()
                .with("letter", way.letter())
                .with("letsGo", way.letsGo(), ShownWaysReport::json);
    }

    private static JsonObject json(Impasse.LetGo each) {
        return new JsonObject()
                .with("kind", each.kind())
                .with("from", each.from())
                .with("to", each.to())
                .with("origin", each.origin());
    }
}
