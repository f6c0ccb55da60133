package dev.blast.environment.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that would do harm: each runs, in the sandbox, and is harmless there. */
final class HostileBuildsTest {
    @TempDir Path folder;
    private BuildShop shop;

    @BeforeEach
    void aShop() throws Exception {
        shop = new BuildShop(folder);
        Files.writeString(shop.project.resolve("secret.txt"), "of the project");
        Files.writeString(shop.home.resolve("key"), "of the home");
    }

    /** Python that tries something and says what came of it. */
    private String tried(String lines) throws Exception {
        return shop.wheel(
                SourcePackage.doing(
                        "evil",
                        "import os, socket, subprocess, sys\ntry:\n"
                                + lines.indent(4)
                                + "    raise SystemExit('it could')\nexcept OSError as e:\n    raise SystemExit('not: ' + type(e).__name__)\n"));
    }

    @Test
    void itSeesNeitherTheProjectNorTheHomeNorWhatBlastKnows() throws Exception {
        for (Path place :
                List.of(
                        shop.project.resolve("secret.txt"),
                        shop.home.resolve("key"),
                        shop.workspace.directories().data(),
                        shop.workspace.directories().cache().resolve("builds/wheels"),
                        shop.workspace.directories().state().resolve("builds"))) {
            assertThat(tried("os.stat('%s')\nprint(os.listdir('%s'))".formatted(place, place)))
                    .as("%s", place)
                    .contains("| not: FileNotFoundError");
        }
    }

    @Test
    void itIsToldNothing() throws Exception {
        assertThat(
                        shop.wheel(
                                SourcePackage.doing(
                                        "evil",
                                        "import os\nraise SystemExit(str(sorted(os.environ)))")))
                .contains("| ['HOME', 'LANG', 'PATH', 'PYTHONNOUSERSITE', 'TMPDIR']");
    }

    @Test
    void itWritesNowhereElse() throws Exception {
        assertThat(tried("open('%s/planted', 'w')".formatted(shop.project))).contains("| not: ");
        assertThat(tried("open('/usr/planted', 'w')")).contains("| not: ");
        assertThat(tried("open(sys.prefix + '/lib/planted', 'w')")).contains("| not: ");
        assertThat(tried("open(os.path.realpath(sys.executable) + 'x', 'w')")).contains("| not: ");
        assertThat(names(shop.project)).containsExactly("secret.txt");
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itHasNoNetwork() throws Exception {
        assertThat(tried("socket.create_connection(('1.1.1.1', 443), 3)"))
                .contains("| not: OSError");
        assertThat(tried("socket.getaddrinfo('pypi.org', 443)")).contains("| not: gaierror");
    }

    @Test
    void whatItFetchesIsSaidToBeMissing() throws Exception {
        assertThat(
                        shop.wheel(
                                SourcePackage.doing(
                                        "fetcher",
                                        "import urllib.request\nurllib.request.urlopen('https://pypi.org')")))
                .contains("\na build has no network: ");
    }

    @Test
    void forkingForEverEnds() throws Exception {
        shop.rule(
                "rule \"few\" when Session( purpose == BUILD ) then limitProcesses( 40 ); limitTime( \"20 s\" ); end");
        assertThat(
                        shop.wheel(
                                SourcePackage.doing(
                                        "evil",
                                        "import os, time\nwhile True:\n    if os.fork() == 0:\n        time.sleep(60)\n")))
                .contains("it cannot be built: build_wheel of own_backend ");
    }

    @Test
    void sleepingForEverEnds() throws Exception {
        shop.rule("rule \"soon\" when Session( purpose == BUILD ) then limitTime( \"2 s\" ); end");
        assertThat(shop.wheel(SourcePackage.doing("evil", "import time\ntime.sleep(600)")))
                .startsWith(
                        "it cannot be built: build_wheel of own_backend ran into its limit of time (rule \"soon\", own.drl:1)");
    }

    @Test
    void fillingTheDiskEnds() throws Exception {
        shop.rule(
                "rule \"little\" when Session( purpose == BUILD ) then limitDisk( \"20 MB\" ); limitTime( \"60 s\" ); end");
        assertThat(
                        shop.wheel(
                                SourcePackage.doing(
                                        "evil",
                                        "import time\nfor i in range(1000):\n    with open(f'{wheel_directory}/{i}', 'wb') as f: f.write(b'x' * 1000000)\n    time.sleep(.05)\n")))
                .startsWith(
                        "it cannot be built: build_wheel of own_backend ran into its limit of disk (rule \"little\", own.drl:1)");
    }

    /** A compiler that warns at length is no attack: of its output the end is kept. */
    @Test
    void sayingMuchIsNoFailure() throws Exception {
        String said =
                build(
                        """
                        import time
                        for i in range(150):
                            print(('w' * 1023 + '\\n') * 1024, flush=True)
                            if i % 50 == 0: time.sleep(.6)
                        raise SystemExit('the end of it')
                        """);
        assertThat(said).contains("the end of it");
        try (var logs = Files.walk(shop.workspace.directories().state().resolve("builds"))) {
            assertThat(logs.filter(it -> it.toString().endsWith(".log")))
                    .singleElement()
                    .satisfies(it -> assertThat(Files.size(it)).isBetween(1L << 20, 110L << 20));
        }
    }

    @Test
    void aWheelOfAnotherNameIsNone() throws Exception {
        assertThat(build("return wheel(wheel_directory, 'other-1.0-py3-none-any.whl')"))
                .isEqualTo("it cannot be built: its backend built other 1.0, and not evil 1.0");
        assertThat(build("return wheel(wheel_directory, 'evil-2.0-py3-none-any.whl')"))
                .isEqualTo("it cannot be built: its backend built evil 2.0, and not evil 1.0");
        assertThat(build("return '../' + wheel(wheel_directory)"))
                .contains("it returned '../evil-1.0-py3-none-any.whl', which is no name of a file");
        assertThat(build("wheel(wheel_directory); return 'evil-1.0-cp27-none-win32.whl'"))
                .contains("which is for another Python or platform");
        assertThat(build("return 1")).contains("exit status 1");
        assertThat(build("os._exit(0)")).contains("it ended well and returned nothing");
    }

    private String build(String line) throws Exception {
        return shop.wheel(
                SourcePackage.built(
                        "evil",
                        "1.0",
                        "def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):\n"
                                + line.indent(4)));
    }

    @Test
    void aLinkInThePlaceOfAWheelIsNotFollowed() throws Exception {
        assertThat(
                        build(
                                "name = wheel(wheel_directory)\nplace = os.path.join(wheel_directory, name)\nos.rename(place, place + 'x')\nos.symlink('%s', place)\nreturn name"
                                        .formatted(shop.home.resolve("key"))))
                .contains("what it made is a link or a device, no ordinary file");
    }

    @Test
    void theFolderOfOutputCannotBeReplaced() throws Exception {
        assertThat(
                        build(
                                "os.rename(wheel_directory, wheel_directory + 'x')\nreturn 'evil-1.0-py3-none-any.whl'"))
                .contains("exit status 1");
    }

    @Test
    void nothingStaysBehind() throws Exception {
        String marker = "blast-left-behind-" + System.nanoTime();
        assertThat(
                        build(
                                "import subprocess\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)', '%s'], start_new_session=True)\nreturn wheel(wheel_directory)"
                                        .formatted(marker)))
                .isEqualTo("evil-1.0-py3-none-any.whl");
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            assertThat(processes.filter(it -> it.info().commandLine().orElse("").contains(marker)))
                    .isEmpty();
        }
    }

