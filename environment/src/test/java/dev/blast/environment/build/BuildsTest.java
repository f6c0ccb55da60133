package dev.blast.environment.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.environment.install.Store;
import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.BuildException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuildsTest {
    @TempDir Path folder;
    private BuildShop shop;

    @BeforeEach
    void aShop() throws Exception {
        shop = new BuildShop(folder);
    }

    @Test
    void aSourceBecomesAWheelThatTheStoreTakes() throws Exception {
        DistributionFile file = shop.index.add(SourcePackage.good("greeter", "1.0"));
        Builds builds = shop.builds();
        assertThat(builds.metadata(file).requiresDist()).hasToString("[words]");
        Path wheel = builds.wheel(file);
        assertThat(wheel).hasFileName("greeter-1.0-py3-none-any.whl");
        var store = new Store(shop.workspace.directories().data().resolve("store"));
        assertThat(store.add(wheel).files()).isNotEmpty();
        assertThat(left()).isEmpty();
    }

    /** It says nothing about the source, and so is no reason against it. */
    @Test
    void anInterruptedBuildIsNoFailureOfItsSource() throws Exception {
        Path begun = shop.workspace.directories().cache().resolve("builds/work");
        DistributionFile file =
                shop.index.add(
                        SourcePackage.built("greeter", "1.0", "import time\ntime.sleep(600)\n"));
        Builds builds = shop.builds();
        var thrown = new CompletableFuture<Exception>();
        Thread building =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                builds.metadata(file);
                            } catch (BuildException | IndexException e) {
                                thrown.complete(e);
                            }
                        });
        while (ProcessHandle.current()
                .children()
                .noneMatch(it -> it.info().commandLine().isPresent())) {
            Thread.onSpinWait();
        }
        building.interrupt();
        assertThat(thrown.get(20, TimeUnit.SECONDS))
                .isInstanceOf(IndexException.class)
                .hasMessage("interrupted while greeter-1.0.tar.gz was built");
        assertThat(begun).isEmptyDirectory();
    }

    /** Folders of work, and logs of what went well. */
    private List<Path> left() throws Exception {
        try (Stream<Path> work =
                        Files.list(shop.workspace.directories().cache().resolve("builds/work"));
                Stream<Path> logs =
                        Files.list(shop.workspace.directories().state().resolve("builds"))) {
            return Stream.concat(work, logs).toList();
        }
    }

    @Test
    void whatWasBuiltIsBuiltOnceAndDamagedThingsAnew() throws Exception {
        DistributionFile file = shop.index.add(SourcePackage.good("greeter", "1.0"));
        Path wheel = shop.builds().wheel(file);
        int fetched = shop.index.fetched;
        assertThat(shop.builds().wheel(file)).isEqualTo(wheel);
        assertThat(shop.index.fetched).isEqualTo(fetched);
        long size = Files.size(wheel);
        Files.writeString(wheel, "another");
        assertThat(shop.builds().wheel(file)).isEqualTo(wheel).hasSize(size);
        assertThat(shop.index.fetched).isEqualTo(fetched + 1);
    }

    @Test
    void whatSaysItsMetadataIsNotRun() throws Exception {
        SourcePackage source =
                SourcePackage.built("greeter", "1.0", "raise SystemExit('run')\n")
                        .file(
                                "PKG-INFO",
                                "Metadata-Version: 2.2\nName: greeter\nVersion: 1.0\nRequires-Dist: words>2\n");
        assertThat(shop.builds().metadata(shop.index.add(source)).requiresDist())
                .hasToString("[words>2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    version = "1.0" | dependencies = ["words<3"] | [words<3]
                    dynamic = ["version"] | dependencies = ["words<3"] | [words<3]
                    dynamic = ["version", "dependencies"] | | [words]
                    """)
    void whatItsProjectTableSaysIsNotAskedOfABuild(
            String version, @Nullable String dependencies, String requires) throws Exception {
        String table = "[project]\nname = \"greeter\"\n" + version + "\n";
        SourcePackage source =
                SourcePackage.good("greeter", "1.0")
                        .file("PKG-INFO", "Metadata-Version: 2.1\nName: greeter\nVersion: 1.0\n")
                        .replacing(
                                "pyproject.toml",
                                table
                                        + (dependencies == null ? "" : dependencies + "\n")
                                        + """
                                        [build-system]
                                        requires = []
                                        build-backend = "own_backend"
                                        backend-path = ["."]
                                        """);
        assertThat(shop.builds().metadata(shop.index.add(source)).requiresDist())
                .hasToString(requires);
    }

    @Test
    void whatABuildMayChangeIsAskedOfIt() throws Exception {
        SourcePackage source =
                SourcePackage.good("greeter", "1.0")
                        .file(
                                "PKG-INFO",
                                "Metadata-Version: 2.2\nName: greeter\nVersion: 1.0\nDynamic: Requires-Dist\nRequires-Dist: other\n");
        assertThat(shop.builds().metadata(shop.index.add(source)).requiresDist())
                .hasToString("[words]");
    }

    @Test
    void rulesDecide() throws Exception {
        shop.rule(
                """
                rule "not by strangers"
                when
                    Build( name == "greeter", version < "2", backend == "own_backend", direct == true, $b : backend )
                then
                    deny( "${$b} is nobody we know" );
                end
                """);
        shop.options =
                new BuildOptions(
                        Formats.ANY, Map.of(), name -> name.equals(new PackageName("greeter")));
        assertThat(shop.wheel(SourcePackage.good("greeter", "1.0")))
                .isEqualTo(
                        "it is not built: own_backend is nobody we know (rule \"not by strangers\", own.drl:1)");
        assertThat(shop.wheel(SourcePackage.good("greeter", "2.0"))).startsWith("greeter-2.0");
        assertThat(shop.wheel(SourcePackage.good("other", "1.0"))).startsWith("other-1.0");
    }

    @Test
    void rulesDecideAboutAFolderOnceItHasAName() throws Exception {
        shop.rule("rule \"no\" when Build( name == \"own\" ) then deny( \"not ours\" ); end");
        SourcePackage.good("own", "1.0").layInto(shop.project);
        assertThatThrownBy(() -> shop.builds().wheel(new Source.Folder(shop.project)))
                .hasMessage("is not built: not ours (rule \"no\", own.drl:1)");
    }

    /** The commands that build have no option for it: rules alone say it. */
    @Test
    void aLayerThatIsMissingSaysWhatARuleWouldBe() {
        assertThat(
                        BuildSandbox.missing(
                                List.of(
                                        new MissingLayer.Landlock("5.4.0", 38),
                                        new MissingLayer.Seccomp("5.4.0")),
                                BuildSandbox.BY_A_RULE))
                .hasMessageStartingWith(
                        "is not built: the policy wants landlock and seccomp, not to be had here\nlandlock: ")
                .hasMessageEndingWith(
                        "\nto build without: a rule that accepts it by name; blast policy new layer begins one")
                .matches(BuildException::isForbidden, "is forbidden");
    }

    @Test
    void whoWantsNoBuildGetsNone() throws Exception {
        shop.options =
                new BuildOptions(
                        new Formats(Map.of(), new Formats.Format(true, false, "--no-build is set")),
                        Map.of(),
                        _ -> false);
        assertThat(shop.wheel(SourcePackage.good("greeter", "1.0")))
                .isEqualTo("it is not built: --no-build is set");
        assertThat(shop.index.fetched).isZero();
    }

    @Test
    void aBuildThatFailsSaysHow() throws Exception {
        assertThat(
                        shop.wheel(
                                SourcePackage.doing(
                                        "broken",
                                        "print('one')\nraise SystemExit('\\x1b[2Jtwo')\n")))
                .startsWith(
                        "it cannot be built: \\u001b[2Jtwo (build_wheel of own_backend ended with exit status 1; all that it said: "
                                + shop.workspace.directories().state().resolve("builds")
                                + "/broken-1.0.tar.gz.build_wheel.")
                .endsWith(".log)\n  | one\n  | \\u001b[2Jtwo");
    }

    @Test
    void aFolderIsBuiltFromACopy() throws Exception {
        Path project = Files.createDirectories(folder.toRealPath().resolve("own"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"own\"\nversion = \"1\"\ndependencies = [\"words\"]\n[project.optional-dependencies]\nmore = [\"others; os_name == 'posix'\"]\n");
        assertThat(shop.builds().metadata(Source.at(project, false)).requiresDist())
                .hasToString("[words, others; os_name == \"posix\" and extra == \"more\"]");
    }

    /** A member of a workspace may read its version from what lies around it. */
    @Test
    void anEditableIsAskedWhereItLiesWithItsProjectAround() throws Exception {
        Path member = Files.createDirectories(shop.project.resolve("packages/own"));
        SourcePackage.built(
                        "own",
                        "1.0",
                        """
                        def prepare_metadata_for_build_editable(folder, config_settings=None):
                            os.mkdir(os.path.join(folder, INFO))
                            with open(os.path.join(folder, INFO, "METADATA"), "w") as file:
                                file.write(metadata().replace(VERSION, open("../../VERSION").read()))
                            return INFO[:-1]

                        def build_wheel(folder, config_settings=None, metadata_directory=None):
                            assert not os.path.exists("../../VERSION")
                            return wheel(folder)
                        """)
                .layInto(member);
        for (String version : List.of("3.1", "3.2")) {
            Files.writeString(shop.project.resolve("VERSION"), version);
            assertThat(shop.builds().metadata(Source.at(member, true)).version())
                    .hasToString(version);
        }
        assertThat(shop.builds().metadata(Source.at(member, false)).version())
                .as("of a copy")
                .hasToString("1.0");
    }

    /** Its wheel would be the same; that it cannot be installed so is said when it is. */
    @Test
    void whatKnowsNoEditableIsAskedAsACopy() throws Exception {
        SourcePackage.good("own", "1.0").layInto(shop.project);
        assertThat(shop.builds().metadata(Source.at(shop.project, true)).requiresDist())
                .hasToString("[words]");
    }

    @Test
    void withoutAnythingToBuildByItIsSaid() {
        DistributionFile file =
                shop.index.add(new SourcePackage("empty", "1.0").file("README", "hello"));
        assertThatThrownBy(() -> shop.builds().metadata(file))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "cannot be built: it has neither a pyproject.toml nor a setup.py: nothing says how it is built");
    }

    @Test
    void aBackendWithoutTheHookCannotInstallEditable() throws Exception {
        SourcePackage.good("own", "1.0").layInto(shop.project);
        assertThatThrownBy(() -> shop.builds().wheel(new Source.Editable(shop.project)))
                .hasMessage(
                        "cannot be installed editable: its backend, own_backend, has no hook build_editable (PEP 660)");
        assertThat(shop.builds().wheel(new Source.Folder(shop.project)))
                .hasFileName("own-1.0-py3-none-any.whl");
    }

    /** What it takes to build one is built too, and what goes in a circle is named. */
    @Test
    void whatTakesItselfIsNamed() throws Exception {
        shop.index.add(requiring("egg", "hen"));
        shop.index.add(requiring("hen", "egg"));
        assertThat(shop.wheel(requiring("chick", "hen"))).contains("to build it takes itself");
    }

    private static SourcePackage requiring(String name, String other) {
        return SourcePackage.good(name, "1.0")
                .replacing(
                        "pyproject.toml",
                        "[build-system]\nrequires = [\"%s\"]\nbuild-backend = \"own_backend\"\nbackend-path = [\".\"]\n"
                                .formatted(other));
    }

    @Test
    void requirementsThatAreSourcesAreBuilt() throws Exception {
        shop.index.add(
                SourcePackage.built(
                        "tool",
                        "1.0",
                        """
                        def metadata():
                            return "Metadata-Version: 2.1\\nName: tool\\nVersion: 1.0\\n"
                        def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
                            return wheel(wheel_directory)
                        """));
        SourcePackage user =
                SourcePackage.doing("user", "import tool\nassert tool.VERSION == '1.0'")
                        .replacing(
                                "pyproject.toml",
                                "[build-system]\nrequires = [\"tool\"]\nbuild-backend = \"own_backend\"\nbackend-path = [\".\"]\n");
        assertThat(shop.wheel(user)).isEqualTo("user-1.0-py3-none-any.whl");
        shop.rule("rule \"no\" when Artifact( name == \"tool\" ) then deny( \"no tools\" ); end");
        SourcePackage other =
                SourcePackage.good("other", "1.0")
                        .replacing(
                                "pyproject.toml",
                                "[build-system]\nrequires = [\"tool\"]\nbuild-backend = \"own_backend\"\nbackend-path = [\".\"]\n");
        assertThat(shop.wheel(other))
                .startsWith("it cannot be built: what it requires to be built cannot be had: tool")
                .contains("no tools (rule \"no\", own.drl:1)");
    }
}
