package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.rules.compare.ChangeText;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyChange.Moved;
import dev.blast.rules.compare.PolicyChange.Touched;
import dev.blast.rules.compare.Stance;
import dev.blast.rules.compare.Turn;
import dev.blast.rules.compare.TurnKind;

/**
 * What an edit of policies changes in meaning: what opens first.
 *
 * @param against what was compared with, in words
 * @param same whether the files are the same, to the byte
 */
public record PolicyDiffReport(String against, boolean same, PolicyChange change)
        implements Report {

    @Override
    public String text(Palette palette) {
        return same
                ? new Page("compared with ")
                        .append(against)
                        .line(": the same files, to the byte")
                        .toString()
                : words(palette).all(against);
    }

    /** What opens alone, for somebody who is asked to agree to it. */
    public String opening(Palette palette) {
        return words(palette).opening(against);
    }

    private ChangeText words(Palette palette) {
        return new ChangeText(
                change,
                (direction, word) ->
                        switch (direction) {
                            case OPENS -> palette.bad(word);
                            case CLOSES -> palette.good(word);
                            case OTHERWISE -> palette.changed(word);
                        });
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("against", against)
                .with("sameFiles", same)
                .with("provedSame", change.isProvedSame())
                .with("opens", change.turns(TurnKind.OPENS), PolicyDiffReport::json)
                .with("closes", change.turns(TurnKind.CLOSES), PolicyDiffReport::json)
                .with("otherwise", change.turns(TurnKind.OTHERWISE), PolicyDiffReport::json)
                .with("moved", change.moved(), PolicyDiffReport::json)
                .with("questions", change.questions(), PolicyDiffReport::json);
    }

    private static JsonObject json(Turn turn) {
        return new JsonObject()
                .with("question", turn.question())
                .with(
                        "requests",
                        turn.examples(),
                        it ->
                                new JsonObject()
                                        .with("request", it.request())
                                        .with("askedBy", it.by()))
                .with("more", turn.more())
                .with("before", json(turn.before()))
                .with("after", json(turn.after()));
    }

    private static JsonObject json(Stance stance) {
        return new JsonObject()
                .with("answer", stance.answer())
                .with("said", stance.said())
                .with("because", stance.because(), ExplanationReport::json);
    }

    private static JsonObject json(Moved it) {
        return new JsonObject()
                .with("from", it.from())
                .with("fromFile", it.was().file())
                .with("fromLine", it.was().line())
                .with("to", it.to())
                .with("file", it.is().file())
                .with("line", it.is().line());
    }

    private static JsonObject json(Touched it) {
        return new JsonObject()
                .with("question", it.question())
                .with("state", it.state())
                .with("requests", it.requests())
                .with("notListed", it.left());
    }
}
