package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.compare.ChangeText;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyComparison;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.MutationRun;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The users' guide says what the code says, and its examples do what it says about them. */
final class VocabularyTest {
    private static final Path GUIDE = Fixtures.ROOT.resolve("docs/policies.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** Of the project whose tests the guide shows. */
    private static final String LOCK =
            """
            lock-version = "1.0"
            created-by = "blast"
            [[packages]]
            name = "torch"
            version = "2.5.1"
            [packages.archive]
            url = "https://files.example/torch-2.5.1-py3-none-any.whl"
            hashes = { sha256 = "00" }
            """;

    private static final Map<String, String> TABLES =
            Map.of(
                    "facts", Reference.facts(),
                    "questions", Reference.questions(),
                    "verbs", Reference.verbs(),
                    "objectives", Reference.objectives(),
                    "operators", Reference.operators(),
                    "literals", Reference.literals());

    @Test
    void theTablesOfTheGuideAreThoseOfTheCode() throws IOException {
        Golden.checkTables(GUIDE, VocabularyTest.class, TABLES);
    }

    @Test
    void everyFieldIsAComponentOfItsRecord() {
        for (FactType fact : Facts.ALL) {
            Class<?> record = fact.equals(Facts.COMPANION) ? Candidate.class : fact.record();
            assertThat(fact.fields())
                    .as(fact.name())
                    .extracting(Field::name)
                    .containsExactlyElementsOf(
                            Arrays.stream(record.getRecordComponents())
                                    .map(Records::field)
                                    .toList());
        }
    }

    @Test
    void whatIsNotYetInForceIsAWordOfTheLanguage() {
        Set<String> words = new HashSet<>(Objective.words());
        Questions.verbs().forEach(verb -> words.add(verb.name()));
        for (FactType fact : Facts.ALL) {
            words.add(fact.name());
            for (Field field : fact.fields()) {
                String name = fact.name() + "." + field.name();
                words.add(name);
                field.choices().forEach(choice -> words.add(name + " " + choice));
            }
        }
        assertThat(words).containsAll(NotYet.WORDS.keySet());
    }

    /**
     * Each example is a policy file; the cases and the diagnostics below it are about it, together
     * with what is shipped.
     */
    @Test
    void theExamplesDoWhatTheGuideSays() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
        String policy = "";
        String before = "";
        boolean silent = true; // what is said of a policy stands right below it
        String tests = "";
        int policies = 0;
        int cases = 0;
        while (blocks.find()) {
            String text = blocks.group(2);
            switch (blocks.group(1)) {
                case "drl" -> {
                    assertThat(silent).as(policy).isTrue();
                    before = policy;
                    policy = text;
                    policies++;
                    silent = said(policy).isEmpty();
                }
                case "toml" -> {
                    tests = text;
                    TestReport report = PolicyTests.run(files(policy), List.of(own(text)));
                    assertThat(report.failures())
                            .as(text)
                            .extracting(TestReport.Failure::render)
                            .isEmpty();
                    cases += report.cases();
                }
                case "text" -> {
                    assertThat(
                                    text.startsWith("NOT NOTICED")
                                            ? unnoticed(policy, tests)
                                            : text.startsWith("compared with HEAD")
                                                    ? compared(before, policy)
                                                    : said(policy))
                            .isEqualTo(text);
                    silent = true;
                }
                default -> {}
            }
        }
        assertThat(silent).as(policy).isTrue();
        System.out.printf("docs/policies.md: %d policies, %d cases replayed%n", policies, cases);
        assertThat(policies).isGreaterThan(5);
        assertThat(cases).isGreaterThan(5);
    }

    private static TestFile own(String cases) {
        return new TestFile(
                "policies/own.test.toml",
                cases,
                path -> {
                    assertThat(path).isEqualTo("../pylock.toml");
                    return LOCK;
                });
    }

    private static String unnoticed(String policy, String tests) {
        var text = new StringBuilder();
        MutationRun.run(files(policy), List.of(own(tests)))
                .byCase()
                .forEach((witness, changes) -> {
                    changes.forEach(
                            it -> text.append("NOT NOTICED ").append(it.shown()).append('\n'));
                    text.append(witness).append('\n');
                });
        return text.toString().stripTrailing() + "\n";
    }

    private static String compared(String before, String after) {
        PolicyChange change =
                PolicyComparison.of(
                        Fixtures.policy(files(before)),
                        Fixtures.policy(files(after)),
                        EarlierRequests.NONE);
        return new ChangeText(change, ChangeText.Heading.PLAIN).all("HEAD (8c12e1f0a3b7)");
    }

    private static List<PolicyFile> files(String policy) {
        List<PolicyFile> files = new ArrayList<>(Fixtures.shipped());
        files.add(new PolicyFile(Layer.PROJECT, "policies/own.drl", policy, true));
        return files;
    }

    private static String said(String policy) {
        return Fixtures.said(files(policy).toArray(PolicyFile[]::new));
    }
}
