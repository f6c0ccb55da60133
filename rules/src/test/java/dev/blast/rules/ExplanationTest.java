package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Explanations as people read them, and the promise that every change they show was tried. */
final class ExplanationTest {
    private static final List<Distribution> INSTALLED =
            List.of(new Distribution(new PackageName("torch"), Version.parse("2.5"), true, null));

    private static final Context SOMEBODY = new Context(Fixtures.SOMEBODY.session(), INSTALLED);

    @Test
    void readLikeThis() throws IOException {
        Golden.check("explanations.txt", ExplanationTest::explained);
    }

    /**
     * The first line asks; the rest is a file of the project, trusted unless the question says
     * otherwise.
     */
    private static String explained(String input) {
        List<String> lines = input.lines().toList();
        String[] words = lines.getFirst().split(" ", -1);
        String text = String.join("\n", lines.subList(1, lines.size())) + "\n";
        boolean trusted = !words[words.length - 1].equals("untrusted");
        Policy policy =
                Fixtures.policy(new PolicyFile(Layer.PROJECT, "policies/own.drl", text, trusted));
        var why = new Explanations(policy, SOMEBODY);
        try {
            return ExplanationText.render(
                            switch (words[0]) {
                                case "connect" ->
                                        why.of(
                                                Connection.to(
                                                        words[1],
                                                        Integer.parseInt(words[2]),
                                                        false));
                                case "package" -> why.of(candidate(words[1], words[2], words[3]));
                                case "read" -> why.ofReading(Path.of(words[1]));
                                case "write" -> why.ofWriting(Path.of(words[1]));
                                case "syscall" -> why.ofSyscall(words[1]);
                                default -> throw new IllegalArgumentException(input);
                            })
                    .replaceAll("policy [0-9a-f]{6}", "policy ······");
        } catch (PolicyException e) {
            return e.getMessage() + "\n";
        }
    }

    private static Candidate candidate(String name, String version, String age) {
        return (Candidate)
                Records.with(Fixtures.candidate(name, version), "ageDays", Long.valueOf(age));
    }

    @Test
    void everyChangeTurnsTheVerdictWhenMade() {
        int changes = 0;
        for (long seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            String text = policy(random);
            boolean trusted = random.nextBoolean();
            List<PolicyFile> files =
                    List.of(
                            new PolicyFile(Layer.PROJECT, "policies/own.drl", text, trusted),
                            Fixtures.file(policy(random).replace("\"r", "\"u")));
            Connection connection =
                    Connection.to(random.nextBoolean() ? "a" : "b", random.nextInt(3), false);
            Policy policy = Fixtures.policy(files);
            Explanation explanation = new Explanations(policy, SOMEBODY).of(connection);
            assertThat(explanation.changes()).hasSizeLessThanOrEqualTo(3);
            for (Change change : explanation.changes()) {
                changes++;
                assertThat(made(change, files, connection))
                        .as("seed %d: %s%n%s", seed, change, text)
                        .isEqualTo(change.becomes());
            }
        }
        assertThat(changes).isGreaterThan(100);
    }

    private static Outcome made(Change change, List<PolicyFile> files, Connection connection) {
        return switch (change) {
            case Change.OtherFact(String field, String _, String to, Origin _, Outcome _) -> {
                String value = to.replace("\"", "");
                Object changed =
                        Records.with(
                                connection,
                                field.substring("Connection.".length()),
                                value.matches("\\d+") ? Long.valueOf(value) : value);
                yield Fixtures.policy(files).judge((Connection) changed, SOMEBODY).outcome();
            }
            case Change.Trust _ ->
                    Fixtures.policy(
                                    files.stream()
                                            .map(it ->
                                                    new PolicyFile(
                                                            it.layer(),
                                                            it.displayPath(),
                                                            it.text(),
                                                            true))
                                            .toList())
                            .judge(connection, SOMEBODY)
                            .outcome();
            case Change.AddRule(String file, String rule, Outcome _) -> {
                List<PolicyFile> more = new ArrayList<>(files);
                more.add(Fixtures.file(Layer.PROJECT, file, rule));
                yield Fixtures.policy(more).judge(connection, SOMEBODY).outcome();
            }
            case Change.WithoutRule(Reason rule, Outcome _) ->
                    Fixtures.policy(files.stream().map(it -> without(rule, it)).toList())
                            .judge(connection, SOMEBODY)
                            .outcome();
        };
    }

    private static PolicyFile without(Reason rule, PolicyFile file) {
        String text =
                file.text()
                        .lines()
                        .filter(line -> !line.startsWith("rule \"" + rule.rule() + "\""))
                        .reduce("", (all, line) -> all + line + "\n");
        return new PolicyFile(file.layer(), file.displayPath(), text, file.trusted());
    }

    private static String policy(Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            String verb = random.nextInt(5) == 0 ? "deny( \"no\" )" : "allow()";
            text.append(
                    "rule \"r%d\" when Connection( host == \"%s\", port %s %d ) then %s; end%n"
                            .formatted(
                                    i,
                                    random.nextBoolean() ? "a" : "c",
                                    random.nextBoolean() ? "==" : ">",
                                    random.nextInt(3),
                                    verb));
        }
        return text.toString();
    }
}
