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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            history.add(generation(1), Restorable.NOTHING);
            history.add(generation(2), Restorable.NOTHING);
            history.add(generation(2), Restorable.NOTHING);
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
    void aHundredSyncsWithoutAnswerAreRememberedAndAreNoGenerations() throws Exception {
        var dossier = new Dossier(new Environment(folder.resolve(".venv")), folder);
        try (History history = History.of(dossier)) {
            assertThat(history.impasses()).isEmpty();
            for (int i = 1; i <= 103; i++) {
                assertThat(history.remember(IMPASSE).number()).isEqualTo(i);
            }
            assertThat(history.impasses()).hasSize(100);
            assertThat(history.impasses().getFirst()).isEqualTo(IMPASSE.numbered(103));
            assertThat(history.impasses().getLast().number()).isEqualTo(4);
            assertThat(history.exists()).isFalse();
            var repaired = new Repaired(102, "B", List.of("pyproject.toml:5: 'a<1' → 'a<2'"));
            history.add(generation(1).with(Optional.of(repaired)), Restorable.NOTHING);
            assertThat(history.exists()).isTrue();
            assertThat(history.generation(1).flatMap(Generation::repaired)).contains(repaired);
            assertThat(history.impasses().get(1).taken()).contains(new Impasse.Taken("B", 1));
            assertThat(history.impasses().get(2).taken()).isEmpty();
            Generation other = generation(2).with(Optional.of(repaired));
            assertThat(Generation.parse(other.text())).isEqualTo(other);
        }
    }

    @Test
    void anOlderHistoryGoesOn() throws Exception {
        var dossier = new Dossier(new Environment(folder.resolve(".venv")), folder);
        try (History history = History.of(dossier)) {
            history.add(generation(1), Restorable.NOTHING);
        }
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + dossier.history());
                Statement statement = old.createStatement()) {
            for (String table : List.of("way_out", "repaired", "impasse", "restorable")) {
                statement.execute("DROP TABLE " + table);
            }
            for (String column : List.of("kind", "restored", "user", "ci", "sandbox")) {
                statement.execute("ALTER TABLE generation DROP COLUMN " + column);
            }
            statement.execute("ALTER TABLE requirement DROP COLUMN part");
            statement.execute("PRAGMA user_version = 2");
        }
        try (History history = History.of(dossier)) {
            Generation then = history.generations().getFirst();
            assertThat(then.packages()).isEqualTo(generation(1).packages());
            assertThat(then.occasion())
                    .isEqualTo(new Occasion(Occasion.Kind.CHANGE, "blast sync", 0, "", false, ""));
            assertThat(history.restorable(1)).isEmpty();
            assertThat(history.kept()).isEmpty();
            assertThat(history.remember(IMPASSE).number()).isEqualTo(1);
        }
    }

    private static final Impasse IMPASSE =
            new Impasse(
                    0,
                    Instant.parse("2026-05-01T10:00:00Z"),
                    "blast sync",
                    new Circumstances("p", "r", "i", "a"),
                    List.of(new Generation.Asked("a<1", "pyproject.toml:5", "")),
                    List.of(
                            new Impasse.ShownWay(
                                    "A",
                                    List.of(
                                            new Impasse.LetGo(
                                                    Impasse.Kind.WIDEN,
                                                    "a<1",
                                                    "a<2",
                                                    "pyproject.toml:5"),
                                            new Impasse.LetGo(
                                                    Impasse.Kind.LIFT, "b", "3", "own.drl:3"))),
                            new Impasse.ShownWay(
                                    "B",
                                    List.of(
                                            new Impasse.LetGo(
                                                    Impasse.Kind.DROP,
                                                    "a<1",
                                                    "",
                                                    "pyproject.toml:5")))),
                    Duration.ofMillis(12),
                    Optional.of(Duration.ofMillis(34)),
                    Optional.empty());

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
            history.add(generation(1), Restorable.NOTHING);
            assertThat(history.generations()).hasSize(1);
        }
    }

    @Test
    void aPageThatWasOverwrittenIsNoticed() throws Exception {
        var dossier = new Dossier(new Environment(folder.resolve(".venv")), folder);
        try (History history = History.of(dossier)) {
            for (int number = 1; number < 50; number++) {
                history.add(generation(number), Restorable.NOTHING);
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
                new Occasion(Occasion.Kind.CHANGE, "blast sync", 0, "somebody", true, "full"),
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
                                "httpx>=0.27; python_version > \"3\"", "pyproject.toml:14", "dev"),
                        new Generation.Asked("a\\b", "with\nline", "")));
    }
}
