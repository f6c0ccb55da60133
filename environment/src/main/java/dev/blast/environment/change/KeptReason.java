package dev.blast.environment.change;

import dev.blast.environment.Lines;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;

/** One answer of one rule as a text that can be read again. */
public final class KeptReason {
    private KeptReason() {}

    public static String text(Reason it) {
        return new Lines.Writer()
                .add("rule", it.rule())
                .add("layer", it.layer().name())
                .add("file", it.origin().file())
                .add("line", String.valueOf(it.origin().line()))
                .add("column", String.valueOf(it.origin().column()))
                .add("verb", it.verb())
                .add("text", it.text())
                .text();
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it was not
     */
    public static Reason of(String text) {
        Lines it = Lines.parse(text);
        return new Reason(
                new Origin(
                        it.one("file"),
                        Integer.parseInt(it.one("line")),
                        Integer.parseInt(it.one("column"))),
                it.one("rule"),
                Layer.valueOf(it.one("layer")),
                it.one("verb"),
                it.one("text"));
    }
}
