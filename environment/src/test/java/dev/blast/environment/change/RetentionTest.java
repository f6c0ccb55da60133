package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-05-31T00:00:00Z");

    @TempDir Path folder;

    /** Generation n is 10 days older than n+1, the last one is of today; {@code u2} went to 2. */
    @ParameterizedTest(name = "last {0}, {1} days of {2}")
    @CsvSource({
        "50, 90,  c c c c c c,       []",
        "2,   0,  c c c c c c,       '[1, 2, 3, 4]'",
        "0,   0,  c c c c c c,       '[1, 2, 3, 4, 5]'",
        "1,  25,  c c c c c c,       '[1, 2, 3]'",
        "1,   0,  c c c c c u2,      '[1, 3, 4, 5]'",
        "2,   0,  c c c c u2 u1,     '[3, 4]'",
    })
    void whichAreForgotten(int last, int days, String words, String forgotten) {
        assertThat(new Retention(last, Duration.ofDays(days)).forgotten(generations(words), NOW))
                .hasToString(forgotten);
    }

    private static List<Generation> generations(String words) {
        var generations = new ArrayList<Generation>();
        String[] all = words.split(" ", -1);
        for (int i = 0; i < all.length; i++) {
            boolean isReturn = all[i].startsWith("u");
            generations.add(
                    new Generation(
                            i + 1,
                            "id-" + i,
                            NOW.minus(Duration.ofDays(10L * (all.length - 1 - i))),
                            new Occasion(
                                    isReturn ? Occasion.Kind.ROLLBACK : Occasion.Kind.CHANGE,
                                    "blast",
                                    isReturn ? Integer.parseInt(all[i].substring(1)) : 0,
                                    "somebody",
                                    false,
                                    ""),
                            "",
                            "",
                            "",
                            List.of(),
                            List.of(),
                            List.of()));
        }
        return generations;
    }

    @Test
    void theUsersFileSaysIt() throws Exception {
        Path file = folder.resolve("blast.toml");
        assertThat(Retention.of(file)).isEqualTo(Retention.USUAL);
        Files.writeString(file, "[history]\nkeep = 3\n");
        assertThat(Retention.of(file)).isEqualTo(new Retention(3, Retention.USUAL.younger()));
        Files.writeString(file, "[history]\ndays = 0\n");
        assertThat(Retention.of(file))
                .isEqualTo(new Retention(Retention.USUAL.last(), Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "'history = 3', history is a table",
        "'[history]\nkeep = -1', keep is a number from 0",
        "'[history]\nkeep = \"all\"', keep is a number from 0",
        "'[history]\nyears = 1', 'knows keep and days, and no ''years'''",
        "'[store]\nkeep = 1', [store] is not known here",
        "'[history', blast.toml",
    })
    void whatIsNotUnderstoodIsSaidWithItsPlace(String text, String sentence) throws Exception {
        Path file = folder.resolve("blast.toml");
        Files.writeString(file, text);
        assertThatThrownBy(() -> Retention.of(file))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining(file.toString());
    }
}
