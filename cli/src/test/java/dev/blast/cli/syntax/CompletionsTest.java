package dev.blast.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.cli.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompletionsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void theScriptIsWhatItWasAndTheShellCanReadIt(Completions.Shell shell) throws Exception {
        String name = shell.name().toLowerCase(Locale.ROOT);
        Golden.check("init." + name, Completions.of(shell));
        Path script = Files.writeString(folder.resolve("init"), Completions.of(shell));
        assertThat(run(name, "-n", script.toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    blast sy                 | sync
                    blast policy             | test show lint
                    blast sync --fr          | --frozen
                    blast --color al         | always
                    blast -q run --acc       | --accept-missing
                    blast policy new cool    | cooldown
                    blast policy show str    | strategy
                    blast policy new --li    | --list
                    """)
    void bashCompletes(String line, String expected) throws Exception {
        String words = "'" + line.replace(" ", "' '") + "'";
        String last = line.equals("blast policy") ? " ''" : "";
        String script =
                Completions.of(Completions.Shell.BASH)
                        + "COMP_WORDS=("
                        + words
                        + last
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _blast; echo \"${COMPREPLY[*]}\"\n";
        assertThat(run("bash", "-c", script)).startsWith(expected);
    }

    @Test
    void activateFindsTheNearestEnvironmentUpwardAndSaysWhereThereIsNone() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("a project/.venv/bin"));
        Path below = Files.createDirectories(folder.resolve("a project/src/deep"));
        Files.writeString(bin.resolve("activate"), "echo activated\n");
        String function = Completions.of(Completions.Shell.BASH);
        assertThat(run("bash", "-c", function + "cd '" + below + "' && blast activate"))
                .isEqualTo("activated\n");
        assertThat(run("bash", "-c", function + "cd '" + folder + "' && blast activate"))
                .isEqualTo(
                        "blast: no .venv in " + folder + " or above it; blast start makes one\n");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        assumeTrue(isOnPath(command[0]), command[0] + " is not installed");
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static boolean isOnPath(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
