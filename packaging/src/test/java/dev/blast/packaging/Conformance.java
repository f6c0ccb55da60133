package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** Finds the vectors, or skips the tests with a reason; prints the number of cases by file. */
abstract class Conformance {
    private static @Nullable Vectors named;

    @BeforeAll
    static void findVectors() {
        named = named == null ? Vectors.named().orElse(null) : named; // one count for all classes
        if (named == null) {
            System.out.println(
                    "The conformance tests are skipped: BLAST_CONFORMANCE names no folder of vectors");
        }
        Assumptions.assumeTrue(named != null);
    }

    @AfterAll
    static void report() {
        if (named != null) {
            System.out.println(named.report());
        }
    }

    static Vectors vectors() {
        return Objects.requireNonNull(named);
    }

    static String text(Map<String, Object> json, String name) {
        return (String) Objects.requireNonNull(json.get(name), name);
    }

    static void checkAll(String file, String expected, Function<String, String> operation) {
        var softly = new SoftAssertions();
        for (Map<String, Object> json : vectors().cases(file)) {
            String input = text(json, "input");
            softly.assertThat(operation.apply(input)).as(input).isEqualTo(json.get(expected));
        }
        softly.assertAll();
    }

    static void allRefused(List<String> inputs, Function<String, ?> parser) {
        for (String input : inputs) {
            assertThatThrownBy(() -> parser.apply(input))
                    .as(input)
                    .isInstanceOf(InvalidSyntaxException.class);
        }
    }
}
