package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.Prereleases;
import dev.blast.solver.RootRequirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineScriptTest {
    private static final Path KEPT = Path.of("/data/x/fetch.py");
    private static final Environment ENVIRONMENT = new Environment(Path.of("/data/x/.venv"));

    @Test
    void requirementsKnowTheirPlaceInTheScript() throws Exception {
        Project project =
                read(
                        """
                        #!/usr/bin/env python3
                        # /// other
                        # requires-python = "no"
                        # ///

                        # /// script
                        # requires-python = ">=3.11"
                        # dependencies = [
                        #   "six<2",
                        #
                        #   "attrs",
                        # ]
                        # [tool.uv]
                        # exclude-newer = "2025-01-01T00:00:00Z"
                        # prerelease = "allow"
                        # ///
                        import six
                        """);
        assertThat(project.dependencies())
                .extracting(it -> it.requirement().toString(), RootRequirement::origin)
                .containsExactly(tuple("six<2", "fetch.py:9"), tuple("attrs", "fetch.py:11"));
        assertThat(project.requiresPythonPlace()).contains("fetch.py:7");
        assertThat(project.settings().followed())
                .satisfiesExactly(
                        cutoff -> assertThat(cutoff).startsWith("fetch.py:14: "),
                        mode ->
                                assertThat(mode)
                                        .isEqualTo(
                                                "fetch.py:15: [tool.uv.prerelease] is followed: allow"));
        assertThat(project.prereleases())
                .isEqualTo(new PrereleaseWish(Prereleases.ALLOW, "fetch.py:15"));
        assertThat(project.directory()).isEqualTo(Path.of("/work"));
        assertThat(project.lockFile()).isEqualTo(ENVIRONMENT.lockFile());
    }

    /** As the reference implementation reads it. */
    @Test
    void aBlockIsCommentsBetweenItsTwoLines() throws Exception {
        assertThat(InlineScript.parse("a.py", "print(1)\n")).isEmpty();
        assertThat(InlineScript.parse("a.py", "  # /// script\n  # ///\n")).isEmpty();
        assertThat(InlineScript.parse("a.py", "# /// script \n# ///\n")).isEmpty();
        assertThat(InlineScript.parse("a.py", "# /// pyproject\n# x\n")).isEmpty();
        assertThat(InlineScript.parse("a.py", "# /// script\r\n# ///\r\n")).isPresent();
        assertThat(
                        InlineScript.parse(
                                        "a.py",
                                        "# /// script\n# dependencies = []\n# # ///\n# ///\nx = 1\n# ///\n")
                                .orElseThrow()
                                .text())
                .isEqualTo("\n  dependencies = []\n  # ///\n\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dependencies = "six"           | a.py:2:3: dependencies is a list of texts
                    dependencies = ["six", "a b"]  | a.py:2:26:
                    dependencies = ["six"          | a.py:
                    requires-python = 3            | a.py:2:3: requires-python is a text
                    requires-python = "=>3"        | a.py:2:3:
                    require = 1                    | a.py:2:3: unknown key 'require'
                    tool.uv.sources.six.git = "x"  | a.py:2:3: [tool.uv.sources] is not followed
                    tool.blast.pyton = "3"         | a.py:2:3: unknown key 'pyton' of [tool.blast]
                    """)
    void whatIsNotUnderstoodHasItsPlace(String line, String error) {
        assertThatThrownBy(() -> read("# /// script\n# " + line + "\n# ///\n"))
                .isInstanceOf(NotUnderstoodException.class)
                .hasMessageStartingWith(error.replace("a.py", "fetch.py"));
    }

    @Test
    void oneThatDoesNotEndAndASecondOneAreErrors() {
        assertThatThrownBy(() -> InlineScript.parse("a.py", "\n# /// script\nx = 1\n# ///\n"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("a.py:2:1: this block does not end");
        String block = "# /// script\n# ///\n";
        assertThatThrownBy(() -> InlineScript.parse("a.py", block + "\n" + block))
                .hasMessageStartingWith("a.py:4:1: there is a second block");
    }

    @Test
    void anotherTextIsAnotherEnvironment() throws Exception {
        List<String> keys =
                List.of(
                        key("a.py", "# /// script\n# ///\n"),
                        key("b.py", "# /// script\n# ///\n"),
                        key("a.py", "# /// script\n# dependencies = []\n# ///\n"));
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(key("a.py", "# /// script\n# ///\nimport os\n")).isEqualTo(keys.getFirst());
    }

    private static String key(String name, String script) throws EnvironmentException {
        return InlineScript.parse(name, script).orElseThrow().key();
    }

    private static Project read(String script) throws EnvironmentException {
        return InlineScript.parse("fetch.py", script)
                .orElseThrow()
                .project(Path.of("/work"), ENVIRONMENT, KEPT);
    }
}
