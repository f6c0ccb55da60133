package dev.blast.solver.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayoutTest {

    /** Columns from left to right, each from above; {@code (x)} is where links to x run through. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a                      | a
                    a>b                    | a / b
                    a>b b>c a>c            | a / (c) b / c
                    a>b b>c c>d a>d b>d    | a / (d) b / (d) c / d
                    a>b b>a                | a / b
                    a>b b>c c>b            | a / b / c
                    a>c b>d                | a b / c d
                    a>d b>c                | a b / d c
                    a>b a>c b>e c>d        | a / b c / e d
                    """)
    void columnsAreTheLongestWaysAndLinksDoNotCrossWithoutNeed(String links, String expected) {
        assertThat(
                        Layout.of(drawing(links)).columns().stream()
                                .map(column ->
                                        column.stream()
                                                .map(slot ->
                                                        slot.passing()
                                                                ? "(" + slot.box() + ")"
                                                                : slot.box())
                                                .collect(Collectors.joining(" ")))
                                .collect(Collectors.joining(" / ")))
                .isEqualTo(expected);
    }

    @Test
    void aLinkThatClosesACircleLeadsBack() {
        Drawing drawing = drawing("a>b b>c c>b");
        assertThat(Layout.of(drawing).routes())
                .extracting(Layout.Route::back)
                .containsExactly(false, false, true);
        assertThat(drawing.circles()).containsExactly(List.of("b", "c"));
    }

    @Test
    void boxesLieInThePictureAndNeverOnEachOtherAndTheSameGraphLiesTheSame() {
        for (long seed = 0; seed < 300; seed++) {
            Drawing drawing = any(new Random(seed));
            Layout layout = Layout.of(drawing);
            for (int one = 0; one < layout.places().size(); one++) {
                Layout.Place a = layout.places().get(one);
                assertThat(a.x() >= 0 && a.x() + a.width() <= layout.width())
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(a.y() >= 13 && a.y() + 13 <= layout.height())
                        .as("seed %d", seed)
                        .isTrue();
                for (Layout.Place b : layout.places().subList(0, one)) {
                    boolean apart =
                            a.x() + a.width() < b.x()
                                    || b.x() + b.width() < a.x()
                                    || Math.abs(a.y() - b.y()) >= Layout.BOX_HEIGHT;
                    assertThat(apart).as("seed %d: %s and %s", seed, a, b).isTrue();
                }
            }
            assertThat(Layout.of(drawing)).as("seed %d", seed).isEqualTo(layout);
        }
    }

    private static Drawing any(Random random) {
        int boxes = 1 + random.nextInt(40);
        var links = new HashSet<String>();
        for (int at = 0; at < random.nextInt(3 * boxes); at++) {
            int from = random.nextInt(boxes);
            int to = random.nextInt(boxes);
            if (from != to) {
                links.add("n%d>n%d".formatted(from, to));
            }
        }
        links.add("n0");
        return drawing(links.stream().sorted().collect(Collectors.joining(" ")));
    }

    private static Drawing drawing(String links) {
        var names = new ArrayList<String>();
        var found = new ArrayList<Drawing.Link>();
        for (String link : links.split(" ", -1)) {
            List<String> ends = Arrays.asList(link.split(">", -1));
            ends.stream().filter(end -> !names.contains(end)).forEach(names::add);
            if (ends.size() == 2) {
                found.add(new Drawing.Link(ends.getFirst(), ends.getLast(), ""));
            }
        }
        return new Drawing(
                "test",
                names.stream()
                        .sorted()
                        .map(it -> new Drawing.Box(it, Drawing.Kind.PACKAGE, it, "1", List.of()))
                        .toList(),
                found);
    }
}
