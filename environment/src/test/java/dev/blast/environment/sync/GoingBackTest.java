package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Occasion;
import dev.blast.environment.change.PowerCut;
import dev.blast.environment.change.Timeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoingBackTest {
    private static final GoingBack.To UNDO = new GoingBack.To.Undo();
    private static final GoingBack.To REDO = new GoingBack.To.Redo();

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index()
                .module("httpx", "0.27.0", "anyio")
                .module("httpx", "0.28.1", "anyio>=4")
                .module("anyio", "3.7.0")
                .module("anyio", "4.9.0");
    }

    /** JUnit warns about every link that leads out of its folder. */
    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private void sync(String... dependencies) throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['%s']\n"
                        .formatted(String.join("', '", dependencies)));
        bench.done(SyncOptions.of("blast sync"));
    }

    private GoingBack.Answer.Done back(GoingBack.To to) throws Exception {
        return (GoingBack.Answer.Done) bench.go(to);
    }

    private static GoingBack.To number(int number) {
        return new GoingBack.To.Numbered(number);
    }

    @Test
    void anEnvironmentIsFileForFileWhatItWas() throws Exception {
        sync("anyio<4");
        Map<String, String> first = exact();
        String lock = Files.readString(bench.environment().lockFile());
        sync("httpx");
        Map<String, String> second = exact();
        assertThat(second).isNotEqualTo(first);
        bench.goOffline();

        GoingBack.Answer.Done undone = back(UNDO);
        assertThat(exact()).isEqualTo(first);
        assertThat(bench.environment().lockFile()).hasContent(lock);
        assertThat(bench.python("import anyio; print(anyio.VERSION)")).isEqualTo("3.7.0");
        assertThat(undone.to()).isEqualTo(1);
        assertThat(undone.generation().number()).isEqualTo(3);
        assertThat(undone.diff().packages())
                .extracting(it -> it.name() + " " + it.from() + " " + it.to())
                .containsExactly("httpx 0.27.0 ");
        assertThat(Applied.of(bench.environment()).orElseThrow().generation()).isEqualTo(3);

        assertThat(back(REDO).to()).isEqualTo(2);
        assertThat(exact()).isEqualTo(second);
        assertThat(back(number(1)).remarks()).isEmpty();
        assertThat(exact()).isEqualTo(first);
        assertThat(bench.go(number(3))).isEqualTo(new GoingBack.Answer.There(1));
        assertThat(back(UNDO).to()).isEqualTo(2);
        assertThat(exact()).isEqualTo(second);
    }

    @Test
    void aSyncAfterwardsFollowsTheProjectAgain() throws Exception {
        sync("anyio<4");
        sync("httpx");
        back(UNDO);
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(done)).contains("+ httpx 0.27.0 (pyproject.toml:4)");
        sync("anyio<4");
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
    }

    @Test
    void whatOthersMadeOfItCanComeBack() throws Exception {
        sync("httpx");
        Path site = bench.sitePackages();
        Trees.write(
                site,
                Map.of(
                        "extra.py", "VERSION = '7'",
                        "extra-7.dist-info/METADATA",
                                "Metadata-Version: 2.1\nName: extra\nVersion: 7\n",
                        "extra-7.dist-info/INSTALLER", "pip\n",
                        "extra-7.dist-info/RECORD", "extra.py,,\n"));
        Path edited = site.resolve("httpx/__init__.py");
        Files.delete(edited);
        Files.writeString(edited, "# edited by hand\n");
        Files.setLastModifiedTime(edited, FileTime.from(Instant.ofEpochSecond(1_500_000_000)));
        Map<String, String> theirs = exact();

        GoingBack.Answer.Done undone = back(UNDO);
        Generation found = undone.found().orElseThrow();
        assertThat(found.number()).isEqualTo(2);
        assertThat(found.occasion().kind()).isEqualTo(Occasion.Kind.FOUND);
        assertThat(found.command()).isEqualTo("pip");
        assertThat(found.packages()).extracting(Generation.Installed::name).contains("extra");
        assertThat(site.resolve("extra.py")).doesNotExist();
        assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.28.1");

        assertThat(back(REDO).found()).isEmpty();
        assertThat(exact()).isEqualTo(theirs);

        SyncResult.Done done = bench.done(bench.reverting().copy(it -> it.force = true));
        assertThat(bench.lines(done)).contains("- extra (nobody asked for it; installed by pip)");
        back(UNDO);
        assertThat(exact()).isEqualTo(theirs);
    }

    @Test
    void whatWasTakenAwayComesBack() throws Exception {
        sync("httpx");
        Map<String, String> before = exact();
        bench.clean();
        assertThat(bench.environment().exists()).isFalse();
        assertThat(back(UNDO).to()).isEqualTo(1);
        assertThat(exact()).isEqualTo(before);
        assertThat(back(UNDO).to()).isZero();
        assertThat(bench.environment().exists()).isFalse();
        assertThat(bench.go(UNDO)).isEqualTo(new GoingBack.Answer.Nowhere(UNDO, Optional.empty()));
        assertThat(back(REDO).to()).isEqualTo(1);
        assertThat(exact()).isEqualTo(before);
        Trees.delete(bench.environment().root());
        assertThat(back(number(1)).to()).isEqualTo(1);
        assertThat(exact()).isEqualTo(before);
    }

    @Test
    void thereIsNoWayToWhatIsNotKnown() throws Exception {
        sync("anyio");
        assertThat(bench.go(number(9)))
                .isEqualTo(new GoingBack.Answer.Unknown(9, List.of(1), Optional.empty()));
        assertThat(bench.go(REDO)).isEqualTo(new GoingBack.Answer.Nowhere(REDO, Optional.empty()));
    }

    @Test
    void aLostHistoryBeginsAnewWithWhatIsThereAndSaysSo() throws Exception {
        sync("anyio<4");
        sync("anyio>=4");
        Map<String, String> before = exact();
        Files.delete(bench.dossier().history());
        assertThat(bench.go(UNDO))
                .isInstanceOfSatisfying(
                        GoingBack.Answer.Nowhere.class,
                        it ->
                                assertThat(it.why())
                                        .hasValueSatisfying(
                                                why -> assertThat(why).contains("is lost")));
        sync("anyio<4");
        assertThat(back(UNDO).to()).isEqualTo(3);
        assertThat(exact()).isEqualTo(before);
    }

    @Test
    void whatTheStoreDoesNotHoldAnyMoreIsNamedAndNothingIsChanged() throws Exception {
        sync("anyio<4");
        sync("anyio>=4");
        Map<String, String> before = exact();
        Path files = bench.store().directory().resolve("files");
        try (Stream<Path> kept = Files.walk(files)) {
            for (Path file : kept.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                Files.writeString(file, "another");
            }
        }
        assertThatThrownBy(() -> bench.go(UNDO))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("generation 1 cannot be brought back")
                .hasMessageContaining("does not hold what was kept")
                .hasMessageContaining("nothing has been changed");
        assertThat(exact()).isEqualTo(before);
        Trees.delete(files);
        assertThatThrownBy(() -> bench.go(UNDO))
                .hasMessageContaining("the store does not hold")
                .hasMessageContaining("nothing has been changed");
        assertThat(exact()).isEqualTo(before);
    }

    @Test
    void aLockThatOthersHaveWrittenStays() throws Exception {
        sync("anyio<4");
        sync("anyio>=4");
        Files.writeString(bench.environment().lockFile(), "# theirs\n");
        assertThat(back(UNDO).remarks())
                .containsExactly(
                        "pylock.toml has been written to by others since, and stays as it is");
        assertThat(bench.environment().lockFile()).hasContent("# theirs");
    }

    /** The history begins anew with what is there; that is no other environment. */
    @Test
    void aHistoryThatWasLostIsSaidToBeSoAndGoesOn() throws Exception {
        sync("anyio<4");
        sync("httpx");
        Files.delete(bench.dossier().history());
        assertThat(bench.go(UNDO))
                .isEqualTo(new GoingBack.Answer.Nowhere(UNDO, Optional.of(History.LOST)));
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio<4']\n");
        assertThat(bench.done(SyncOptions.of("blast sync")).warnings()).isEmpty();
        assertThat(back(UNDO).to()).isEqualTo(3);
        assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.27.0");
    }

    /** What others wrote may be anything, and what Blast wrote may be spoilt. */
    @Test
    void whatIsNoTextIsKeptAllTheSame() throws Exception {
        sync("anyio<4");
        Path info = Files.createDirectory(bench.sitePackages().resolve("odd-1.dist-info"));
        Files.write(info.resolve("INSTALLER"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(Applied.file(bench.environment()), "spoilt");
        Map<String, String> found = exact();
        assertThat(back(number(1)).found()).map(Generation::number).contains(2);
        assertThat(info).doesNotExist();
        back(number(2));
        assertThat(exact()).isEqualTo(found);
    }

    /** Every cut of a way back, with the next command finding one of the two. */
    @Test
    void stoppedAnywhereItIsTheOneBeforeOrTheOneAfter() throws Exception {
        sync("anyio<4");
        Map<String, String> first = exact();
        sync("httpx");
        Map<String, String> second = exact();
        int finished = 0;
        int undone = 0;
        boolean isWhole = false;
        for (int cut = 0; !isWhole; cut++) {
            try {
                bench.go(number(1), PowerCut.after(cut));
                isWhole = true;
            } catch (PowerCut.Dead e) {
                // what the kill leaves
            }
            bench.dossier().recover("blast check", SyncBench.patience());
            Map<String, String> tree = exact();
            assertThat(List.of(first, second)).as("cut %d", cut).contains(tree);
            try (History history = History.of(bench.dossier())) {
                int state = Timeline.of(history.generations()).now();
                assertThat(state).as("cut %d", cut).isEqualTo(tree.equals(first) ? 1 : 2);
            }
            if (tree.equals(first)) {
                finished++;
                back(number(2));
                assertThat(exact()).as("after cut %d", cut).isEqualTo(second);
            } else {
                undone++;
            }
        }
        assertThat(finished).isGreaterThan(1);
        assertThat(undone).isGreaterThan(10);
    }

    /** Whatever is done in whatever order: going to a state makes what that state was. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyStateThatWasComesBackAsItWas(long seed) throws Exception {
        var random = new Random(20261130 + seed);
        var states = new HashMap<Integer, Map<String, String>>();
        states.put(0, Map.of());
        for (int step = 0; step < 14; step++) {
            boolean isTouched = false;
            switch (random.nextInt(6)) {
                case 0 -> isTouched = !change("anyio<4");
                case 1 -> isTouched = !change("httpx");
                case 2 -> {
                    if (bench.environment().exists()) {
                        Path file = bench.sitePackages().resolve("found%d.py".formatted(step % 3));
                        Files.writeString(file, "step = %d\n".formatted(step));
                        isTouched = true;
                    }
                }
                case 3 -> bench.go(UNDO);
                case 4 -> bench.go(REDO);
                default -> bench.go(number(1 + random.nextInt(1 + step)));
            }
            try (History history = History.of(bench.dossier())) {
                List<Generation> all = history.generations();
                if (!all.isEmpty() && !isTouched) {
                    int state = Timeline.of(all).now();
                    Map<String, String> now = exact();
                    assertThat(now)
                            .as("seed %d, step %d, state %d", seed, step, state)
                            .isEqualTo(states.computeIfAbsent(state, _ -> now));
                }
            }
        }
        assertThat(states).hasSizeGreaterThan(2);
    }

    /** Whether it was one: where nothing is to be done, nothing is looked at. */
    private boolean change(String dependency) throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['%s']\n"
                        .formatted(dependency));
        return bench.run(SyncOptions.of("blast sync")) instanceof SyncResult.Done;
    }

    private Map<String, String> exact() throws Exception {
        return ExactTree.of(bench.environment());
    }
}
