package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.change.Disk;
import dev.blast.environment.interpreter.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody could give one to load, each wrong in one way. */
class HostileSavesTest {
    private static final String FILES = "dev.blast.environment.sync.HostileSaveFiles";
    private static final String PACKAGES = "dev.blast.environment.sync.HostileSavedPackages";

    @TempDir static Path folder;
    private static SyncBench bench;
    private static Interpreter interpreter;

    @BeforeAll
    static void setUp() throws Exception {
        bench = new SyncBench(folder);
        interpreter = bench.anyInterpreter();
    }

    /** JUnit warns about every link that leads out of its folder. */
    @AfterAll
    static void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        FILES + "#packings",
        FILES + "#members",
        FILES + "#manifests",
        PACKAGES + "#paths",
        PACKAGES + "#packages"
    })
    void isRefusedByNameAndNothingIsWritten(
            String what, Consumer<SaveBuilder> change, String sentence) throws Exception {
        var builder = new SaveBuilder(interpreter);
        change.accept(builder);
        Path file = Files.write(folder.resolve("given.blast"), builder.bytes());
        Map<String, String> before = outside();
        assertThatThrownBy(() -> bench.load(file))
                .as(what)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("given.blast is refused: ")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("\nnothing has been changed");
        assertThat(outside()).isEqualTo(before);
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(PACKAGES + "#hooks")
    void whatWouldRunAtEveryStartIsRefusedWhereNoRuleAllowsIt(
            String what, Consumer<SaveBuilder> change, String hook) throws Exception {
        var builder = new SaveBuilder(interpreter);
        change.accept(builder);
        Path file = Files.write(folder.resolve("given.blast"), builder.bytes());
        assertThat(bench.load(file))
                .as(what)
                .isInstanceOfSatisfying(
                        Reviving.Answer.Refused.class,
                        it ->
                                assertThat(it.refusals())
                                        .extracting(SyncResult.Refusal::what)
                                        .contains(hook + ", which Python reads at every start"));
        assertThat(bench.environment().root()).doesNotExist();
        assertThat(kept()).isEmpty();
    }

    @Test
    void withoutAFaultItIsLoaded() throws Exception {
        var builder = new SaveBuilder(interpreter).at("bin/good", "#!/bin/sh\necho good\n");
        builder.modes.put("bin/good", "755");
        Path file = Files.write(folder.resolve("good.blast"), builder.bytes());
        assertThat(bench.load(file)).isInstanceOf(Reviving.Answer.Done.class);
        assertThat(bench.python("import good; print(good.VERSION)")).isEqualTo("1");
        assertThat(bench.environment().root().resolve("bin/good")).isExecutable();
        removeAll();
    }

    @Test
    void whatWasBuiltForAnotherPlatformOrPythonIsNamed() throws Exception {
        var builder =
                new SaveBuilder(interpreter)
                        .put(
                                SaveBuilder.INFO + "WHEEL",
                                "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp312-cp312-win_amd64\n");
        Path file = Files.write(folder.resolve("windows.blast"), builder.bytes());
        assertThat(bench.load(file))
                .isInstanceOfSatisfying(
                        Reviving.Answer.Elsewhere.class,
                        it -> assertThat(it.packages()).containsExactly("good 1"));
        file =
                Files.write(
                        folder.resolve("old.blast"),
                        new SaveBuilder(interpreter)
                                .replace(
                                        "\"version\":\"%s\"".formatted(interpreter.version()),
                                        "\"version\":\"2.6.9\"")
                                .bytes());
        assertThat(bench.load(file)).isInstanceOf(Reviving.Answer.NoInterpreter.class);
        assertThat(
                        bench.reviving(Disk.real())
                                .file(
                                        file,
                                        bench.loading(
                                                Optional.of(interpreter.executable().toString()),
                                                false)))
                .isInstanceOfSatisfying(
                        Reviving.Answer.Elsewhere.class, it -> assertThat(it.packages()).isEmpty());
        assertThat(bench.environment().root()).doesNotExist();
        assertThat(kept()).isEmpty();
    }

    /** Others could write a program into it. */
    @Test
    void nobodyMayDoMoreWithItThanWithAFileThatIsMadeHereAndNoneIsFromTheFuture() throws Exception {
        var builder = new SaveBuilder(interpreter);
        builder.modes.put(builder.site + "good.py", "777");
        builder.modified = 4_000_000_000_000_000_000L;
        Path file = Files.write(folder.resolve("open.blast"), builder.bytes());
        assertThat(bench.load(file)).isInstanceOf(Reviving.Answer.Done.class);
        Path good = bench.sitePackages().resolve("good.py");
        Path made = Files.createDirectory(folder.resolve("made here"));
        assertThat(Files.getLastModifiedTime(good)).isLessThan(Files.getLastModifiedTime(made));
        assertThat(Files.getPosixFilePermissions(good))
                .isEqualTo(Files.getPosixFilePermissions(made));
        Files.delete(made);
        removeAll();
    }

    /** Whatever is changed in a file, it is refused or loads what was in it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsChangedItIsRefusedOrLoadedAsItWas(long seed) throws Exception {
        byte[] tar = new SaveBuilder(interpreter).unpacked();
        byte[] whole = SaveBuilder.zstd(tar);
        var random = new Random(20261130 + seed);
        int loaded = 0;
        for (int i = 0; i < 150; i++) {
            boolean isPacked = random.nextBoolean();
            byte[] changed = (isPacked ? whole : tar).clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(8)));
            Path file =
                    Files.write(
                            folder.resolve("changed.blast"),
                            isPacked ? changed : SaveBuilder.zstd(changed));
            try {
                Reviving.Answer answer = bench.load(file);
                if (answer instanceof Reviving.Answer.Done) {
                    loaded++;
                    assertThat(bench.sitePackages().resolve("good.py"))
                            .as("seed %d, change %d at %d", seed, i, at)
                            .hasContent("VERSION = '1'");
                    removeAll();
                }
            } catch (EnvironmentException e) {
                assertThat(e)
                        .as("seed %d, change %d at %d", seed, i, at)
                        .hasMessageContaining(" is refused: ");
                assertThat(bench.environment().root()).doesNotExist();
            }
        }
        assertThat(loaded).isLessThan(75);
        Files.delete(folder.resolve("changed.blast"));
    }

    private static void removeAll() throws Exception {
        Trees.delete(bench.environment().root());
        Trees.delete(bench.dossier().folder());
        Trees.delete(bench.store().directory());
        Files.deleteIfExists(bench.environment().lockFile());
    }

    /** All there is, but what Blast keeps to itself. */
    private static Map<String, String> outside() throws IOException {
        var tree = new TreeMap<String, String>();
        Path own = bench.directories().data();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(it -> !it.startsWith(own) && !own.startsWith(it))
                    .forEach(it -> tree.put(it.toString(), Files.isDirectory(it) ? "folder" : ""));
        }
        return tree;
    }

    /** What is kept in the store, or was left there. */
    private static List<Path> kept() throws IOException {
        Path store = bench.store().directory();
        if (!Files.exists(store)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(store)) {
            return paths.filter(it ->
                            Files.isRegularFile(it) && !it.getFileName().toString().equals(".use"))
                    .toList();
        }
    }
}
