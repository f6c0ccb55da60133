package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.solver.RootRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsFileTest {
    private static final String ZEROS = "0".repeat(64);

    @TempDir Path given;
    private Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        folder = given.toRealPath();
        bench = new SyncBench(folder);
        bench.index().module("httpx", "0.28.1", "anyio>=4").module("anyio", "4.9.0");
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private RequirementsFile read(String text) throws Exception {
        Path file = folder.resolve("requirements.txt");
        Files.writeString(file, text);
        return RequirementsFile.read(
                file,
                folder,
                Map.of("LATEST", "2.0", "FOLDER", "sub dir", "TOKEN", "secret"),
                ProjectTexts.AS_THEY_ARE);
    }

    /** {@code /n} is a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-r sub\\ dir/x.txt | inner",
                "-r \"sub dir/x.txt\" | inner",
                "-r'sub dir/x.txt' | inner",
                "--requirement='sub dir'/x.txt | inner",
                "--requirement \"sub dir\"/x.txt | inner",
                "-r \"${FOLDER}\"/x.txt | inner",
                "a==${LATEST} | a==2.0",
                "a==1.${NOBODY_SET_THIS} | ",
                "./lib[t] ; python_version > '3' | [t] file://FOLDER/lib; python_version > \"3\"",
                "-e ./lib | -e file://FOLDER/lib",
                "-e lib[t] | -e [t] file://FOLDER/lib",
                "-e 'lib' | -e file://FOLDER/lib",
                "file:lib | file://FOLDER/lib",
                "b @ ./lib | b @ file://FOLDER/lib",
                "b[t] @ lib ; python_version > '3'"
                        + " | b[t] @ file://FOLDER/lib ; python_version > \"3\"",
                "b @ ./lib; python_version > '3' | b @ file://FOLDER/lib ; python_version > \"3\"",
                "-r sub\\ dir/deep.txt | file://FOLDER/lib file://FOLDER/sub%20dir/own",
                "git+https://x.example/a.git@v1 | git+https://x.example/a.git@v1",
                "git+https://x.example/a.git@v1#subdirectory=s&egg=a[t]"
                        + " | a[t] @ git+https://x.example/a.git@v1#subdirectory=s",
                "-e git+ssh://git@x.example/a.git#egg=a | a @ git+ssh://git@x.example/a.git",
                "a @ git+https://x.example/a.git ; python_version > '3'"
                        + " | a @ git+https://x.example/a.git ; python_version > \"3\"",
                "https://x.example/a-1.tar.gz | a @ https://x.example/a-1.tar.gz",
                "https://x.example/a/archive/v-1.zip#subdirectory=s"
                        + " | https://x.example/a/archive/v-1.zip#subdirectory=s",
                "a --config-settings k=v --hash=sha256:00 | a",
                "--config-settings k=v/na | a",
                "./dist/a-1.0-py3-none-any.whl | a @ file://FOLDER/dist/a-1.0-py3-none-any.whl",
                "a-1.0-py3-none-any.whl | a @ file://FOLDER/a-1.0-py3-none-any.whl",
                "https://x.example/a-1.0-py3-none-any.whl#sha256=00"
                        + " | a @ https://x.example/a-1.0-py3-none-any.whl#sha256=00",
                "a ; python_version > '3' # why | a; python_version > \"3\"",
                "a \\/n  >=1 \\/n  # end | a>=1",
                "a>=1 \\ | a>=1",
                "# why \\/na>=1 | a>=1",
                "a[b] >= 1 | a[b]>=1",
                "--pre/n--prefer-binary/n--only-binary :all:/na | a",
            })
    void isReadAsPeopleWriteIt(String text, String asked) throws Exception {
        Files.createDirectories(folder.resolve("sub dir"));
        Files.writeString(folder.resolve("sub dir/x.txt"), "inner\n");
        Files.writeString(folder.resolve("sub dir/deep.txt"), "./lib\n./own\n");
        for (String wheel :
                new String[] {"a-1.0-py3-none-any.whl", "dist/a-1.0-py3-none-any.whl"}) {
            Files.createDirectories(folder.resolve(wheel).getParent());
            Files.write(folder.resolve(wheel), new byte[0]);
        }
        for (String project : new String[] {"lib", "sub dir/own"}) {
            Files.createDirectories(folder.resolve(project));
            Files.writeString(folder.resolve(project).resolve("setup.py"), "");
        }
        String lines = text.replace("/n", "\n");
        if (asked == null) {
            assertThatThrownBy(() -> read(lines)).hasMessageContaining("not a requirement");
            return;
        }
        RequirementsFile read = read(lines);
        String all =
                Stream.concat(
                                read.requirements().stream().map(RequirementsFileTest::shown),
                                read.options().unnamed().stream().map(RequirementsFileTest::shown))
                        .collect(Collectors.joining(" "));
        assertThat(all).isEqualTo(asked.replace("FOLDER", folder.toString()));
    }

    private static String shown(RootRequirement root) {
        return (root.editable() ? "-e " : "") + root.requirement();
    }

    private static String shown(UnnamedRequirement it) {
        return (it.editable() ? "-e " : "")
                + (it.extras().isEmpty() ? "" : it.extras() + " ")
                + it.url()
                + (it.marker() == null ? "" : "; " + it.marker());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-e ../gone | there is no such file or folder in",
                "../gone | there is no such file or folder in",
                "-e ./empty | is no project: it has no pyproject.toml and no setup.py",
                "-e https://x.example/a-1.tar.gz | only a folder or a repository is installed editable",
                "https://x.example/a | it ends as no wheel and no archive of sources does",
                "https://x.example/a.git | a repository is named git+https://",
                "git+http://x.example/a.git | nothing protects what comes by git+http:",
                "git+git://x.example/a.git | nothing protects what comes by git+git:",
                "git@x.example:a/b.git | a repository is named git+ssh://git@HOST/PATH",
                "hg+https://x.example/a | only those of git are understood",
                "ftp://x.example/a-1.tar.gz | only https:, file: and git+ addresses",
                "git+https://x.example/a@--upload-pack=x | no branch, tag or commit is called '--upload-pack=x'",
                "git+ssh://-oProxyCommand=x/a | no host is called that",
                "git+https://x.example/a#subdirectory=../b | it leads out of its source",
                "https://x.example/main.zip --hash=sha256:00 | which package has this hash is not said",
                "--config-settings k | is written KEY=VALUE",
                "-r https://x.example/r.txt | 'https://x.example/r.txt' is not on this machine",
                "-r gone.txt | there is no file",
                "--no-binary :some: | not a requirement",
                "--frobnicate | the option '--frobnicate' is not understood here",
                "a --hash=md5:00 | is no hash; it is written --hash=ALGORITHM:HEX",
                "a --hash=sha256:xyz | is no hash",
                "-i https://${TOKEN}@x.example/simple | ${TOKEN} would be sent to where this file says",
                "${TOKEN} | ${TOKEN} would be sent to where this file says",
                "a @ https://x.example/${TOKEN}/a-1-py3-none-any.whl | ${TOKEN} would be sent",
                "-e .[-] | not a requirement",
            })
    void whatCannotBeDoneIsSaidWithItsPlace(String line, String said) {
        assertThatThrownBy(
                        () -> {
                            Files.createDirectories(folder.resolve("empty"));
                            read("\n" + line + "\n");
                        })
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("requirements.txt:2:1: ")
                .hasMessageContaining(said);
    }

    @Test
    void saysWhereToLookAndHowToChoose() throws Exception {
        Files.createDirectories(folder.resolve("wheels"));
        RequirementsFile file =
                read(
                        """
                        -i https://a.example/simple
                        --extra-index-url=https://b.example/simple --extra-index-url https://c.example/simple
                        -f wheels
                        --find-links https://d.example/
                        --pre
                        --trusted-host a.example
                        """);
        RequirementOptions options = file.options();
        assertThat(options.indexUrl()).contains("https://a.example/simple");
        assertThat(options.extraIndexUrls())
                .containsExactly("https://b.example/simple", "https://c.example/simple");
        assertThat(options.findLinks())
                .containsExactly(folder.resolve("wheels").toString(), "https://d.example/");
        assertThat(options.prereleases()).isTrue();
        assertThat(options.hashes()).isEmpty();
        assertThat(file.unread())
                .extracting(Unread::toString)
                .singleElement()
                .asString()
                .startsWith("requirements.txt:6: --trusted-host is passed over: ");
        assertThat(read("a==${LATEST}").options().usesVariables()).isTrue();
    }

    @Test
    void theProjectItselfIsAskedForByItsFolder() throws Exception {
        Files.writeString(
                folder.resolve("pyproject.toml"),
                "[project]\nname = 'x'\nversion = '1'\n[project.optional-dependencies]\ntest = ['a']\n");
        for (String line :
                new String[] {"-e .[test]", ".[test]", "--editable=./[test]", "-e file:.[test]"}) {
            Files.writeString(folder.resolve("requirements.txt"), line + "\n");
            Project project = Project.at(folder);
            Itself itself = project.itself().orElseThrow();
            assertThat(itself.origin()).as(line).isEqualTo("requirements.txt:1");
            assertThat(itself.editable()).as(line).isEqualTo(line.contains("-e"));
        }
        assertThat(read("-e .\n").selves())
                .containsExactly(
                        new RequirementsFile.Self("requirements.txt:1", Set.<ExtraName>of(), true));
    }

    @Test
    void hashesHoldForAllOrForNothing() throws Exception {
        String httpx = hash("httpx", "0.28.1");
        String anyio = hash("anyio", "4.9.0");
        ask("httpx==0.28.1 --hash=sha256:" + httpx + "\n");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageStartingWith(
                        "requirements.txt:1 asks for hashes, and gives none for anyio 4.9.0");
        ask(
                "httpx==0.28.1 \\\n    --hash=sha256:%s \\\n    --hash=sha256:%s\nanyio --hash=sha256:%s\n"
                        .formatted(ZEROS, httpx, anyio));
        bench.done(SyncOptions.of("blast sync"));
        ask("httpx --hash=sha256:" + httpx + "\nanyio --hash=sha256:" + ZEROS + "\n");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageContaining("gives hashes for anyio, and no file of it at ")
                .hasMessageContaining("has one of them");
        assertThatThrownBy(() -> bench.run(bench.frozen()))
                .hasMessageContaining("the hashes that are given for anyio are not those of");
    }

    /** Of a kind that the index does not give: measured when it has been fetched. */
    @Test
    void otherKindsOfHashesAreMeasured() throws Exception {
        ask("anyio==4.9.0 --hash=sha512:" + ZEROS + ZEROS + "\n");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageContaining("has none of the hashes that are given for it");
        assertThat(bench.environment().root()).doesNotExist();
    }

    private void ask(String text) throws Exception {
        Files.writeString(bench.project().resolve("requirements.txt"), text);
    }

    private String hash(String name, String version) {
        return bench.index().page(new PackageName(name)).files().stream()
                .filter(file -> file.version().toString().equals(version))
                .map(file -> String.valueOf(file.sha256()))
                .findFirst()
                .orElseThrow();
    }
}
