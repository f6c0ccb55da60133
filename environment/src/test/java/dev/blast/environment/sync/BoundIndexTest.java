package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Trees;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.Settings;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that is bound to an index is asked for there and nowhere else. */
class BoundIndexTest {
    private static final PackageName TORCH = new PackageName("torch");

    private static final String INDEXES =
            """
            [[tool.uv.index]]
            name = 'cpu'
            url = 'https://u:secret@cpu.example/simple'
            explicit = true
            [[tool.uv.index]]
            name = 'gpu'
            url = 'https://gpu.example/simple'
            explicit = true
            [[tool.poetry.source]]
            name = 'own'
            url = 'https://own.example/simple'
            """;

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index().module("torch", "2.0").module("torch", "1.0");
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private void project(String table, String source) throws Exception {
        bench.pyproject(
                """
                [project]
                name = 'demo'
                version = '1'
                dependencies = ['torch']
                optional-dependencies = { cpu = ['torch'], gpu = ['torch'], all = ['demo[cpu]'] }
                [tool.%s]
                Torch = %s
                """
                                .formatted(table, source)
                        + INDEXES);
    }

    /** What the source says, what extra is asked for, and the index that is then asked. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uv.sources | { index = 'cpu' } | | cpu",
                "uv.sources | [{ index = 'cpu', marker = \"python_version > '3'\" }] | | cpu",
                "uv.sources | [{ index = 'cpu', marker = \"python_version < '3'\" }] | | ",
                "uv.sources | [{ index = 'cpu', extra = 'cpu' }, { index = 'gpu', extra = 'gpu' }] | gpu | gpu",
                "uv.sources | [{ index = 'cpu', extra = 'cpu' }, { index = 'gpu', extra = 'gpu' }] | all | cpu",
                "uv.sources | [{ index = 'cpu', extra = 'cpu' }] | | ",
                "poetry.dependencies | { version = '*', source = 'own' } | | own",
            })
    void oneIndexIsAsked(String table, String source, String extra, String asked) throws Exception {
        project(table, source);
        bench.done(
                extra == null
                        ? SyncOptions.of("blast sync")
                        : bench.withExtra(new ExtraName(extra)));
        assertThat(bench.bound.getOrDefault(TORCH, "-"))
                .matches(asked == null ? "-" : ".*@?" + asked + "\\.example/simple");
        String lock = Files.readString(bench.project().resolve("pylock.toml"));
        assertThat(lock).doesNotContain("secret");
        assertThat(lock.contains("index = \"https://")).isEqualTo(asked != null);
    }

    @Test
    void twoForOneNameAndOneThatIsNotThereAreRefused() throws Exception {
        project("uv.sources", "[{ index = 'cpu' }, { index = 'gpu' }]");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageStartingWith(
                        "torch is bound to two indexes at once, https://***@cpu.example/simple (pyproject.toml:7)");
        project("uv.sources", "{ index = 'tpu' }");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageContaining("has the name 'tpu'; there are: cpu, gpu, own");
        assertThat(bench.index().asked).isEmpty();
    }

    /** Another index may have another file under the same name and version. */
    @Test
    void whatIsLockedFromElsewhereIsNoChoice() throws Exception {
        project("uv.sources", "{ index = 'cpu' }");
        bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.run(bench.frozen())).isNotInstanceOf(SyncResult.LockNotCurrent.class);
        project("uv.sources", "{ index = 'gpu' }");
        assertThat(bench.run(bench.frozen()))
                .isEqualTo(
                        new SyncResult.LockNotCurrent(
                                "torch is now bound to https://gpu.example/simple"));
        assertThat(bench.lines(bench.done(SyncOptions.of("blast sync"))))
                .contains("! torch (it is now bound to https://gpu.example/simple)");
        project("uv.sources", "{ index = 'gpu' }".replace("index", "other"));
        assertThat(bench.run(bench.frozen())).isInstanceOf(SyncResult.LockNotCurrent.class);
        assertThat(bench.lines(bench.done(SyncOptions.of("blast sync"))))
                .anyMatch(line -> line.startsWith("! torch (it is not bound to "));
    }

    @Test
    void uvsIndexesAreAskedAndItsDefaultOneLast() throws Exception {
        bench.pyproject(
                """
                [project]
                name = 'demo'
                version = '1'
                [tool.blast]
                index = 'https://first.example/simple'
                [[tool.uv.index]]
                url = 'wheels'
                [[tool.uv.index]]
                name = 'only'
                url = 'https://only.example/simple'
                explicit = true
                [[tool.uv.index]]
                url = 'https://main.example/simple'
                default = true
                """);
        Settings settings = Project.at(bench.project()).settings();
        assertThat(settings.indexes())
                .containsExactly(
                        "https://first.example/simple",
                        bench.project().toRealPath().resolve("wheels").toString());
        assertThat(settings.main()).contains("https://main.example/simple");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = 'x' | pyproject.toml:5:1: [[tool.uv.index]] has no url",
                "url = 3 | pyproject.toml:5:1: [[tool.uv.index]] has no url",
                "name = 'x';url = 'https://x.example';format = 'flat' | 'x' is a flat list of files",
            })
    void whatIsNoIndexIsSaid(String index, String said) throws Exception {
        bench.pyproject(
                "[project]\nname = 'demo'\nversion = '1'\n\n[[tool.uv.index]]\n"
                        + index.replace(';', '\n'));
        assertThatThrownBy(() -> Project.at(bench.project())).hasMessageContaining(said);
    }

    @Test
    void aWorkspacesIndexesHoldForItsMembers() throws Exception {
        Path member = Files.createDirectories(bench.project().resolve("a"));
        bench.pyproject(
                "[tool.uv.workspace]\nmembers = ['a']\n[tool.uv.sources]\ntorch = { index = 'cpu' }\n"
                        + INDEXES);
        Files.writeString(
                member.resolve("pyproject.toml"),
                "[project]\nname = 'a'\nversion = '1'\ndependencies = ['torch']\n");
        assertThat(Project.at(member).settings().bound())
                .extracting(each -> each.name() + " " + each.address() + " " + each.origin())
                .containsExactly("torch https://u:secret@cpu.example/simple ../pyproject.toml:4");
    }
}
