package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Position;
import dev.blast.rules.source.Source;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.UntestedRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each code has a text of which it alone is said, at the marked place, and one that is right. The
 * page of the codes is made of them.
 */
final class CodeExamplesTest {
    private static final Path PAGE = Fixtures.ROOT.resolve("docs/diagnostics.md");
    private static final Path EXAMPLES =
            Fixtures.ROOT.resolve("rules/src/test/resources/golden/examples.txt");
    private static final Pattern REPEATED = Pattern.compile("⟨(\\d+) × ([^⟩]+)⟩");
    private static final Pattern CHARACTER = Pattern.compile("⟨U\\+([0-9A-F]{4})⟩");
    private static final Pattern UNSEEN = Pattern.compile("[\\r\\u200B\\u3000]");
    private static final String CASES = "\n+++\n";

    /** Codes without an example, and why. */
    private static final Map<Code, String> NO_EXAMPLE =
            Map.of(
                    Code.NOT_DRL,
                    "A second reading, by the parser that is part of Drools, has to find the same rules."
                            + " No text is known of which it does not.",
                    Code.LINT_ENDED_EARLY,
                    "It takes thousands of rules about the same, each of which may hold where another does:"
                            + " they are compared for some seconds. What was found by then is shown and true.");

    /** About the name of a file; PolicyFilesTest of the command line tries that. */
    private static final List<Code> OF_NAMES = List.of(Code.FILE_PASSED_OVER);

    record CodeExample(Code code, String wrong, String right) {}

    static List<CodeExample> examples() {
        var examples = new ArrayList<CodeExample>();
        for (String part : read(EXAMPLES).split("(?m)^=== ", -1)) {
            if (!part.isEmpty()) {
                String[] head = part.split("\n", 2);
                String[] texts = head[1].split("\n---\n", -1);
                assertThat(texts).as(head[0]).hasSize(2);
                examples.add(
                        new CodeExample(
                                Code.valueOf(head[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                                texts[0],
                                texts[1].stripTrailing()));
            }
        }
        return examples;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noCodeLacksOne() {
        assertThat(examples())
                .extracting(CodeExample::code)
                .containsExactlyElementsOf(
                        Arrays.stream(Code.values())
                                .filter(code -> !NO_EXAMPLE.containsKey(code))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theOneIsWrongInThisAloneAndTheOtherIsRight(CodeExample it) {
        if (OF_NAMES.contains(it.code())) {
            return;
        }
        String marked = expanded(it.wrong());
        assertThat(said(it.code(), unmarked(marked)))
                .extracting(Diagnostic::code, Diagnostic::begin, Diagnostic::end)
                .containsExactly(
                        tuple(
                                it.code(),
                                position(marked, marked.indexOf('«')),
                                position(marked, marked.indexOf('»') - 1)));
        assertThat(said(it.code(), expanded(it.right()))).isEmpty();
    }

    private static String expanded(String text) {
        String whole =
                REPEATED.matcher(text)
                        .replaceAll(it ->
                                Matcher.quoteReplacement(
                                        it.group(2).repeat(Integer.parseInt(it.group(1)))));
        return CHARACTER
                .matcher(whole)
                .replaceAll(it -> Character.toString(Integer.parseInt(it.group(1), 16)));
    }

    private static String unmarked(String text) {
        return text.replace("«", "").replace("»", "");
    }

    private static Position position(String marked, int offset) {
        return new Source(file(policy(unmarked(marked)))).position(offset);
    }

    private static String policy(String text) {
        return text.split(Pattern.quote(CASES), 2)[0];
    }

    private static PolicyFile file(String text) {
        return Fixtures.file(Layer.USER, "policies/own.drl", text);
    }

    /** Beside what is shipped, but where that there is nothing beside it is the mistake. */
    private static List<Diagnostic> said(Code code, String text) {
        PolicyFile file = file(policy(text));
        List<PolicyFile> files =
                code == Code.NO_RULES
                        ? List.of(file)
                        : Stream.concat(Fixtures.shipped().stream(), Stream.of(file)).toList();
        if (code == Code.UNTESTED_RULE) {
            String cases = text.split(Pattern.quote(CASES), 2)[1];
            return UntestedRules.of(
                    Layer.USER, files, List.of(new TestFile("policies/own.test.toml", cases)));
        }
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy policy) -> policy.warnings();
            case Loading.Refused(List<Diagnostic> errors) -> errors;
        };
    }

    @Test
    void thePageIsMadeOfThem() throws IOException {
        Golden.checkTables(
                PAGE, CodeExamplesTest.class, Map.of("codes", table(), "examples", sections()));
    }

    private static String table() {
        var rows = new StringBuilder("| Code | | What holds where it is not said |\n");
        rows.append("| --- | --- | --- |\n");
        for (Code code : Code.values()) {
            rows.append(
                    "| [`%1$s`](#%1$s) | %2$s | %3$s |\n"
                            .formatted(code.word(), severity(code), code.law()));
        }
        return rows.toString();
    }

    private static String severity(Code code) {
        return code.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String sections() {
        var out = new StringBuilder();
        for (Code code : Code.values()) {
            out.append("### %s\n\nIn words: %s.\n\n".formatted(code.word(), code.law()));
            Optional<CodeExample> example =
                    examples().stream().filter(it -> it.code() == code).findFirst();
            out.append(
                    example.map(CodeExamplesTest::section)
                            .orElseGet(() -> NO_EXAMPLE.get(code) + "\n\n"));
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static String section(CodeExample it) {
        if (OF_NAMES.contains(it.code())) {
            return "Wrong: `%s`. Right: `%s`.\n\n".formatted(it.wrong(), it.right());
        }
        String said =
                UNSEEN.matcher(Fixtures.rendered(said(it.code(), unmarked(expanded(it.wrong())))))
                        .replaceAll("�");
        return "Wrong:\n\n"
                + blocks(unmarked(it.wrong()))
                + "```text\n"
                + said
                + "```\n\nRight:\n\n"
                + blocks(it.right());
    }

    private static String blocks(String text) {
        String[] parts = text.split(Pattern.quote(CASES), 2);
        String policy = "```drl\n" + parts[0] + (parts[0].isEmpty() ? "" : "\n") + "```\n\n";
        return parts.length == 1 ? policy : policy + "```toml\n" + parts[1] + "\n```\n\n";
    }
}
