package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Occasion;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.session.SessionNote;
import dev.blast.environment.session.Sessions;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Blast keeps for a user outside environments: directories, registry, sessions, trust. */
class PlacesTest {
    @TempDir Path home;

    @Test
    void directoriesFollowXdgAndIgnoreRelativeValues() {
        assertThat(
                        Directories.of(
                                Map.of("XDG_DATA_HOME", "/d", "XDG_CACHE_HOME", "relative"),
                                Path.of("/home/x")))
                .isEqualTo(
                        new Directories(
                                Path.of("/d/blast"),
                                Path.of("/home/x/.cache/blast"),
                                Path.of("/home/x/.config/blast"),
                                Path.of("/home/x/.local/state/blast")));
    }

    @Test
    void theRegistryShowsWhatIsGone() throws Exception {
        var environments = new Environments(directories());
        assertThat(environments.list()).isEmpty();
        var shop = new Environment(home.resolve("shop/.venv"));
        var etl = new Environment(home.resolve("etl/.venv"));
        Trees.write(shop.root(), Map.of("pyvenv.cfg", ""));
        register("shop", shop);
        register("etl", etl);
        register("shop", shop);
        assertThat(environments.list())
                .extracting(Environments.Entry::name, Environments.Entry::isGone)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("etl", true),
                        org.assertj.core.groups.Tuple.tuple("shop", false));
        assertThat(environments.named("shop"))
                .extracting(Environments.Entry::environment)
                .containsExactly(shop);
        environments.forget(etl);
        assertThat(environments.list()).hasSize(1);
    }

    @Test
    void sessionsAreThoseStillAlive() throws Exception {
        var environment = new Environment(home.resolve("shop/.venv"));
        var sessions = new Sessions(directories(), environment);
        assertThat(sessions.list()).isEmpty();
        var note =
                new SessionNote(
                        "without cgroup",
                        List.of(Path.of("/sys/fs/cgroup/memory/a b")),
                        Map.of(Resource.MEMORY, 1L << 30, Resource.TIME, 60L));
        try (Sessions.Entry _ =
                sessions.open(ProcessHandle.current().pid(), "pytest -x", false, note)) {
            sessions.open(Integer.MAX_VALUE, "never was", false, SessionNote.NONE);
            assertThat(sessions.list())
                    .singleElement()
                    .satisfies(s -> assertThat(s.command()).isEqualTo("pytest -x"))
                    .satisfies(s -> assertThat(s.process()).isEqualTo(ProcessMark.self()))
                    .satisfies(s -> assertThat(s.note()).isEqualTo(note));
        }
        assertThat(sessions.list()).isEmpty();
        assertThat(new ProcessMark(ProcessHandle.current().pid(), 1).isAlive()).isFalse();
    }

    @Test
    void trustIsInAContent() throws Exception {
        var trust = new Trust(directories());
        Path project = Files.createDirectory(home.resolve("shop"));
        var one =
                List.of(
                        new Trust.Content("policies/a.drl", "rule a"),
                        new Trust.Content("policies/b.drl", "rule b"));
        assertThat(trust.isTrusted(project, one)).isFalse();
        assertThat(trust.isTrusted(project, List.of())).isTrue();
        trust.grant(project, one);
        assertThat(trust.isTrusted(project, one)).isTrue();
        assertThat(trust.isTrusted(project, one.reversed())).isTrue();
        assertThat(trust.isTrusted(project, one.subList(0, 1))).isFalse();
        assertThat(trust.isTrusted(home, one)).isFalse();
        var moved =
                List.of(
                        new Trust.Content("policies/a.drl", "rule arule b"),
                        new Trust.Content("policies/b.drl", ""));
        assertThat(trust.isTrusted(project, moved)).isFalse();
        trust.revoke(project);
        assertThat(trust.isTrusted(project, one)).isFalse();
    }

    @Test
    void whatOthersCanWriteHoldsNoTrust() throws Exception {
        var trust = new Trust(directories());
        Path folder = Files.createDirectories(directories().data().resolve("trust"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> trust.grant(home, List.of(new Trust.Content("a", "b"))))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("can be written by others");
    }

    private void register(String name, Environment environment) throws Exception {
        Files.createDirectories(environment.root().getParent());
        try (Transaction transaction =
                        Transaction.begin(Dossier.of(directories(), environment), Disk.real());
                History history = History.of(Dossier.of(directories(), environment))) {
            transaction.publish(
                    new Environments(directories()).file(environment),
                    Environments.entry(name, environment));
            transaction.commit(
                    new Generation(
                            history.next(Optional.empty()),
                            transaction.id(),
                            Instant.EPOCH,
                            new Occasion(Occasion.Kind.CHANGE, "", 0, "", false, ""),
                            "",
                            "",
                            "",
                            List.of(),
                            List.of(),
                            List.of()),
                    history);
        }
    }

    private Directories directories() {
        return Directories.of(Map.of(), home);
    }
}
