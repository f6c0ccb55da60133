package dev.blast.environment.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {
    @TempDir Path home;

    @Test
    void anotherProgramKnowsNothingOfIt() {
        var one = new KeptAnswers(home.resolve("answers"), 10, "one-");
        one.write("question", "answer");
        assertThat(one.read("question")).contains("answer");
        assertThat(one.has("question")).isTrue();
        var other = new KeptAnswers(home.resolve("answers"), 10, "other-");
        assertThat(other.read("question")).isEmpty();
        assertThat(other.has("question")).isFalse();
    }

    /** Test is in a jar, this class is not. */
    @Test
    void onlyWhatIsPackedKeepsWhatItFindsOut() {
        assertThat(KeptAnswers.by(home, 10, KeptAnswersTest.class)).isEmpty();
        assertThat(KeptAnswers.by(home, 10, String.class)).isEmpty();
        var packed = KeptAnswers.by(home.resolve("answers"), 10, Test.class).orElseThrow();
        packed.write("question", "answer");
        assertThat(
                        KeptAnswers.by(home.resolve("answers"), 10, Test.class)
                                .orElseThrow()
                                .read("question"))
                .contains("answer");
        assertThat(KeptAnswers.by(home.resolve("answers"), 10, Test.class, KeptAnswersTest.class))
                .isEmpty();
    }
}
