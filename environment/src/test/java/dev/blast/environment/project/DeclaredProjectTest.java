package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files say what is wanted: a table {@code [project]}, or what a backend builds from. */
class DeclaredProjectTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[tool.ruff]/line-length = 90 |  | false",
                "[tool.ruff]/line-length = 90 | setup.py=from setuptools import setup | true",
                "[tool.ruff]/line-length = 90 | setup.cfg=[metadata]/name = x | true",
                "[tool.ruff]/line-length = 90 | setup.cfg=[flake8]/ignore = E1 | false",
                "[build-system]/requires = ['setuptools'] | setup.cfg=[metadata]/name = x | true",
                "[tool.poetry]/name = 'x'/[build-system]/requires = ['poetry-core'] |  | true",
                "[project]/name = 'x'/version = '1' |  | true",
                "[dependency-groups]/dev = ['a'] |  | true",
            })
    void knowsAProject(String pyproject, @Nullable String besides, boolean declared)
            throws Exception {
        Files.writeString(folder.resolve("pyproject.toml"), pyproject.replace('/', '\n') + "\n");
        if (besides != null) {
            String[] parts = besides.split("=", 2);
            Files.writeString(folder.resolve(parts[0]), parts[1].replace('/', '\n') + "\n");
        }
        assertThat(Project.at(folder).declared()).isEqualTo(declared);
    }
}
