package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.environment.sync.Supposed;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Restraint;
import dev.blast.solver.text.ProofText;
import dev.blast.solver.text.RequirementText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would come of it if some versions of a package were asked for besides.
 *
 * @param command that would choose it, tried out; where there is none, it is said what to write
 */
public record WhyNotReport(Requirement question, Supposed.Answered answer, String command)
        implements Report {

    @Override
    public String text(Palette palette) {
        String asked = RequirementText.of(question);
        var text = new Page();
        switch (answer) {
            case Supposed.Chosen(Version version) ->
                    text.append(palette.strong(question.name() + " " + version))
                            .line(" is what a sync chooses here");
            case Supposed.Impossible(var proof) ->
                    text.append(palette.strong(asked))
                            .append(" cannot be chosen, though the project has an answer: ")
                            .line(ProofText.conclusion(proof))
                            .lines(ProofText.lines(proof));
            case Supposed.Refused(var versions, var lifted) -> {
                text.append(palette.strong(asked)).line(" is refused by the rules");
                versions.forEach((version, ruled) ->
                        text.append("  ").line(StandingText.of(ruled, version.toString())));
                if (lifted != null) {
                    text.append("to choose ")
                            .append(versions.size() == 1 ? "it" : lifted.version().toString())
                            .append(" all the same: ")
                            .append(command)
                            .line("   (solved to the end)")
                            .lines(moves(lifted.moves()));
                }
            }
            case Supposed.Possible possible -> possible(possible, text, palette);
        }
        return text.toString();
    }

    private void possible(Supposed.Possible possible, Page text, Palette palette) {
        Version instead = possible.instead();
        text.append(palette.strong(question.name() + " " + possible.version()));
        text.append(" could be chosen; a sync ")
                .line(
                        instead == null
                                ? "does not, since nothing here needs it"
                                : "chooses " + instead);
        text.append("  ").line(verdict(possible));
        text.lines(moves(possible.moves()));
        text.append("to choose it: ").append(command).line("   (solved to the end)");
    }

    private static String moves(List<Supposed.Move> moves) {
        var table = new TextTable("  ");
        for (Supposed.Move move : moves) {
            ChangeLine line = line(move);
            table.row(line.kind().sign() + " " + line.versions());
        }
        return table.text();
    }

    private static String verdict(Supposed.Possible possible) {
        String strategy = "'%s'".formatted(possible.strategy().name());
        if (possible.lead() == null) {
            return strategy + " counts both the same in every place";
        }
        return "%s puts the answer %s it first %s"
                .formatted(
                        strategy,
                        possible.isBehind() ? "without" : "with",
                        WorthText.of(possible.lead()));
    }

    private static ChangeLine line(Supposed.Move move) {
        Version from = move.from();
        Version to = move.to();
        ChangeLine.Kind kind =
                from == null
                        ? ChangeLine.Kind.ADDED
                        : to == null
                                ? ChangeLine.Kind.REMOVED
                                : to.compareTo(from) < 0
                                        ? ChangeLine.Kind.DOWNGRADED
                                        : ChangeLine.Kind.REPLACED;
        return new ChangeLine(
                kind, move.name().toString(), StandingText.text(from), StandingText.text(to), "");
    }

    @Override
    public JsonObject json() {
        var json = new JsonObject().with("question", question.toString());
        return switch (answer) {
            case Supposed.Chosen(Version version) ->
                    json.with("answer", "chosen").with("version", version.toString());
            case Supposed.Impossible(var proof) ->
                    json.with("answer", "impossible")
                            .with("proof", NoSolutionReport.json(new JsonObject(), proof));
            case Supposed.Refused(var versions, var lifted) ->
                    json.with("answer", "refused")
                            .with("versions", versions.entrySet(), WhyNotReport::json)
                            .with("lift", lifted == null ? null : json(lifted));
            case Supposed.Possible possible -> {
                json.with("answer", "possible")
                        .with("version", possible.version().toString())
                        .with("instead", StandingText.text(possible.instead()))
                        .with("strategy", possible.strategy().name())
                        .with("lost", possible.isBehind())
                        .with("lead", lead(possible))
                        .with("changes", possible.moves(), move -> ChangeLines.json(line(move)));
                yield json.with("command", command);
            }
        };
    }

    private JsonObject json(Supposed.Lifted lifted) {
        return new JsonObject()
                .with("version", lifted.version().toString())
                .with("changes", lifted.moves(), move -> ChangeLines.json(line(move)))
                .with("command", command);
    }

    private static @Nullable JsonObject lead(Supposed.Possible possible) {
        return possible.lead() == null ? null : WorthText.json(new JsonObject(), possible.lead());
    }

    private static JsonObject json(Map.Entry<Version, Restraint.Ruled> refusal) {
        return new JsonObject()
                .with("version", refusal.getKey().toString())
                .with("text", StandingText.of(refusal.getValue(), refusal.getKey().toString()))
                .with("held", refusal.getValue().held());
    }
}
