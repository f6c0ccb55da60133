package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.invocation.BlastVersion;
import dev.blast.cli.invocation.CrashReport;
import dev.blast.cli.syntax.CommandName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannersTest {
    @TempDir Path home;

    private Cli.Said blast(String... argv) {
        return new Cli(home, Map.of("HOME", home.toString())).run(argv);
    }

    @Test
    void versionIsTheBuilds() throws Exception {
        assertThat(blast("--version").out()).isEqualTo("Blast " + BlastVersion.NUMBER + "\n");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + BlastVersion.NUMBER + "</version>");
        Golden.check("version.json", blast("--version", "--json").out());
    }

    /** The launcher gives Java a locale of its own, and what Blast starts must not see it. */
    @Test
    void theLocaleOfTheCallerIsHandedOn() {
        Map<String, String> ours = Map.of("LC_ALL", "C.UTF-8", "LANG", "C");
        assertThat(Main.callersEnvironment(ours, null)).isEqualTo(ours);
        assertThat(Main.callersEnvironment(ours, "")).isEqualTo(Map.of("LANG", "C"));
        assertThat(Main.callersEnvironment(ours, "de_DE"))
                .isEqualTo(Map.of("LANG", "C", "LC_ALL", "de_DE"));
        assertThat(Main.callersEnvironment(Map.of("BLAST_ASIDE__JAVA_OPTIONS", "-Dx=y"), ""))
                .isEqualTo(Map.of("_JAVA_OPTIONS", "-Dx=y"));
    }

    @Test
    void helpBeginsWithTwoExamplesAndDocumentsExitCodes() {
        Golden.check("help.txt", blast("--help").out());
        for (String command : CommandName.words()) {
            Cli.Said said = blast(command, "--help");
            assertThat(said.exit()).isZero();
            assertThat(said.out()).startsWith("Examples:\n  ").contains("\nExit codes:\n");
            Golden.check("help-" + command + ".txt", said.out());
        }
    }

    @Test
    void withoutACommandTheHelpGoesToStderr() {
        Cli.Said said = blast();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("Examples:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    snyc                        | unknown command 'snyc'                        | did you mean 'sync'?
                    chekc                       | unknown command 'chekc'                       | did you mean 'check'?
                    qqqqqq                      | unknown command 'qqqqqq'                      | commands: start sync
                    --jsno list                 | unknown option '--jsno' before the command    | did you mean '--json'?
                    sync --ofline               | sync: unknown option '--ofline'               | did you mean '--offline'?
                    sync --index-ur=x           | sync: unknown option '--index-ur'             | did you mean '--index-url'
                    sync --package api          | sync: unknown option '--package'              | a member of a workspace has an environment of its own: blast -C FOLDER start
                    sync --all-packages         | sync: unknown option '--all-packages'         | all members are installed where the root has no [project]
                    sync --color sometimes      | sync: --color does not take 'sometimes'       | it takes: auto, always, never
                    run --accept-missing secomp x | run: --accept-missing does not take 'secomp' | did you mean 'seccomp'?
                    sync now                    | sync: 'now' is one argument too many          | see: blast sync --help
                    why                         | why needs PACKAGE                             | see: blast why --help
                    why a b                     | why: 'b' is one argument too many             | see: blast why --help
                    policy tset                 | policy: unknown 'tset'                        | did you mean 'test'?
                    init powershell             | init: unknown 'powershell'                    | it is one of: bash, zsh, fish
                    sync --python               | sync: --python needs a value                  | see: blast sync --help
                    """)
    void whatIsNotUnderstoodNamesTheNearest(String line, String message, String help) {
        Cli.Said said = blast(line.split(" ", -1));
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("blast: " + message).contains("\n  " + help);
    }

    @Test
    void whatOtherToolsCallItIsAnsweredInOneLine() {
        assertThat(blast("uninstall", "httpx"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(2))
                .satisfies(it ->
                        assertThat(it.err())
                                .startsWith(
                                        "blast: 'uninstall' is no command of Blast; here: blast remove httpx")
                                .hasLineCount(1));
    }

    @Test
    void errorsAreADocumentForPrograms() {
        Golden.check("error.json", blast("snyc", "--json").out());
    }

    @Test
    void aFolderThatIsNotThereIsAUsageError() {
        Cli.Said said = blast("-C", "nowhere", "init", "bash");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("nowhere: there is no such folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sync --index-url https://me:pw@index.example/simple | blast sync --index-url https://***@index.example/simple
                    start --env TOKEN=pw --env=KEY=pw=d --name x        | blast start --env TOKEN=*** --env=KEY=*** --name x
                    sync https://${USER}:${PASS}@index.example/         | blast sync https://${USER}:${PASS}@index.example/
                    """)
    void whatIsRememberedOfACommandHoldsNoSecret(String argv, String line) {
        assertThat(CrashReport.line(List.of(argv.split(" ", -1)))).isEqualTo(line);
    }

    @Test
    void aBugLeavesAReportWithoutCredentials() throws Exception {
        String sentence =
                CrashReport.write(
                        new IllegalStateException(
                                "broken",
                                new java.io.IOException("GET https://me:secret@index.example/")),
                        List.of("sync", "--index-url", "https://user:secret@index.example/simple"),
                        Map.of("HOME", home.toString()));
        assertThat(sentence)
                .startsWith(
                        "blast: a bug in Blast: java.lang.IllegalStateException: broken; the report is "
                                + home);
        String report =
                Files.readString(Path.of(sentence.substring(sentence.indexOf("report is ") + 10)));
        assertThat(report)
                .contains(
                        "https://***@index.example/simple",
                        "IllegalStateException: broken",
                        "command: blast sync",
                        "Blast 0.1.0")
                .doesNotContain("secret");
    }

    @Test
    void aBugLeavesAReportOfArgumentsThatAreNoTextToo() {
        assertThat(
                        CrashReport.write(
                                new IllegalStateException("\udcff"),
                                List.of("run", "\udcff"),
                                Map.of("HOME", home.toString())))
                .contains("; the report is " + home);
    }
}
