package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    @TempDir Path root;

    @Test
    void whatIsSetStaysUntilItIsSetAgain() throws Exception {
        var variables = new Variables(new Environment(root));
        assertThat(variables.read()).isEmpty();
        variables.set(Map.of("A", "1", "B", "x=y\nz\\n"));
        variables.set(Map.of("A", "2"));
        assertThat(new Variables(new Environment(root)).read())
                .isEqualTo(Map.of("A", "2", "B", "x=y\nz\\n"));
    }

    @Test
    void aFileThatIsNotWholeIsSaidToBe() throws Exception {
        Files.createDirectories(root.resolve(".blast"));
        Files.writeString(root.resolve(".blast/variables"), "set A=1\n");
        assertThatThrownBy(() -> new Variables(new Environment(root)).read())
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("its last line is missing");
    }
}
