package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallPlannerTest {
    private static final String SITE = "lib/python3.11/site-packages/";

    @TempDir Path folder;

    @Test
    void putsEachPartInItsPlace() throws IOException {
        var wheel =
                WheelBuilder.demo()
                        .file("demo-1.0.data/purelib/demo/pure.py", "")
                        .file("demo-1.0.data/platlib/demo/native.so", "")
                        .file("demo-1.0.data/headers/demo.h", "")
                        .file("demo-1.0.data/data/share/man/man1/demo.1", "")
                        .file("demo-1.0.data/data/lib64/demo.txt", "")
                        .file("demo-1.0.data/scripts/demo-script", "#!python\nprint()\n")
                        .program("demo-1.0.data/scripts/demo-native", "\u007fELF");
        InstallPlan plan = plan(wheel, false);
        assertThat(plan.distInfo()).isEqualTo(SITE + "demo-1.0.dist-info");
        assertThat(plan.entries())
                .extracting(InstallEntry::target)
                .containsExactly(
                        "bin/demo",
                        "bin/demo-native",
                        "bin/demo-script",
                        "include/site/python3.11/demo/demo.h",
                        "lib/demo.txt",
                        SITE + "demo-1.0.dist-info/INSTALLER",
                        SITE + "demo-1.0.dist-info/METADATA",
                        SITE + "demo-1.0.dist-info/WHEEL",
                        SITE + "demo-1.0.dist-info/entry_points.txt",
                        SITE + "demo/__init__.py",
                        SITE + "demo/data/text.txt",
                        SITE + "demo/native.so",
                        SITE + "demo/pure.py",
                        "share/man/man1/demo.1",
                        SITE + "demo-1.0.dist-info/RECORD");
        assertThat(plan.entries().stream().filter(e -> e.source() instanceof FileSource.Written))
                .extracting(InstallEntry::target)
                .containsExactly(
                        "bin/demo",
                        "bin/demo-script",
                        SITE + "demo-1.0.dist-info/INSTALLER",
                        SITE + "demo-1.0.dist-info/RECORD");
        assertThat(plan.entries().stream().filter(InstallEntry::executable))
                .extracting(InstallEntry::target)
                .containsExactly("bin/demo", "bin/demo-native", "bin/demo-script");
    }

    @Test
    void writesARecordOfAllThatIsInstalled() throws IOException {
        assertThat(text(plan(WheelBuilder.demo(), true), SITE + "demo-1.0.dist-info/RECORD"))
                .isEqualTo(
                        """
                        ../../../bin/demo,sha256=XS6JPI4gRSumi1LUiYJ9jCUHlsaiyOW1Bv0CaiLgrO0,110
                        demo-1.0.dist-info/INSTALLER,sha256=XVz8TMSvPX9j6_-0gcPQqfcfjucnxxrKTkQFVQYP_F8,6
                        demo-1.0.dist-info/METADATA,sha256=NKonpgZPlYtBt4GiF_KQ_Qq1-WUeK25Kzas0G3uTwwU,46
                        demo-1.0.dist-info/REQUESTED,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0
                        demo-1.0.dist-info/WHEEL,sha256=GOJWfGKy_s7ZRMtmrMyJFvIHxzo0gLZVhGWWyTqB6uo,75
                        demo-1.0.dist-info/entry_points.txt,sha256=cB9_KZ99Q1zeK186yD_neftGZdvOT61tblgHJXTEFUw,35
                        demo/__init__.py,sha256=IpbZ90HZ8G9CUIIULBHhgPsZ0qEJw7pV5qnUCbX5fMM,49
                        demo/data/text.txt,sha256=ueaOG-o-WxnKay-YtzpUtz2q-qJQSEkC4JmC4HoS5zM,5
                        demo-1.0.dist-info/RECORD,,
                        """);
    }

    @Test
    void saysWhoInstalledItAndFromWhere() throws IOException {
        var wheel =
                WheelBuilder.demo()
                        .file("demo-1.0.dist-info/INSTALLER", "somebody else")
                        .file("demo-1.0.dist-info/direct_url.json", "{}");
        InstallPlan plan = plan(wheel, false);
        assertThat(text(plan, SITE + "demo-1.0.dist-info/INSTALLER")).isEqualTo("blast\n");
        assertThat(plan.entries())
                .extracting(InstallEntry::target)
                .doesNotContain(
                        SITE + "demo-1.0.dist-info/REQUESTED",
                        SITE + "demo-1.0.dist-info/direct_url.json");
        StoredWheel stored =
                new Store(folder.resolve("store")).add(folder.resolve("demo-1.0-py3-none-any.whl"));
        InstallPlan direct =
                new InstallPlanner(SampleInterpreter.of("3.11.7"), folder)
                        .plan(stored, true, "{\"url\": \"…\"}");
        assertThat(text(direct, SITE + "demo-1.0.dist-info/direct_url.json"))
                .isEqualTo("{\"url\": \"…\"}");
    }

    @Test
    void writesCommands() throws IOException {
        var wheel =
                new WheelBuilder("demo", "1.0")
                        .entryPoints(
                                """
                                # what people call it by
                                [console_scripts]
                                demo = demo.cli:App.run [extra]
                                [gui_scripts]
                                demo-gui=demo:main
                                [demo.plugins]
                                not-a-command = demo:plugin
                                """);
        InstallPlan plan = plan(wheel, false);
        assertThat(text(plan, "bin/demo"))
                .isEqualTo(
                        """
                        #!/srv/shop/.venv/bin/python
                        import sys
                        from demo.cli import App
                        if __name__ == "__main__":
                            sys.exit(App.run())
                        """);
        assertThat(text(plan, "bin/demo-gui")).contains("from demo import main\n");
        assertThat(plan.entries())
                .extracting(InstallEntry::target)
                .doesNotContain("bin/not-a-command");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/srv/shop/.venv | #!/srv/shop/.venv/bin/python\\n",
                "/srv/my shop    | #!/bin/sh\\n'''exec' \"/srv/my shop/bin/python\" \"$0\" \"$@\"\\n' '''\\n",
                "/srv/my $hop\"  | #!/bin/sh\\n'''exec' \"/srv/my \\$hop\\\"/bin/python\" \"$0\" \"$@\"\\n' '''\\n",
            })
    void namesTheInterpreter(String root, String line) {
        String expected = line.replace("\\n", "\n");
        assertThat(Shebang.of(Path.of(root, "bin/python"))).isEqualTo(expected);
    }

    @Test
    void namesALongInterpreterThroughTheShell() {
        Path python = Path.of("/", "x".repeat(112), "bin/python");
        assertThat(Shebang.of(python)).hasSize(2 + 124 + 1).startsWith("#!/x");
        assertThat(Shebang.of(Path.of("/y" + python))).startsWith("#!/bin/sh\n");
    }

    @Test
    void findsWhatRunsAtInterpreterStart() throws IOException {
        var wheel =
                new WheelBuilder("demo", "1.0")
                        .file("paths.pth", "# import nothing\n../elsewhere\n")
                        .file("code.pth", "import os; os.system('x')\n")
                        .file("code.start", "demo:main\n")
                        .file("sitecustomize.py", "")
                        .file("usercustomize/__init__.py", "")
                        .file("sitecustomize.cpython-311-x86_64-linux-gnu.so", "")
                        .file("demo/inner.pth", "import os\n")
                        .file("demo-1.0.data/data/" + SITE + "through-data.pth", "import\tos\n")
                        .file("demo-1.0.data/purelib/through-purelib.pth", "\n");
        assertThat(hooks(plan(wheel, false)))
                .containsExactly(
                        "code.pth PTH executes",
                        "code.start START executes",
                        "paths.pth PTH executes",
                        "sitecustomize.cpython-311-x86_64-linux-gnu.so SITECUSTOMIZE executes",
                        "sitecustomize.py SITECUSTOMIZE executes",
                        "through-data.pth PTH executes",
                        "through-purelib.pth PTH",
                        "usercustomize/__init__.py USERCUSTOMIZE executes");
    }

    private List<String> hooks(InstallPlan plan) throws IOException {
        return new StartupHooks(
                        List.of(plan),
                        SampleInterpreter.of("3.11.7"),
                        folder.resolve("absent"),
                        Map.of())
                .of(plan).stream()
                        .map(hook ->
                                "%s %s%s%s"
                                        .formatted(
                                                hook.file(),
                                                hook.kind(),
                                                hook.executes() ? " executes" : "",
                                                hook.known() ? " known" : ""))
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo-1.0.data/scripts/python",
                "demo-1.0.data/scripts/python3.11",
                "demo-1.0.data/scripts/PYTHONW.exe",
                "demo-1.0.data/scripts/activate",
                "demo-1.0.data/scripts/Activate.ps1",
                "demo-1.0.data/data/bin/python3",
                "demo-1.0.data/data/pyvenv.cfg",
                "demo-1.0.data/data/.blast/state.db",
            })
    void refusesToReplaceAPartOfTheEnvironment(String path) {
        assertRefused(new WheelBuilder("demo", "1.0").file(path, "x"), Refusal.RESERVED_PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python = demo:main", "python3.11 = demo:main", "activate = demo:main"})
    void refusesCommandsThatWouldReplaceIt(String entryPoint) {
        assertRefused(
                new WheelBuilder("demo", "1.0").entryPoints("[console_scripts]\n" + entryPoint),
                Refusal.RESERVED_PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil = demo:main",
                ".. = demo:main",
                "a/b = demo:main",
                "demo = demo",
                "demo = demo:main; import os",
                "demo = demo:1x",
                "demo = demo..x:main",
                "demo",
            })
    void refusesEntryPointsThatAreNone(String entryPoint) {
        assertRefused(
                new WheelBuilder("demo", "1.0").entryPoints("[console_scripts]\n" + entryPoint),
                Refusal.ENTRY_POINT);
    }

    @Test
    void refusesOneTargetTwice() {
        assertRefused(
                WheelBuilder.demo().file("demo-1.0.data/purelib/demo/__init__.py", "x"),
                Refusal.DUPLICATE);
    }

    @Test
    void scriptsThatOnlyBeginLikeAnInterpreterAreFine() throws IOException {
        var wheel =
                new WheelBuilder("demo", "1.0")
                        .file("demo-1.0.data/scripts/python-argcomplete-check", "#!python\n")
                        .file("demo-1.0.data/scripts/activate-global-argcomplete", "#!/bin/sh\n");
        assertThat(plan(wheel, false).entries())
                .extracting(InstallEntry::target)
                .contains("bin/python-argcomplete-check", "bin/activate-global-argcomplete");
    }

    private void assertRefused(WheelBuilder wheel, Refusal refusal) {
        assertThatThrownBy(() -> plan(wheel, false))
                .isInstanceOfSatisfying(
                        RefusedWheelException.class,
                        e -> assertThat(e.refusal()).as(e.getMessage()).isEqualTo(refusal));
    }

    private InstallPlan plan(WheelBuilder wheel, boolean requested) throws IOException {
        StoredWheel stored = new Store(folder.resolve("store")).add(wheel.write(folder));
        return new InstallPlanner(SampleInterpreter.of("3.11.7"), Path.of("/srv/shop/.venv"))
                .plan(stored, requested, null);
    }

    private static String text(InstallPlan plan, String target) {
        return plan.entries().stream()
                .filter(e -> e.target().equals(target))
                .map(e ->
                        new String(
                                ((FileSource.Written) e.source()).content(),
                                StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
