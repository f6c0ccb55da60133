package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.source.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir Path folder;

    @Test
    void aGenerationComesBackAsItWasWrittenAndIsEnteredOnce() throws Exception {
        var dossier = new Dossier(new Environment(folder.resolve(".venv")), folder);
        try (History history = History.of(dossier)) {
            assertThat(history.generations()).isEmpty();
            assertThat(folder).isEmptyDirectory();
            history.add(generation(1));
            history.add(generation(2));
            history.add(generation(2));
            assertThat(history.generations()).containsExactly(generation(2), generation(1));
        }
        try (History history = History.of(dossier)) {
            history.verify();
            assertThat(history.generation(1)).contains(generation(1));
            assertThat(history.generation(3)).isEmpty();
        }
        assertThat(Generation.parse(generation(7).text())).isEqualTo(generation(7));
    }

    @Test
    void aDamagedHistoryIsNoticedAndCanBePutAside() throws Exception {
        var dossier = new Dossier(new Environment(folder.resolve(".venv")), folder);
        Path file = dossier.history();
        Files.writeString(
                file, "this is no database, though it is long enough to look like one".repeat(100));
        try (History history = History.of(dossier)) {
            assertThatThrownBy(history::verify)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("blast sync --force");
            assertThat(history.setAside()).exists();
            history.add(generation(1));
            assertThat(history.generations()).hasSize(1);
        }
    }

    @Test
    void aPageThatWasOverwrittenIsNoticed() throws Exception {
        var dossier = new Dossier(new Environment(folder.resolve(".venv")), folder);
        try (History history = History.of(dossier)) {
            for (int number = 1; number < 50; number++) {
                history.add(generation(number));
            }
        }
        Path file = dossier.history();
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, bytes.length - 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        try (History history = History.of(dossier)) {
            assertThatThrownBy(history::verify).isInstanceOf(EnvironmentException.class);
        }
    }

    private static Generation generation(int number) {
        return new Generation(
                number,
                "id-" + number,
                Instant.parse("2026-05-01T10:00:00Z"),
                "blast sync",
                "stable",
                "3.12.1",
                "5c0e91",
                List.of(
                        new Generation.Installed(
                                "anyio", "4.9.0", "anyio-4.9.0-py3-none-any.whl", "00ff", false)),
                List.of(
                        new LiftedHold(
                                new PackageName("anyio"),
                                Version.parse("4.9.0"),
                                Layer.USER,
                                "a week",
                                "~/policies/own.drl:3",
                                "released two days ago")),
                List.of(
                        new Generation.Asked(
                                "httpx>=0.27; python_version > \"3\"", "pyproject.toml:14"),
                        new Generation.Asked("a\\b", "with\nline")));
    }
}
