package dev.blast.rules.compare;

import dev.blast.rules.compare.PolicyChange.Moved;
import dev.blast.rules.compare.PolicyChange.State;
import dev.blast.rules.compare.PolicyChange.Touched;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Quoted;
import java.util.stream.Collectors;

/** What an edit changes, as people read it: what opens first. Every line ends with a newline. */
public final class ChangeText {
    private final PolicyChange change;
    private final Heading heading;

    /** How the word of a direction is set off, where that can be. */
    @FunctionalInterface
    public interface Heading {
        Heading PLAIN = (_, word) -> word;

        String of(TurnKind direction, String word);
    }

    public ChangeText(PolicyChange change, Heading heading) {
        this.change = change;
        this.heading = heading;
    }

    /**
     * All of it.
     *
     * @param against what was compared with
     */
    public String all(String against) {
        var text = new StringBuilder("compared with " + Quoted.plain(against) + "\n\n");
        for (TurnKind direction : TurnKind.values()) {
            text.append(turns(direction));
        }
        for (Moved it : change.moved()) {
            text.append(moved(it)).append('\n');
        }
        for (Touched it : change.questions()) {
            text.append(Quoted.plain(it.question())).append(": ").append(known(it)).append('\n');
        }
        return text.append(sum()).append('\n').toString();
    }

    /** What opens alone, for somebody who is asked to agree to it. */
    public String opening(String against) {
        String opens = turns(TurnKind.OPENS);
        String start = "compared with " + Quoted.plain(against);
        if (!opens.isEmpty()) {
            return start + "\n\n" + opens;
        }
        boolean isUnproved =
                change.questions().stream().anyMatch(it -> it.state() == State.UNPROVED);
        return start
                + (isUnproved
                        ? " nothing was found to open; that nothing does is not proved\n"
                        : " nothing opens that was closed\n");
    }

    /** What opens, without more words; empty where nothing was found to. */
    public String opens() {
        return listed(TurnKind.OPENS);
    }

    private String turns(TurnKind direction) {
        String listed = listed(direction);
        return listed.isEmpty() ? "" : headed(direction) + listed + "\n";
    }

    private String listed(TurnKind direction) {
        var text = new StringBuilder();
        for (Turn turn : change.turns(direction)) {
            for (Turn.Example it : turn.examples()) {
                String by = it.by().isEmpty() ? "" : "  (asked by %s)".formatted(it.by());
                text.append("  ").append(Quoted.plain(it.request() + by)).append('\n');
            }
            if (turn.more() > 0) {
                text.append("  and %,d more\n".formatted(turn.more()));
            }
            sides(turn, text);
        }
        return text.toString();
    }

    private String headed(TurnKind direction) {
        return switch (direction) {
            case OPENS -> heading.of(direction, "OPENS") + ", and was closed\n";
            case CLOSES -> heading.of(direction, "CLOSES") + ", and was open\n";
            case OTHERWISE -> heading.of(direction, "CHANGES") + " otherwise\n";
        };
    }

    private static void sides(Turn turn, StringBuilder text) {
        String before = Quoted.plain(turn.before().answer());
        String after = Quoted.plain(turn.after().answer());
        int width = Math.max(before.length(), after.length());
        boolean isInWords = before.equals(after);
        String row = "      %-6s  %-" + width + "s  %s%n";
        text.append(row.formatted("before", before, by(turn.before(), isInWords)));
        text.append(row.formatted("after", after, by(turn.after(), isInWords)));
    }

    /**
     * The rules.
     *
     * @param isInWords whether it is their words that turn
     */
    private static String by(Stance stance, boolean isInWords) {
        return stance.because().isEmpty()
                ? "no rule answers"
                : stance.because().stream()
                        .map(it -> by(it, isInWords))
                        .distinct()
                        .collect(Collectors.joining("; "));
    }

    private static String by(Reason it, boolean isInWords) {
        String words = isInWords && !it.text().isEmpty() ? ", saying: " + it.text() : "";
        return "%s %s%s"
                .formatted(
                        Quoted.plain(it.origin().toString()),
                        Quoted.of(it.rule()),
                        Quoted.plain(words));
    }

    private static String moved(Moved it) {
        String place = Quoted.plain(it.is().toString());
        return it.from().equals(it.to())
                ? "%s stands at %s now, and says the same".formatted(Quoted.of(it.to()), place)
                : "%s is called %s now (%s), and says the same"
                        .formatted(Quoted.of(it.from()), Quoted.of(it.to()), place);
    }

    private static String known(Touched it) {
        String requests =
                "%,d %s".formatted(it.requests(), it.requests() == 1 ? "request" : "requests");
        return switch (it.state()) {
            case TURNS ->
                    it.left() == 0
                            ? "%s tried on both; there may be more that turn".formatted(requests)
                            : "%s tried on both; %d more turn than are listed, and there may be others"
                                    .formatted(requests, it.left());
            case SAME -> "rules differ, and are proved to mean the same";
            case UNPROVED ->
                    "no difference found in %s; that there is none is not proved"
                            .formatted(requests);
        };
    }

    private String sum() {
        if (change.questions().isEmpty()) {
            return "the same meaning: no rule says anything else";
        }
        if (change.isProvedSame()) {
            return "the same meaning, by proof";
        }
        return "%s, %s, %s otherwise"
                .formatted(
                        count(TurnKind.OPENS, "opens", "open"),
                        count(TurnKind.CLOSES, "closes", "close"),
                        count(TurnKind.OTHERWISE, "changes", "change"));
    }

    private String count(TurnKind direction, String one, String several) {
        int turns = change.turns(direction).size();
        return "%d %s".formatted(turns, turns == 1 ? one : several);
    }
}
