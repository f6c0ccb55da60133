package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        String lines = text.replace("/n", "\n");
        if (asked == null) {
            assertThatThrownBy(() -> read(lines)).hasMessageContaining("not a requirement");
            return;
        }
        assertThat(
                        read(lines).requirements().stream()
                                .map(root -> root.requirement().toString())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(asked.replace("FOLDER", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-e ../lib | '../lib' would have to be built",
                "-e git+https://u:pw@x.example/a.git#egg=a | 'git+https://***@x.example/a.git#egg=a' would",
                "../lib | '../lib' would have to be built",
                "https://x.example/a-1.tar.gz | 'https://x.example/a-1.tar.gz' would have to be built",
                "-r https://x.example/r.txt | 'https://x.example/r.txt' is not on this machine",
                "-r gone.txt | there is no file",
                "--no-binary :all: | asks for builds",
                "--frobnicate | the option '--frobnicate' is not understood here",
                "a --hash=md5:00 | is no hash; it is written --hash=ALGORITHM:HEX",
                "a --hash=sha256:xyz | is no hash",
                "-i https://${TOKEN}@x.example/simple | ${TOKEN} would be sent to where this file says",
                "${TOKEN} | ${TOKEN} would be sent to where this file says",
                "a @ https://x.example/${TOKEN}/a-1-py3-none-any.whl | ${TOKEN} would be sent",
                "-e .[-] | not a requirement",
            })
    void whatCannotBeDoneIsSaidWithItsPlace(String line, String said) {
        assertThatThrownBy(() -> read("\n" + line + "\n"))
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
            assertThat(project.dependencies())
                    .as(line)
                    .extracting(root -> root.requirement().toString())
                    .containsExactly("a");
            assertThat(project.itself()).contains("requirements.txt:1");
        }
        assertThat(read("-e .\n").selves())
                .containsExactly(
                        new RequirementsFile.Self("requirements.txt:1", Set.<ExtraName>of()));
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
