package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.format.PolicyFormat;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.PolicyTests;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code blast policy new} begins a file with: sound, laid out, and tried. */
class StartersTest {
    private static final Path FOLDER = Fixtures.ROOT.resolve("policies/starters");

    static Stream<String> topics() {
        return Policy.topics().stream();
    }

    private static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void eachQuestionHasOne(String topic) throws IOException {
        var starter = new PolicyFile(Layer.PROJECT, topic + ".drl", read(topic + ".drl"), true);
        List<PolicyFile> files =
                Stream.concat(Fixtures.shipped().stream(), Stream.of(starter)).toList();
        assertThat(Fixtures.said(files.toArray(PolicyFile[]::new))).isEmpty();
        assertThat(PolicyFormat.of(starter))
                .isEqualTo(new PolicyFormat.Result.Laid(starter.text()));
        TestReport report =
                PolicyTests.run(
                        files,
                        List.of(new TestFile(topic + ".test.toml", read(topic + ".test.toml"))));
        assertThat(report.failures()).isEmpty();
        assertThat(report.gaps()).isEmpty();
    }
}
