package dev.blast.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.vocabulary.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shapes are the globs that they are made of, and what is said to be empty is. */
final class ShapesTest {
    private static final int WORLDS = Integer.getInteger("laws.worlds", 2_000);
    private static final char[] SEPARATORS = {'.', '/', Glob.FLAT};

    @Test
    void aShapeHoldsWhatItsGlobMatches() {
        int held = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            char separator = SEPARATORS[random.nextInt(3)];
            Glob glob = glob(random, separator);
            Shape shape = Shape.of(glob).orElseThrow();
            for (int i = 0; i < 30; i++) {
                String text = text(random, separator);
                assertThat(runs(shape, text))
                        .as("seed %d: %s and %s", seed, glob, text)
                        .isEqualTo(glob.matches(text));
                held += shape.holds(text) ? 1 : 0;
            }
            assertThat(glob.matches(shape.sample())).as("seed %d: %s", seed, glob).isTrue();
        }
        assertThat(held).isGreaterThan(WORLDS);
    }

    @Test
    void whatHasNoTextHasNone() {
        int empty = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            char separator = SEPARATORS[random.nextInt(3)];
            List<Glob> in = new ArrayList<>();
            List<Glob> out = new ArrayList<>();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                in.add(glob(random, separator));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                out.add(glob(random, separator));
            }
            boolean none = Shapes.haveNoText(shapes(in), shapes(out), new Budget(1_000_000));
            empty += none ? 1 : 0;
            for (int i = 0; i < 40; i++) {
                String text = text(random, separator);
                boolean among =
                        in.stream().allMatch(it -> it.matches(text))
                                && out.stream().noneMatch(it -> it.matches(text));
                assertThat(none && among)
                        .as("seed %d: %s, not %s: %s", seed, in, out, text)
                        .isFalse();
            }
        }
        assertThat(empty).isBetween(WORLDS / 10, WORLDS * 9 / 10);
    }

    @Test
    void underIsTheFolderAndAllBelowIt() {
        Shape shape = Shape.under("a/b").orElseThrow();
        Shape all = Shape.under("").orElseThrow();
        for (String text : List.of("a/b", "a/b/", "a/b/c/d")) {
            assertThat(shape.holds(text) && runs(shape, text)).as(text).isTrue();
        }
        for (String text : List.of("", "a", "a/bc", "x/a/b")) {
            assertThat(shape.holds(text) || runs(shape, text)).as(text).isFalse();
            assertThat(all.holds(text) && runs(all, text)).as(text).isTrue();
        }
    }

    /** What the automaton says. */
    private static boolean runs(Shape shape, String text) {
        long state = shape.start();
        for (int i = 0; i < text.length(); i++) {
            state = shape.next(state, text.charAt(i));
        }
        return shape.endsAt(state);
    }

    private static List<Shape> shapes(List<Glob> globs) {
        return globs.stream().map(glob -> Shape.of(glob).orElseThrow()).toList();
    }

    private static Glob glob(Random random, char separator) {
        String[] parts = {"a", "b", "*", "**", "?", separator == Glob.FLAT ? "a" : "" + separator};
        var pattern = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            pattern.append(parts[random.nextInt(parts.length)]);
        }
        return Glob.of(pattern.toString(), separator);
    }

    private static String text(Random random, char separator) {
        String letters = separator == Glob.FLAT ? "abc" : "abc" + separator;
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
