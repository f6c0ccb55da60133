package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.Trees;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Retention;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.StoreSweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepingTest {
    private static final Retention ALL = Retention.USUAL;
    private static final Retention LAST = new Retention(1, Duration.ZERO);

    /** After what the bench does, which is all at one instant. */
    private static final Instant SOON = Instant.parse("2026-05-02T10:00:00Z");

    private static final Instant LATER = SOON.plus(Duration.ofDays(90));

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index().module("anyio", "3.7.0").module("anyio", "4.9.0");
        sync("anyio<4");
        sync("anyio>=4");
    }

    /** JUnit warns about every link that leads out of its folder. */
    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private void sync(String dependency) throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['%s']\n"
                        .formatted(dependency));
        bench.done(SyncOptions.of("blast sync"));
    }

    private Optional<Sweeping.Result> sweep(Retention retention, boolean dry) throws Exception {
        return new Sweeping(bench.directories(), bench.store())
                .run(retention, Instant.now(), dry, "blast store gc", SyncBench.patience());
    }

    private Sweeping.Result sweep(Instant now, boolean gone, boolean dry) throws Exception {
        return new Sweeping(bench.directories(), bench.store(), gone)
                .run(ALL, now, dry, "blast store gc", SyncBench.patience())
                .orElseThrow();
    }

    private StoreSweep.Swept swept(Retention retention, boolean dry) throws Exception {
        return sweep(retention, dry).orElseThrow().swept();
    }

    @Test
    void whatAGenerationNeedsStays() throws Exception {
        StoreSweep.Swept swept = swept(ALL, false);
        assertThat(swept.wheelsGone()).isEqualTo(StoreSweep.Amount.NONE);
        assertThat(swept.wheelsKept().count()).isEqualTo(3);
        assertThat(swept.filesGone()).isEqualTo(StoreSweep.Amount.NONE);
        bench.clean();
        assertThat(swept(ALL, false).wheelsGone()).isEqualTo(StoreSweep.Amount.NONE);
        bench.go(new GoingBack.To.Undo());
        bench.go(new GoingBack.To.Undo());
        assertThat(bench.python("import anyio; print(anyio.VERSION)")).isEqualTo("3.7.0");
    }

    @Test
    void whatOnlyForgottenOnesNamedGoes() throws Exception {
        Sweeping.Result dry = sweep(LAST, true).orElseThrow();
        assertThat(dry.forgotten()).isEqualTo(Map.of("shop", 1));
        assertThat(dry.swept().wheelsGone().count()).isEqualTo(1);
        assertThat(dry.swept().filesGone().count()).isPositive();
        Sweeping.Result done = sweep(LAST, false).orElseThrow();
        assertThat(done).isEqualTo(dry);
        assertThat(bench.go(new GoingBack.To.Numbered(1)))
                .isEqualTo(new GoingBack.Answer.Unknown(1, List.of(2), Optional.empty()));
        assertThat(bench.go(new GoingBack.To.Undo()))
                .isEqualTo(new GoingBack.Answer.Nowhere(new GoingBack.To.Undo(), Optional.empty()));
        assertThat(bench.python("import anyio; print(anyio.VERSION)")).isEqualTo("4.9.0");
        assertThat(swept(LAST, false).wheelsGone()).isEqualTo(StoreSweep.Amount.NONE);
        sync("anyio<4");
        assertThat(Applied.of(bench.environment()).orElseThrow().generation()).isEqualTo(3);
        assertThat(bench.go(new GoingBack.To.Undo())).isInstanceOf(GoingBack.Answer.Done.class);
    }

    /** Nobody can go back in it; until then its folder may only be on a disk that is not here. */
    @Test
    void aHistoryWhoseProjectIsGoneIsForgottenOnceItIsOld() throws Exception {
        Path project = bench.environment().project();
        assertThat(sweep(LATER, true, false).gone().projects()).isEmpty();
        Trees.delete(project);
        assertThat(sweep(SOON, false, false).gone().projects()).isEmpty();
        Sweeping.Result dry = sweep(LATER, false, true);
        assertThat(dry.gone()).isEqualTo(new Sweeping.Gone(List.of(project), 0));
        assertThat(dry.histories()).isZero();
        assertThat(dry.forgotten()).isEmpty();
        assertThat(bench.dossier().history()).exists();
        assertThat(sweep(SOON, true, true).gone()).isEqualTo(dry.gone());
        assertThat(sweep(LATER, false, false)).isEqualTo(dry);
        assertThat(dry.swept().wheelsGone().count()).isEqualTo(3);
        assertThat(bench.dossier().folder()).doesNotExist();
        assertThat(new Environments(bench.directories()).list()).isEmpty();
        assertThat(sweep(LATER, true, false).gone().projects()).isEmpty();
    }

    @Test
    void aHistoryOfWhatWasCleanedAwayStaysAsLongAsGenerationsDo() throws Exception {
        bench.clean();
        new Environments(bench.directories()).forget(bench.environment());
        assertThat(sweep(SOON, true, false).gone().cleaned()).isZero();
        assertThat(sweep(LATER, false, true).gone()).isEqualTo(new Sweeping.Gone(List.of(), 1));
        assertThat(bench.go(new GoingBack.To.Undo())).isInstanceOf(GoingBack.Answer.Done.class);
        assertThat(sweep(LATER, false, true).gone().cleaned()).isZero();
    }

    @Test
    void whatAnEnvironmentIsLinkedToStaysWithoutAHistory() throws Exception {
        Trees.delete(bench.dossier().folder());
        StoreSweep.Swept swept = swept(LAST, false);
        assertThat(swept.linked()).isEqualTo(2);
        assertThat(swept.wheelsGone().count()).isEqualTo(1);
        assertThat(bench.python("import anyio; print(anyio.VERSION)")).isEqualTo("4.9.0");
    }

    /** A file that only its user may read is copied to where only they can come. */
    @Test
    void whatIsKeptIsForItsUserAlone() throws Exception {
        Path files = bench.store().directory().resolve("files");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        Path left = Files.writeString(files.resolve(".making-by-one-that-was-killed"), "x");
        assertThat(sweep(ALL, true)).isPresent();
        assertThat(left).exists();
        assertThat(sweep(ALL, false)).isPresent();
        assertThat(left).doesNotExist();
    }

    /** A lock of POSIX goes with the first of its file's descriptors that a process closes. */
    @Test
    void aSweepIsAloneInItsOwnProcessToo() throws Exception {
        try (StoreSweep _ = StoreSweep.of(bench.store()).orElseThrow()) {
            assertThat(StoreSweep.of(bench.store())).isEmpty();
            var use =
                    CompletableFuture.runAsync(() -> {
                        try (Contents _ = Contents.of(bench.store(), List.of())) {
                            assertThat(StoreSweep.of(bench.store())).isEmpty();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            assertThatThrownBy(() -> use.get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
        try (Contents _ = Contents.of(bench.store(), List.of())) {
            assertThat(sweep(LAST, false)).isEmpty();
        }
    }

    @Test
    void nothingGoesWhileSomebodyIsAboutToNameIt() throws Exception {
        try (Contents _ = Contents.of(bench.store(), List.of())) {
            assertThat(sweep(LAST, false)).isEmpty();
        }
        assertThat(sweep(LAST, false)).isPresent();
    }

    @Test
    void nothingGoesWhereAHistoryCannotBeRead() throws Exception {
        Path other = bench.directories().data().resolve("environments/0123456789abcdef");
        Files.createDirectories(other);
        Files.writeString(other.resolve("state.db"), "no database ".repeat(500));
        assertThatThrownBy(() -> sweep(LAST, false))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("nothing was taken out of the store");
        Files.delete(other.resolve("state.db"));
        assertThat(swept(ALL, true).wheelsKept().count()).isEqualTo(2);
    }
}