    @Test
    void aBackendFromElsewhereIsNone() throws Exception {
        assertThat(shop.wheel(backendIn("..")))
                .isEqualTo(
                        "it cannot be built: its backend-path names '..', which is no folder in it");
        assertThat(shop.wheel(backendIn("/tmp"))).contains("its backend-path names '/tmp'");
    }

    private static SourcePackage backendIn(String path) {
        return new SourcePackage("evil", "1.0")
                .file(
                        "pyproject.toml",
                        "[build-system]\nrequires = []\nbuild-backend = \"own\"\nbackend-path = [\"%s\"]\n"
                                .formatted(path));
    }

    @Test
    void anArchiveOfAnotherNameIsNone() throws Exception {
        SourcePackage source =
                new SourcePackage("evil", "1.0").raw("good-1.0/setup.py", "raise SystemExit(1)");
        assertThat(shop.wheel(source))
                .isEqualTo("it cannot be built: it holds the folder 'good-1.0', and not evil-1.0");
    }

    /** It works in the folder itself; what is run outside from there is not its to change. */
    @Test
    void anEditableBuildChangesNothingThatRunsOutside() throws Exception {
        Path own = shop.project;
        Files.createDirectories(own.resolve(".git/hooks"));
        Files.writeString(own.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.createDirectories(own.resolve(".venv/bin"));
        Files.writeString(own.resolve(".venv/pyvenv.cfg"), "home = /usr/bin\n");
        SourcePackage.built(
                        "own",
                        "1.0",
                        """
                        def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
                            open("written", "w").close()
                            for place in ("%1$s/.git/hooks/pre-commit", ".git/config", ".venv/bin/python", "%1$s/.venv/lib"):
                                try:
                                    open(place, "w")
                                except OSError:
                                    continue
                                raise SystemExit("wrote " + place)
                            return wheel(wheel_directory)
                        """
                                .formatted(own))
                .layInto(own);
        assertThat(shop.builds().wheel(new Source.Editable(own)))
                .hasFileName("own-1.0-py3-none-any.whl");
        assertThat(own.resolve("written")).exists();
        assertThat(own.resolve(".git/hooks/pre-commit")).doesNotExist();
    }

    /** Backends take the version from the repository that they find, by the names of folders. */
    @Test
    void anEditableBuildSeesNoRepositoryThatIsNone() throws Exception {
        Path own = editable("assert not any(map(os.path.isdir, ('.hg', '.jj')))");
        assertThat(shop.builds().wheel(new Source.Editable(own)))
                .hasFileName("own-1.0-py3-none-any.whl");
        assertThat(own.resolve(".hg")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        ".hg/hgrc, .hg, Mercurial",
        "src/.jj/repo, src/.jj, Jujutsu",
        "src/.git/config, src/.git, git"
    })
    void whatAnEditableBuildMakesThatRunsOutsideIsNamed(String made, String named, String program)
            throws Exception {
        Path own =
                editable(
                        "os.makedirs(os.path.dirname('%1$s')); open('%1$s', 'w').close()"
                                .formatted(made));
        assertThatThrownBy(() -> shop.builds().wheel(new Source.Editable(own)))
                .hasMessageContaining(
                        "made a repository: %s was made meanwhile: %s".formatted(named, program));
    }

    private Path editable(String body) throws IOException {
        Path own = shop.project;
        SourcePackage.built(
                        "own",
                        "1.0",
                        """
                        import os
                        def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
                            %s
                            return wheel(wheel_directory)
                        """
                                .formatted(body))
                .layInto(own);
        return own;
    }
}
