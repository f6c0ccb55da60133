package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.MutationReport;
import dev.blast.rules.trial.MutationReport.Unnoticed;
import dev.blast.rules.trial.MutationRun;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules are changed one thing at a time, and cases are found for what the tests do not notice. */
final class MutationTest {
    /** Changes of shipped rules that no case can notice, each with why. */
    private static final List<String> EQUAL =
            List.of(
                    // One that is neither locked nor pinned is denied, and a deny has no warnings.
                    "packages.drl:24 without locked == true || pinned == true");

    @Test
    void theShippedCasesNoticeEveryChange() {
        MutationReport report = MutationRun.run(Fixtures.shipped(), Fixtures.shippedTests());
        System.out.printf(
                "shipped policies: %d of %d changes noticed, %d more would not load%n",
                report.noticed(), report.mutants(), report.refused());
        assertThat(report.survivors()).isEmpty();
        assertThat(report.unnoticed())
                .extracting(it -> it.origin() + " " + it.change())
                .containsExactlyElementsOf(EQUAL.stream().map("policies/"::concat).toList());
    }

    private static MutationReport changes(String policy, String tests) {
        return MutationRun.run(files(policy), List.of(new TestFile("own.test.toml", tests)));
    }

    private static List<PolicyFile> files(String policy) {
        var files = new ArrayList<PolicyFile>(Fixtures.shipped());
        files.add(Fixtures.file(Layer.USER, "own.drl", policy));
        return files;
    }

    /** Without any case every change but an equal one has a case, and with these cases none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Session( command in ( \"pytest\", \"python\" ), ci == false ) Connection( host glob \"*.a.example\", port >= 1024 ) then allow();",
                "Connection( address within \"10.0.0.0/8\", port != 443 ) then allow();",
                "Connection( host matches \"[a-z]+[.]example\" || host == \"b.test\" ) then allow();",
                "Candidate( ageDays < 7, mendsAdvisory == false, $age : ageDays ) then hold( \"${$age} days\" );",
                "Candidate( version < \"2.1\", released >= \"2026-01-31\", name == \"x\" ) then deny( \"old\" );",
                "Candidate( name != \"x\", version satisfies \">=2,<3\" ) then deny( \"old\" );",
                "Candidate( name == \"x\", version satisfies \"~=2.2.0\" ) then prefer( 10 );",
                "Candidate( downloadBytes > \"200 MB\", installed == false ) then avoid( 5 );",
                "Candidate( $v : version ) Companion( version < $v ) then deny( \"older\" );",
                "exists Distribution( name == \"torch\", version > \"2\" ) Connection( port == 443 ) then allow();",
                "not Distribution( name == \"torch\" ) Connection( port == 443 ) then allow();",
                "Session( command == \"jupyter\" ) then limitMemory( \"8 GiB\" ); readable( \"/srv/a\", \"./b\" );",
                "Session( project under \"~/work\" ) then hidden( \"~/work/secrets\" );",
                "Strategy( name == \"quiet\" ) then rank( 1, \"lowest\" ); rank( 2, \"fewest-changes\" );",
                "Requirement( name in ( \"numpy\", \"scipy\" ) ) then use( \"lowest\" );",
                "Relaxation( kind == WIDEN, package == \"numpy\" ) then cost( 60 );",
                "Advisory( id == \"CVE-1\", mended == false ) then ignore( \"ours\" );",
                "MissingLayer( layer == SECCOMP ) then accept( \"old kernel\" );"
            })
    void eachChangeHasACaseThatNoticesIt(String rule) {
        String policy = "rule \"r\" when " + rule + " end";
        MutationReport report = changes(policy, "");
        assertThat(report.mutants()).isPositive();
        assertThat(report.survivors())
                .filteredOn(it -> it.witness().isEmpty())
                .extracting(Unnoticed::change)
                .isEmpty();
        var cases = new StringBuilder();
        report.survivors().stream()
                .map(Unnoticed::witness)
                .distinct()
                .forEach(it -> cases.append(it).append('\n'));
        TestReport run =
                PolicyTests.run(
                        files(policy), List.of(new TestFile("own.test.toml", cases.toString())));
        assertThat(run.failures()).isEmpty();
        assertThat(changes(policy, cases.toString()).survivors()).isEmpty();
    }

    @Test
    void anOrderIsTriedAtItsBorder() {
        List<String> changes =
                changes("rule \"r\" when Candidate( ageDays < 7 ) then deny( \"x\" ); end", "")
                        .unnoticed()
                        .stream()
                        .map(it ->
                                "%d:%d %s"
                                        .formatted(
                                                it.origin().line(),
                                                it.origin().column(),
                                                it.change()))
                        .toList();
        assertThat(changes)
                .containsExactly(
                        "1:26 ageDays >= 7 instead of ageDays < 7",
                        "1:26 ageDays <= 7 instead of ageDays < 7",
                        "1:26 ageDays < 6 instead of ageDays < 7",
                        "1:26 without ageDays < 7",
                        "1:45 without deny( \"x\" )");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    version < "2.0"                | version <= "2.0", version < "1.0", version < "2.1"
                    released > "2026-01-31"        | released >= "2026-01-31", released > "2026-02-01"
                    downloadBytes <= "5 MB"        | downloadBytes < "5 MB", downloadBytes <= "6 MB"
                    version satisfies ">=2"        | version satisfies ">2", version satisfies ">=1", version satisfies ">=3"
                    name in ( "a", "b" )           | without "a", without "b"
                    """)
    void literalsMoveByOneUnit(String constraint, String changes) {
        String policy =
                "rule \"r\" when Candidate( %s ) then deny( \"x\" ); end".formatted(constraint);
        assertThat(changes(policy, "").unnoticed())
                .extracting(it -> it.change().replaceFirst(" instead of .*", ""))
                .containsAll(List.of(changes.split(", ")));
    }

    /** What is written twice, or cannot be, may be left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection( port == 443, port == 443 )",
                "Session( ) Connection( port == 443 )",
                "Candidate( yanked == true, yanked != false )"
            })
    void whatChangesNothingIsProvedEqual(String patterns) {
        String policy = "rule \"r\" when " + patterns + " then deny( \"x\" ); end";
        assertThat(changes(policy, "").unnoticed())
                .filteredOn(Unnoticed::equal)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.witness()).isEmpty());
    }
}
