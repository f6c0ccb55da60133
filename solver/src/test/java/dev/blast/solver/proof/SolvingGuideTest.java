package dev.blast.solver.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.solver.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The proofs, ways out and examples in docs/solving.md are those that the golden texts hold. */
final class SolvingGuideTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- golden: (\\S+) -->\n```text\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsRealTexts() throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/solving.md")));
        int count = 0;
        while (examples.find()) {
            assertThat(examples.group(2))
                    .as(examples.group(1))
                    .isEqualTo(Golden.read(examples.group(1)));
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(10);
    }
}
