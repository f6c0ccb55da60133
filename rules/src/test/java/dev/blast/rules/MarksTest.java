package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Position;
import dev.blast.rules.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Single mistakes as people make them, with marks: what is said to each, and what that is worth.
 *
 * <p>In the file, {@code «wrong»⟦right⟧} is a mistake with what mends it, and {@code ⟨words⟩}
 * behind it what the advice has to say, where that is not the right text itself. A rule that is
 * right follows each, so that a mistake that takes others with it shows. The mark of a mistake:
 *
 * <ul>
 *   <li>1: something is said at its line;
 *   <li>1 more: at its column, and nothing else is said;
 *   <li>1 more: the advice mends it. Its edit makes a text that is accepted, or its words name what
 *       does.
 * </ul>
 */
final class MarksTest {
    private static final Pattern MISTAKE = Pattern.compile("(?s)«(.*?)»⟦(.*?)⟧(?:⟨(.*?)⟩)?");
    private static final Path PAGE = Fixtures.ROOT.resolve("docs/diagnostics.md");
    private static final String BEHIND =
            """

            rule "behind" when Strategy( name == "ours" ) then rank( 1, "newest" ); end
            """;

    private final List<Integer> marks = new ArrayList<>();

    /** What the file says of one mistake. */
    private record Mistake(int begin, String advice) {}

    private record Marked(String text, String mended, List<Mistake> mistakes) {
        static Marked of(String input) {
            var text = new StringBuilder();
            var mended = new StringBuilder();
            var mistakes = new ArrayList<Mistake>();
            int from = 0;
            for (Matcher it = MISTAKE.matcher(input); it.find(); from = it.end()) {
                String between = input.substring(from, it.start());
                text.append(between);
                mended.append(between).append(it.group(2));
                String advice = it.group(3) == null ? it.group(2) : it.group(3);
                mistakes.add(new Mistake(text.length(), advice));
                text.append(it.group(1));
            }
            text.append(input.substring(from)).append(BEHIND);
            mended.append(input.substring(from)).append(BEHIND);
            return new Marked(text.toString(), mended.toString(), mistakes);
        }
    }

    @Test
    void noneIsBelowTwoAndNearlyAllAreThree() throws IOException {
        Golden.check("marks.txt", this::judged);
        Golden.checkTables(PAGE, MarksTest.class, Map.of("marks", table()));
        assertThat(marks).hasSizeGreaterThanOrEqualTo(25 + 60).allMatch(it -> it >= 2);
        assertThat(mean()).isGreaterThanOrEqualTo(2.8);
    }

    private double mean() {
        return marks.stream().mapToInt(it -> it).average().orElseThrow();
    }

    private String table() {
        var rows = new StringBuilder("| Mark | Mistakes |\n| --- | --- |\n");
        for (int mark = 3; mark >= 0; mark--) {
            rows.append("| %d | %d |\n".formatted(mark, Collections.frequency(marks, mark)));
        }
        return rows.append("| mean | %.2f |\n".formatted(mean())).toString();
    }

    private String judged(String input) {
        Marked marked = Marked.of(input);
        assertThat(Fixtures.findings(marked.mended())).as(marked.mended()).isEmpty();
        List<Diagnostic> said = Fixtures.findings(marked.text());
        int mark =
                marked.mistakes().stream()
                        .mapToInt(it -> mark(it, marked, said))
                        .min()
                        .orElseThrow();
        marks.add(mark);
        return "%d\n%s".formatted(mark, Fixtures.rendered(said));
    }

    private static int mark(Mistake mistake, Marked marked, List<Diagnostic> said) {
        Position place = new Source(Fixtures.file(marked.text())).position(mistake.begin());
        List<Diagnostic> there = said.stream().filter(it -> it.line() == place.line()).toList();
        if (there.isEmpty()) {
            return 0;
        }
        boolean exact =
                said.size() == marked.mistakes().size()
                        && there.stream().anyMatch(it -> it.begin().equals(place));
        boolean helped =
                there.stream().anyMatch(it -> names(mistake.advice(), it) || mends(it, marked));
        return 1 + (exact ? 1 : 0) + (helped ? 1 : 0);
    }

    /** As words of their own. */
    private static boolean names(String advice, Diagnostic said) {
        String words = Pattern.quote(advice.strip());
        return !advice.isBlank()
                && Pattern.compile("(?:\\b|\\B(?=\\W))%s(?:\\b|(?<=\\W))".formatted(words))
                        .matcher(String.join("\n", said.help()) + "\n" + said.message())
                        .find();
    }

    private static boolean mends(Diagnostic said, Marked marked) {
        Correction correction = said.correction();
        return correction != null
                && Fixtures.findings(Fixtures.corrected(marked.text(), correction)).size()
                        == marked.mistakes().size() - 1;
    }
}
