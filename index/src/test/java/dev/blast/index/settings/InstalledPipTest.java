package dev.blast.index.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Interpreters here are shell scripts that answer, or do not, and write down that they were
 * started.
 */
class InstalledPipTest {
    @TempDir Path folder;

    private Path interpreter(String name, String does) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "#!/bin/sh\necho started >> '%s.log'\n[ \"$1\" = -I ] && [ \"$2\" = -c ] || exit 9\n%s\n"
                        .formatted(file, does));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static long starts(Path interpreter) throws IOException {
        Path log = Path.of(interpreter + ".log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private InstalledPip pip(Path... interpreters) {
        return new InstalledPip(List.of(interpreters), folder.resolve("cache"));
    }

    @Test
    void theFirstInterpreterThatHasAPipAnswersAndIsAskedOnce() throws Exception {
        Path without = interpreter("without", "exit 3");
        Path with = interpreter("with", "printf https://index.example/simple");
        Path later = interpreter("later", "printf https://other.example/simple");
        for (int i = 0; i < 3; i++) {
            assertThat(pip(without, with, later).location())
                    .hasToString("https://index.example/simple");
        }
        assertThat(starts(with)).isEqualTo(1);
        assertThat(starts(later)).isZero();
    }

    @Test
    void anInterpreterThatChangedIsAskedAgain() throws Exception {
        Path changing = interpreter("python", "printf https://one.example/simple");
        assertThat(pip(changing).location()).hasToString("https://one.example/simple");
        interpreter("python", "printf https://two.example/simple");
        Files.setLastModifiedTime(changing, FileTime.fromMillis(1_000_000));
        assertThat(pip(changing).location()).hasToString("https://two.example/simple");
    }

    @Test
    void whereNoneAnswersTheErrorSaysWhatToDo() throws Exception {
        Path without = interpreter("without", "exit 3");
        Path broken = interpreter("broken", "exit 1");
        assertThatThrownBy(() -> pip(without, broken).location())
                .hasMessage(
                        """
                        no package index is known: none is configured, and no pip was found to ask which one it has built in
                          %s: has no pip and no ensurepip
                          %s: ended with exit code 1
                        name one with --index-url, PIP_INDEX_URL or UV_DEFAULT_INDEX\
                        """
                                .formatted(without, broken));
    }

    @Test
    void whatIsNoAddressIsRefused() throws Exception {
        Path odd = interpreter("odd", "printf gopher://x");
        assertThatThrownBy(() -> pip(odd).location())
                .hasMessageStartingWith("'gopher://x' cannot be an index");
    }
}
