package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.format.PolicyFormat;
import dev.blast.rules.format.PolicyHead;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Severity;
import dev.blast.rules.trial.MutationReport;
import dev.blast.rules.trial.MutationReport.Unnoticed;
import dev.blast.rules.trial.MutationRun;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies of the cookbook: each is laid out, gives lint nothing to say, and has cases that
 * notice every change; together they use every word of the language that is in force.
 */
final class CookbookTest {
    private static final String DRL = ".drl";
    private static final Path FOLDER = Fixtures.ROOT.resolve("policies/cookbook");
    private static final Path PAGE = Fixtures.ROOT.resolve("docs/cookbook.md");

    static Stream<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(DRL))
                    .map(name -> name.substring(0, name.length() - DRL.length()))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PolicyFile policy(String name) {
        return new PolicyFile(
                Layer.PROJECT, "policies/cookbook/" + name + DRL, read(name + DRL), true);
    }

    private static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Together with what is shipped. */
    private static List<PolicyFile> with(Stream<PolicyFile> more) {
        return Stream.concat(Fixtures.shipped().stream(), more).toList();
    }

    private static List<TestFile> cases(String name) {
        String file = name + ".test.toml";
        return List.of(new TestFile("policies/cookbook/" + file, read(file)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsSoundLaidOutAndSaysWhyInFull(String name) {
        PolicyFile file = policy(name);
        assertThat(Fixtures.said(with(Stream.of(file)).toArray(PolicyFile[]::new))).isEmpty();
        assertThat(PolicyFormat.of(file)).isEqualTo(new PolicyFormat.Result.Laid(file.text()));
        PolicyHead head = PolicyHead.of(file.text());
        assertThat(List.of(head.gist(), head.wantedBy(), head.change(), head.leavesOpen()))
                .allSatisfy(it -> assertThat(it).endsWith("."));
        assertThat(rules(name)).allSatisfy(rule -> assertThat(rule.reason()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsCasesPassFireEachRuleAndNoticeEachChange(String name) {
        List<PolicyFile> files = with(Stream.of(policy(name)));
        TestReport report = PolicyTests.run(files, cases(name));
        assertThat(report.failures()).extracting(TestReport.Failure::render).isEmpty();
        assertThat(report.gaps()).filteredOn(it -> it.missing().equals("never fired")).isEmpty();
        MutationReport changes = MutationRun.run(files, cases(name));
        assertThat(changes.survivors()).extracting(Unnoticed::change).isEmpty();
        assertThat(changes.mutants()).isPositive();
    }

    /** A team takes several: none of them stands in the way of another. */
    @Test
    void theyLoadTogether() {
        List<PolicyFile> files = with(names().map(CookbookTest::policy));
        assertThat(Policy.load(files)).isInstanceOf(Loading.Loaded.class);
        assertThat(Fixtures.policy(files).warnings())
                .extracting(Diagnostic::severity)
                .doesNotContain(Severity.ERROR);
    }

    @Test
    void everyWordInForceIsShown() {
        Map<String, Set<String>> shown = words();
        var missing = new ArrayList<String>();
        Stream.concat(
                        Questions.verbs().stream().map(Verb::name),
                        Facts.ALL.stream().map(FactType::name))
                .filter(word -> NotYet.about(word).isEmpty() && !shown.containsKey(word))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    @Test
    void thePageIsMadeFromThem() throws IOException {
        Golden.checkTables(
                PAGE, CookbookTest.class, Map.of("policies", table(), "words", wordTable()));
    }

    private static String table() {
        var out = new StringBuilder("| Policy | What it does | Wanted by | Leaves open |\n");
        out.append("| --- | --- | --- | --- |\n");
        names().forEach(name -> {
            PolicyHead head = PolicyHead.of(read(name + DRL));
            out.append(
                    "| [%s](../policies/cookbook/%s.drl) | %s | %s | %s |%n"
                            .formatted(
                                    name, name, head.gist(), head.wantedBy(), head.leavesOpen()));
        });
        return out.toString();
    }

    private static String wordTable() {
        Map<String, Set<String>> shown = words();
        var out = new StringBuilder("| Word | Shown by |\n| --- | --- |\n");
        for (FactType fact : Facts.ALL) {
            out.append(row(fact.name(), shown));
        }
        for (Verb verb : Questions.verbs()) {
            if (NotYet.about(verb.name()).isEmpty()) {
                out.append(row(verb.name(), shown));
            }
        }
        return out.toString();
    }

    private static String row(String word, Map<String, Set<String>> shown) {
        return "| `%s` | %s |%n"
                .formatted(
                        word,
                        shown.getOrDefault(word, Set.of()).stream()
                                .map("[%1$s](../policies/cookbook/%1$s.drl)"::formatted)
                                .collect(Collectors.joining(", ")));
    }

    /** Facts and verbs, each with the policies that use it. */
    private static Map<String, Set<String>> words() {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        names().forEach(name -> {
            for (Rule rule : rules(name)) {
                rule.question().subjects().forEach(it -> add(words, it.name(), name));
                rule.looksAt().keySet().forEach(it -> add(words, it.fact().name(), name));
                rule.actions().forEach(it -> add(words, it.verb().name(), name));
            }
        });
        return words;
    }

    private static void add(Map<String, Set<String>> words, String word, String name) {
        words.computeIfAbsent(word, _ -> new LinkedHashSet<>()).add(name);
    }

    private static List<Rule> rules(String name) {
        Policy policy = Fixtures.policy(with(Stream.of(policy(name))));
        var rules = new ArrayList<Rule>();
        for (Question question : Questions.ALL) {
            policy.rules(question).stream()
                    .filter(rule -> rule.layer() == Layer.PROJECT)
                    .forEach(rules::add);
        }
        return rules;
    }
}
