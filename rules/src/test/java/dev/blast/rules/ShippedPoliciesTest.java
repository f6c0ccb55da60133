package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped policies load without a warning, and the cases beside them pass. */
final class ShippedPoliciesTest {

    @Test
    void theyLoadWithoutAWarning() {
        assertThat(Fixtures.said(Fixtures.shipped().toArray(PolicyFile[]::new))).isEmpty();
    }

    /** When Blast runs, shipped files are read once. */
    @Test
    void theyAreOrdinaryDrl() {
        PolicyFile[] asOnesOwn =
                Fixtures.shipped().stream()
                        .map(it -> Fixtures.file(Layer.USER, it.displayPath(), it.text()))
                        .toArray(PolicyFile[]::new);
        assertThat(Fixtures.said(asOnesOwn)).isEmpty();
    }

    @Test
    void everyRuleSaysWhy() {
        assertThat(Fixtures.policy(Fixtures.shipped()).rules())
                .filteredOn(rule ->
                        rule.reason().isEmpty()
                                && rule.verbs().stream().allMatch(it -> it.endsWith("()")))
                .isEmpty();
    }

    @Test
    void everyFileHasCases() {
        List<String> files = Fixtures.shipped().stream().map(PolicyFile::displayPath).toList();
        assertThat(Fixtures.shippedTests())
                .extracting(TestFile::policy)
                .containsExactlyElementsOf(files);
    }

    @Test
    void allCasesPass() {
        TestReport report = PolicyTests.run(Fixtures.shipped(), Fixtures.shippedTests());
        var failures = new StringBuilder();
        report.failures().forEach(it -> failures.append(it.render()));
        assertThat(failures.toString()).isEmpty();
        assertThat(report.gaps()).filteredOn(it -> it.missing().equals("never fired")).isEmpty();
        System.out.printf(
                "shipped policies: %d rules, %d cases, %d constraints not seen both ways%n",
                report.rules(), report.cases(), report.gaps().size());
    }
}
