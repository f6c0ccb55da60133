package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Versions without a wheel, from the project to what is installed: built in a real sandbox. Needs
 * user namespaces, or root.
 */
final class BuiltPackagesTest extends ShopFixture {
    BuiltPackagesTest() {
        super(TestWheel.of("words", "1.0"), TestWheel.of("late", "1.0"));
    }

    private String lock() throws IOException {
        return Files.readString(project.resolve("pylock.toml"));
    }

    private Path installed(String file) throws IOException {
        try (var all = Files.walk(project.resolve(".venv"))) {
            return all.filter(path -> path.endsWith(file)).findFirst().orElseThrow();
        }
    }

    @Test
    void aSourceIsBuiltInstalledLockedAndKept() throws IOException {
        offer(TestSource.of("only", "1.0").needing("words"), TestSource.of("late", "2.0"));
        ask("only", "late");
        Cli.Said said = done("sync");
        assertThat(said.out()).contains("+ late 2.0", "+ only 1.0", "+ words 1.0");
        assertThat(installed("only.py")).hasContent("VERSION = '1.0'");
        assertThat(lock()).contains("[packages.sdist]", "only-1.0.zip", "late-2.0.zip");
        assertThat(done("sync").out()).contains("nothing to do");
        assertThat(done("check").out()).contains("ok    requirements", "ok    lock");
        done("clean");
        assertThat(done("sync", "--frozen").out()).contains("+ only 1.0");
    }

    @Test
    void whoForbidsBuildsGetsWheelsAndIsToldWhatIsNewer() throws IOException {
        offer(TestSource.of("late", "2.0"));
        ask("late");
        Cli.Said said = done("sync", "--no-build");
        assertThat(said.out()).contains("+ late 1.0");
        assertThat(said.out() + said.err())
                .contains(
                        "passed over: late 2.0, which has no wheel, only a source distribution, and --no-build lets nothing be built");
        assertThat(done("sync", "--upgrade", "late").out()).contains("^ late 1.0 → 2.0");
    }

    @Test
    void whoForbidsBuildsIsToldHowToLeaveTheProjectOut() throws IOException {
        String asked =
                """
                [project]
                name = "shop"
                version = "1"
                dependencies = ["words"]
                [build-system]
                requires = []
                """;
        Files.writeString(project.resolve("pyproject.toml"), asked);
        Cli.Said said = blast("sync", "--no-build");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains("is not built: --no-build", "--no-project leaves the project itself out");
        assertThat(done("sync", "--no-build", "--no-project").out()).contains("+ words 1.0");
        Files.writeString(
                project.resolve("pyproject.toml"),
                asked.replace("dependencies = [\"words\"]", "dynamic = [\"dependencies\"]"));
        assertThat(blast("sync", "--no-build").err())
                .contains("only its build backend says what the project needs");
    }

    @Test
    void whatHasAWheelIsBuiltWhereAPersonSaysSo() throws IOException {
        offer(TestSource.of("late", "1.0"));
        ask("late");
        done("sync", "--no-binary", "late");
        assertThat(installed("late.py")).hasContent("VERSION = '1.0'");
        assertThat(lock()).contains("late-1.0.zip");
    }

    @Test
    void aBuildThatFailsIsOneVersionLess() throws IOException {
        offer(
                TestSource.of("late", "2.0").doing("raise Exception('no \\x1b[31mluck')"),
                TestSource.of("lone", "1.0").doing("raise Exception('never')"));
        ask("late");
        Cli.Said said = done("sync");
        assertThat(said.out()).contains("+ late 1.0");
        assertThat(said.out() + said.err())
                .contains("passed over: late 2.0, which cannot be built")
                .doesNotContain("\u001b");
        ask("lone");
        Cli.Said none = blast("sync");
        assertThat(none.exit()).isEqualTo(3);
        assertThat(none.out() + none.err()).contains("lone", "cannot be built", "build_wheel");
    }

