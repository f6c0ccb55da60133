package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an exact search says of an answer that was noted not to have tried everything. */
class ResolutionTest {
    private static final Note UNTRIED =
            new Note.NotAllTried(new PackageName("celery"), Version.parse("5.2"));

    @ParameterizedTest
    @CsvSource({
        "7, true, false",
        "7, false, true", // the best that was found so far
        "6, true, true", // there is a better one
    })
    void nothingIsNotedAsUntriedOfWhatIsProvedBest(long least, boolean proved, boolean noted) {
        var score = new Score(List.of(7L));
        var appraisal =
                new Appraisal(List.of(), score, new Score(List.of(0L)), List.of(), true, null);
        var resolution =
                new Resolution(
                        List.of(),
                        List.of(),
                        List.of(UNTRIED),
                        new Statistics(0, 0, 0, 0, 0, Duration.ZERO),
                        appraisal,
                        Set.of());
        Resolution known = resolution.with(new Optimum(new Score(List.of(least)), 3, proved));
        assertThat(known.notes().contains(UNTRIED)).isEqualTo(noted);
        assertThat(known.appraisal().isProvedBest()).isNotEqualTo(noted);
    }
}
