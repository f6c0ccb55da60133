package dev.blast.cli.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTextTest {
    /**
     * An emoji, a letter with a combining accent, one of two bytes, one of three, lines of all
     * kinds.
     */
    private static final String TEXT = "a😀e\u0301ü字b\r\nsecond\rthird\n\nlast😀";

    @ParameterizedTest
    @CsvSource({"UTF_16,8", "UTF_8,14", "UTF_32,7"})
    void aColumnCountsWhatWasAgreed(ColumnUnit unit, int end) {
        var text = new DocumentText(TEXT, unit);
        assertThat(text.position(TEXT.indexOf("\r\n"))).isEqualTo(new Position(0, end));
        assertThat(text.offset(new Position(0, end))).isEqualTo(TEXT.indexOf("\r\n"));
        assertThat(text.position(TEXT.indexOf("third"))).isEqualTo(new Position(2, 0));
        assertThat(text.position(TEXT.indexOf("last"))).isEqualTo(new Position(4, 0));
    }

    @Test
    void aPlaceThatIsNotThereIsTheNearestOne() {
        var text = new DocumentText(TEXT, ColumnUnit.UTF_16);
        assertThat(text.offset(new Position(0, 999))).isEqualTo(TEXT.indexOf("\r\n"));
        assertThat(text.offset(new Position(99, 3))).isEqualTo(TEXT.length());
        assertThat(text.offset(new Position(-1, -1))).isZero();
        assertThat(text.offset(new Position(0, 2))).as("within an emoji").isEqualTo(1);
    }

    @Test
    void aPlaceOfAPolicyIsCountedInCharacters() {
        var text = new DocumentText(TEXT, ColumnUnit.UTF_16);
        var behind = new dev.blast.rules.source.Position(1, 3);
        assertThat(text.offset(behind)).isEqualTo(TEXT.indexOf("e\u0301"));
        var nowhere = new dev.blast.rules.source.Position(50, 9);
        assertThat(text.offset(nowhere)).isEqualTo(TEXT.length());
    }

    /** Every place comes back, in every unit, whatever the text is. */
    @Test
    void offsetsAndPositionsAreEachOthersReverse() {
        String[] pieces = {"a", "😀", "e\u0301", "ü", "\n", "\r\n", "\r", "字", " "};
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var built = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                built.append(pieces[random.nextInt(pieces.length)]);
            }
            for (ColumnUnit unit : ColumnUnit.values()) {
                var text = new DocumentText(built.toString(), unit);
                for (int at = 0; at <= built.length(); at++) {
                    boolean inside =
                            at > 0
                                    && at < built.length()
                                    && (Character.isLowSurrogate(built.charAt(at))
                                            || built.substring(at - 1, at + 1).equals("\r\n"));
                    if (!inside) {
                        assertThat(text.offset(text.position(at)))
                                .as("seed %d, %s, at %d", seed, unit, at)
                                .isEqualTo(at);
                    }
                }
            }
        }
    }

    @Test
    void aChangeInARangeLeavesTheRest() {
        var text = new DocumentText("one 😀 two\nthree", ColumnUnit.UTF_16);
        var range = new Range(new Position(0, 4), new Position(0, 6));
        assertThat(text.with(range, "x").text()).isEqualTo("one x two\nthree");
        var backwards = new Range(new Position(1, 2), new Position(0, 1));
        assertThat(text.with(backwards, "x").text()).isEqualTo("one 😀 two\nthxree");
    }
}
