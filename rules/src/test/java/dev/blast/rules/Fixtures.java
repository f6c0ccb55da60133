package dev.blast.rules;

import static org.assertj.core.api.Assertions.fail;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Position;
import dev.blast.rules.trial.TestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Policies, sessions and facts that several tests use. */
final class Fixtures {
    static final Path ROOT = Path.of(System.getProperty("blast.root", ".."));

    static final Context SOMEBODY = new Context(session(Purpose.RUN), List.of());

    private Fixtures() {}

    static Session session(Purpose purpose) {
        return new Session(
                "somebody",
                false,
                true,
                "shop",
                Path.of("/home/somebody/shop"),
                Path.of("/home/somebody"),
                Path.of("/home/somebody/shop/.venv"),
                Path.of("/usr"),
                Version.parse("3.12.1"),
                "linux",
                "python",
                purpose);
    }

    static Candidate candidate(String name, String version) {
        return Candidate.of(new PackageName(name), Version.parse(version));
    }

    /** A file of the user's own, in which everything counts. */
    static PolicyFile file(String text) {
        return file(Layer.USER, "test.drl", text);
    }

    static PolicyFile file(Layer layer, String name, String text) {
        return new PolicyFile(layer, name, text, true);
    }

    static Policy policy(PolicyFile... files) {
        return policy(List.of(files));
    }

    static Policy policy(String text) {
        return policy(file(text));
    }

    static Policy policy(List<PolicyFile> files) {
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy policy) -> policy;
            case Loading.Refused(List<Diagnostic> errors) -> fail("refused:\n" + rendered(errors));
        };
    }

    /** What loading says, errors or warnings, as people read it. */
    static String said(PolicyFile... files) {
        return rendered(findings(files));
    }

    static List<Diagnostic> findings(String text) {
        return findings(file(text));
    }

    private static List<Diagnostic> findings(PolicyFile... files) {
        return switch (Policy.load(List.of(files))) {
            case Loading.Loaded(Policy policy) -> policy.warnings();
            case Loading.Refused(List<Diagnostic> errors) -> errors;
        };
    }

    /** The text, with that edit made. */
    static String corrected(String text, Correction correction) {
        return text.substring(0, offset(text, correction.begin()))
                + correction.text()
                + text.substring(offset(text, correction.end()));
    }

    private static int offset(String text, Position position) {
        int start = 0;
        for (int line = 1; line < position.line(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        return text.offsetByCodePoints(start, position.column() - 1);
    }

    static String rendered(List<Diagnostic> diagnostics) {
        var out = new StringBuilder();
        diagnostics.forEach(it -> out.append(it.render()));
        return out.toString();
    }

    static List<PolicyFile> shipped() {
        return read(".drl").stream()
                .map(it -> new PolicyFile(Layer.SHIPPED, it.displayPath(), it.text(), true))
                .toList();
    }

    static List<TestFile> shippedTests() {
        return read(".test.toml");
    }

    private static List<TestFile> read(String suffix) {
        List<TestFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(ROOT.resolve("policies"))) {
            for (Path path : paths.filter(it -> it.toString().endsWith(suffix)).sorted().toList()) {
                files.add(new TestFile("policies/" + path.getFileName(), Files.readString(path)));
            }
            return files;
        } catch (IOException e) {
            return fail("cannot read the shipped policies", e);
        }
    }
}
