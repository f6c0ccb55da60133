package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a requirements file holds once something is added to it. */
class LineAdditionTest extends AddingFixture {
    static Stream<Arguments> lines() {
        return Stream.of(
                line("the last", "six", "a\nb==1 # b\n", "a\nb==1 # b\nsix>=1.17.0\n"),
                line("in order", "six", "a\nz\n", "a\nsix>=1.17.0\nz\n"),
                line("the first in order", "six", "t\nz\n", "six>=1.17.0\nt\nz\n"),
                line("without an end", "six", "b\na", "b\na\nsix>=1.17.0"),
                line("CRLF", "six", "\uFEFFb\r\na\r\n", "\uFEFFb\r\na\r\nsix>=1.17.0\r\n"),
                line("an empty file", "six", "", "six>=1.17.0\n"),
                line("comments alone", "six", "# none", "# none\nsix>=1.17.0"),
                line(
                        "behind continued lines",
                        "six",
                        "b>=1, \\\n  <2\na\n# end\n",
                        "b>=1, \\\n  <2\na\nsix>=1.17.0\n# end\n"),
                line(
                        "other versions",
                        "six>=2",
                        "a\nsix <2 ; os_name == 'posix'  # s\n",
                        "a\nsix >=2 ; os_name == 'posix'  # s\n"),
                line("an extra more", "six[x]", "six<2 # s\n", "six[x]<2 # s\n"),
                line("asked for already", "six", "six<2\n", "six<2\n"),
                line(
                        "an address",
                        "six @ https://host.example/six-1.zip",
                        "six<2 # s\n",
                        "six @ https://host.example/six-1.zip # s\n"),
                line(
                        "latin-1",
                        "six",
                        "# -*- coding: latin-1 -*-\nb # \u00fc\na\n",
                        "# -*- coding: latin-1 -*-\nb # \u00fc\na\nsix>=1.17.0\n"));
    }

    private static Arguments line(String what, String typed, String before, String after) {
        return Arguments.of(what, typed, before, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void theRequirementsFileSaysMore(String what, String typed, String before, String after)
            throws Exception {
        check("requirements.txt", DEPENDENCIES, typed, before, after);
    }

    /** A file of the project that another one includes, or that setuptools is told to read. */
    @Test
    void aLineIsWordedAnewInTheFileThatHasIt() throws Exception {
        Path project = project();
        Files.writeString(project.resolve("requirements.txt"), "-r base.txt\na\n");
        Files.writeString(project.resolve("base.txt"), "six<2\n");
        Adding.Added added =
                Adding.to(Project.at(project), typed(project, "six>=2", "b"), DEPENDENCIES);
        assertThat(added.edit().files()).hasSize(2);
        assertThat(texts(added.edit()))
                .isEqualTo(
                        Map.of("base.txt", "six>=2\n", "requirements.txt", "-r base.txt\na\nb\n"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                HEAD
                        + "dynamic = ['dependencies']\n[tool.setuptools.dynamic]\ndependencies = {file = 'base.txt'}\n");
        added = Adding.to(Project.at(project), typed(project, "b"), DEPENDENCIES);
        assertThat(texts(added.edit())).isEqualTo(Map.of("base.txt", "six<2\nb\n"));
    }
}