    @Test
    void whatABuildWouldBeIsExplained() throws IOException {
        rules(
                home.resolve(".config/blast/policies"),
                """
                rule "no builds of only"
                    @reason("its backend is not ours")
                when
                    Build( name == "only", backend == "own_backend" )
                then
                    deny();
                end
                """);
        offer(
                TestSource.of("only", "1.0"),
                TestSource.of("other", "1.0"),
                TestSource.of("late", "1.0"),
                TestSource.of("late", "2.0").doing("raise Exception('no \\x1b[31mluck')"));
        ask("late");
        Cli.Said denied = blast("check", "--explain", "build", "only==1.0");
        assertThat(denied.exit()).isEqualTo(1);
        assertThat(denied.out())
                .contains("DENIED", "no builds of only", "own.drl:1", "its backend is not ours")
                .contains("only-1.0.zip", "built by own_backend");
        Cli.Said wheel = blast("check", "--explain", "build", "late==1.0");
        assertThat(wheel.exit()).isZero();
        assertThat(wheel.out()).contains("ALLOWED", "there is a wheel for here");
        done("sync");
        Cli.Said failed = blast("check", "--explain", "build", "late==2.0");
        assertThat(failed.out())
                .contains("a build of it failed on", "UTC: Exception: no luck (all")
                .doesNotContain("\u001b");
        Cli.Said no = blast("check", "--explain", "build", "late==2.0", "--no-build", "--json");
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.out())
                .contains(
                        "it is not built, whatever rules say: --no-build",
                        "\"leftOutBy\" : \"--no-build\"",
                        "\"cause\" : \"Exception: no luck\"");
        assertThat(blast("check", "--explain", "build", "words").err())
                .contains("there is no source of words 1.0, only wheels");
        ask("other");
        done("sync");
        assertThat(blast("check", "--explain", "build", "other").out())
                .contains("its wheel is kept");
    }

    @Test
    void whatNoProgramSeesOfAnEditableIsSaid() throws IOException {
        Path lib = home.resolve("lib");
        TestSource.of("lib", "1.0").layInto(lib);
        Files.writeString(
                project.resolve("pyproject.toml"),
                """
                [project]
                name = "shop"
                version = "1"
                dependencies = ["lib"]
                [tool.uv.sources]
                lib = { path = "../lib", editable = true }
                """);
        String sentence =
                "lib is read from %s, which programs that blast run starts cannot see; a rule lets them: readable( \"~/lib\" );"
                        .formatted(lib.toRealPath());
        assertThat(done("sync").err()).contains(sentence);
        assertThat(blast("run", "python", "-c", "raise SystemExit(3)").err()).contains(sentence);
        assertThat(blast("run", "python", "-c", "pass").err()).doesNotContain("lib");
        rules(
                home.resolve(".config/blast/policies"),
                "rule \"lib\" when Session( ) then readable( \"~/lib\" ); end");
        assertThat(done("sync").err()).doesNotContain("is read from");
    }

    @Test
    void aFolderOfAGroupIsInstalledWithItAlone() throws IOException {
        TestSource.of("lib", "1.0").layInto(project.resolve("lib"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                """
                [project]
                name = "shop"
                version = "1"
                dependencies = ["words"]
                [dependency-groups]
                tools = ["lib"]
                [tool.uv.sources]
                lib = { path = "lib", editable = true }
                """);
        assertThat(done("sync", "--group", "tools").out()).contains("+ lib 1.0", "+ words 1.0");
        assertThat(lock()).contains("'tools' in dependency_groups".replace("'", "\\\""));
        assertThat(done("sync").out()).contains("- lib 1.0");
        assertThat(lock()).contains("path = \"lib\"");
        assertThat(done("sync", "--frozen", "--group", "tools").out()).contains("+ lib 1.0");
    }

    private void member(String name, String needs) throws IOException {
        Path folder = project.resolve("members").resolve(name);
        TestSource.of(name, "1.0").needing(needs).layInto(folder);
        Path file = folder.resolve("pyproject.toml");
        Files.writeString(
                file,
                "[project]\nname = '%s'\nversion = '1.0'\ndependencies = ['%s']\n%s"
                        .formatted(name, needs, Files.readString(file)));
    }

    /** The index has another package under the name that a member asks for in a later version. */
    @Test
    void aRootWithoutAProjectStandsForItsMembers() throws IOException {
        offer(TestSource.of("lib", "2.0"));
        member("api", "lib>=2");
        member("lib", "words");
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[tool.uv.workspace]\nmembers = ['members/*']\n[dependency-groups]\ndev = ['late']\n");
        Cli.Said said = done("sync");
        assertThat(said.out()).contains("+ api 1.0", "+ lib 1.0", "+ words 1.0", "+ late 1.0");
        assertThat(said.out())
                .contains("! lib 1.0   api 1.0 needs lib >=2")
                .doesNotContain("file:");
        assertThat(said.err())
                .contains(
                        "members/api/pyproject.toml:4: 'lib>=2' is met by the member of the workspace, which is 1.0");
        assertThat(lock()).contains("path = \"members/lib\"").doesNotContain("lib-2.0");
        assertThat(done("check").out()).contains("ok    requirements", "ok    lock");
        assertThat(done("why", "words").out()).contains("pyproject.toml:2", "lib 1.0 needs words");
        assertThat(done("sync", "--frozen", "--no-dev").out()).contains("- late 1.0");
        member("more", "late");
        assertThat(done("sync", "--no-dev").out()).contains("+ more 1.0", "+ late 1.0");
        assertThat(done("sync", "--no-dev").out()).contains("nothing to do");
    }

    @Test
    void anAddressThatIsNoneIsRefusedByASentence() throws IOException {
        ask("words @ ../words");
        Cli.Said said = blast("sync");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains("'../words' is no URL", "path = \"…\" in [tool.uv.sources]");
    }

    @Test
    void rulesDecideWhatIsBuilt() throws IOException {
        rules(
                home.resolve(".config/blast/policies"),
                """
                rule "no builds of late"
                    @reason("its backend is not ours")
                when
                    Build( name == "late" )
                then
                    deny();
                end
                """);
        offer(TestSource.of("late", "2.0"));
        ask("late");
        Cli.Said said = done("sync");
        assertThat(said.out()).contains("+ late 1.0");
        assertThat(said.out() + said.err())
                .contains("passed over: late 2.0")
                .contains("its backend is not ours");
    }
}
