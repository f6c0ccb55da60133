package dev.blast.rules;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Records;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations as people read them. */
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
            Explanation explanation =
                    switch (words[0]) {
                        case "connect" ->
                                why.of(Connection.to(words[1], Integer.parseInt(words[2]), false));
                        case "package" -> why.of(candidate(words[1], words[2], words[3]));
                        case "read" -> why.ofReading(Path.of(words[1]));
                        case "write" -> why.ofWriting(Path.of(words[1]));
                        case "syscall" -> why.ofSyscall(words[1]);
                        case "access" -> why.ofAccess(Path.of(words[1]));
                        case "variable" -> why.ofVariable(words[1]);
                        case "limit" -> why.ofLimit(Answer.Resource.named(words[1]).orElseThrow());
                        case "trace" -> why.of(Connection.to(words[1], 443, false));
                        default -> throw new IllegalArgumentException(input);
                    };
            String said = ExplanationText.render(explanation);
            if (words[0].equals("trace")) {
                said += ExplanationText.trace(explanation);
            }
            return said.replaceAll("policy [0-9a-f]{6}", "policy ······");
        } catch (PolicyException e) {
            return e.getMessage() + "\n";
        }
    }

    private static Candidate candidate(String name, String version, String age) {
        Object released =
                Records.with(
                        Fixtures.candidate(name, version),
                        "released",
                        Instant.parse("2026-01-31T12:00:00Z"));
        return (Candidate) Records.with(released, "ageDays", Long.valueOf(age));
    }
}
