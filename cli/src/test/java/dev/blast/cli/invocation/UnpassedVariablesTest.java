package dev.blast.cli.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpassedVariablesTest {
    @TempDir Path project;

    private static final Set<String> SET_HERE =
            Set.of("DATABASE_URL", "API_KEY", "SSH_AUTH_SOCK", "XY");

    @Test
    void whatTheProjectSpeaksOfIsNamed() throws IOException {
        assertThat(UnpassedVariables.sentence(SET_HERE, List.of("app"), project)).isEmpty();
        write("src/app/settings.py", "url = os.environ['DATABASE_URL']; XY = MY_API_KEY\n");
        assertThat(UnpassedVariables.sentence(SET_HERE, List.of("app"), project))
                .contains(
                        "DATABASE_URL is set here and was not passed on: --env DATABASE_URL passes it; which rule would: blast check --explain variable DATABASE_URL");
    }

    @Test
    void whatTheCommandSpeaksOfIsNamed() {
        assertThat(
                        UnpassedVariables.sentence(
                                SET_HERE,
                                List.of("sh", "-c", "echo ${API_KEY:?} $DATABASE_URL"),
                                project))
                .contains(
                        "API_KEY, DATABASE_URL are set here and were not passed on: --env API_KEY passes one, --env-file a file of them; which rule would: blast check --explain variable API_KEY");
    }

    /** Others' code speaks of many. */
    @Test
    void whatIsNotTheProjectsIsNotRead() throws IOException {
        for (String file :
                List.of(
                        ".venv/x.py",
                        "env/lib/x.py",
                        "node_modules/x.js",
                        ".git/x.py",
                        "data.bin",
                        "large.py")) {
            write(file, "API_KEY");
        }
        write("env/pyvenv.cfg", "");
        write("large.py", "API_KEY ".repeat(40_000));
        Files.write(project.resolve("latin.py"), new byte[] {'#', (byte) 0xe4});
        Files.createSymbolicLink(project.resolve("link.py"), project.resolve("data.bin"));
        assertThat(UnpassedVariables.sentence(SET_HERE, List.of("app"), project)).isEmpty();
    }

    @Test
    void moreThanFiveAreCounted() {
        Set<String> many = Set.of("AA1", "AA2", "AA3", "AA4", "AA5", "AA6", "AA7");
        assertThat(UnpassedVariables.sentence(many, List.copyOf(many), project).orElseThrow())
                .startsWith("AA1, AA2, AA3, AA4, AA5 and 2 more are set here");
    }

    private void write(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
