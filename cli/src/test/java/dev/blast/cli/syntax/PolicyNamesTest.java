package dev.blast.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.Beginnings;
import dev.blast.rules.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The names that completions offer are those that the command takes. */
final class PolicyNamesTest {
    private static final Path SHIPPED =
            Path.of(System.getProperty("blast.root", "..")).resolve("policies");

    @Test
    void questionsAreThoseOfTheRules() {
        assertThat(PolicyNames.QUESTIONS).containsExactlyElementsOf(Policy.topics());
    }

    @Test
    void beginningsAreThoseOfTheDistribution() throws EnvironmentException {
        var all = new ArrayList<String>(Policy.topics());
        all.addAll(new Beginnings(SHIPPED).cookbook());
        assertThat(PolicyNames.BEGINNINGS).containsExactlyElementsOf(all).doesNotHaveDuplicates();
    }
}
