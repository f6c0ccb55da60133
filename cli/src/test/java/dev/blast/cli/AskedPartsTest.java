package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which groups and extras of a project are installed, by the options that name them. */
final class AskedPartsTest extends ShopFixture {
    AskedPartsTest() {
        super(
                Stream.of("always", "dev-tool", "docs-tool", "fast-code")
                        .map(name -> TestWheel.of(name, "1.0"))
                        .toArray(TestWheel[]::new));
    }

    @BeforeEach
    void declare() throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                """
                [project]
                name = "hello"
                version = "1"
                dependencies = ["always"]
                [project.optional-dependencies]
                fast = ["fast-code"]
                [dependency-groups]
                dev = ["dev-tool"]
                docs = ["docs-tool"]
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "'', always dev-tool",
        "--all-groups, always dev-tool docs-tool",
        "--all-extras, always dev-tool fast-code",
        "--all-groups --all-extras, always dev-tool docs-tool fast-code",
        "--all-groups --no-dev, always docs-tool",
        "--no-default-groups --all-extras, always fast-code",
        "--only-group docs --all-groups, dev-tool docs-tool"
    })
    void partsAreInstalled(String options, String installed) throws IOException {
        done(
                Stream.of("sync " + options)
                        .flatMap(it -> Stream.of(it.split(" +", -1)))
                        .filter(it -> !it.isEmpty())
                        .toArray(String[]::new));
        assertThat(done("list", "packages").out().lines().skip(1).map(AskedPartsTest::first))
                .as("beside pip, which the interpreter brings")
                .filteredOn(name -> !name.equals("pip"))
                .containsExactly(installed.split(" ", -1));
        String exported = done(("sync --lock-only - " + options).strip().split(" +", -1)).out();
        assertThat(exported.lines().filter(it -> it.matches("[a-z-]+==.*")).count())
                .isEqualTo(installed.split(" ", -1).length);
    }

    private static String first(String line) {
        return line.split(" ", 2)[0];
    }
}
