package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AmendingTest {
    private static final String HEAD = "[project]\nname = 's'\nversion = '1'\n";

    @TempDir Path folder;

    /** The requirement whose text is {@code was} gets other versions, or goes. */
    static Stream<Arguments> edits() {
        return Stream.of(
                edit(
                        "pyproject.toml",
                        HEAD + "dependencies = [\n  'numpy < 1.25', # abi\n  \"pandas\",\n]\n",
                        "numpy<1.25",
                        ">=1.26,<2",
                        HEAD
                                + "dependencies = [\n  'numpy >= 1.26, < 2', # abi\n  \"pandas\",\n]\n"),
                edit(
                        "pyproject.toml",
                        HEAD + "dependencies = ['numpy<1.25', 'pandas']\n",
                        "numpy<1.25",
                        null,
                        HEAD + "dependencies = ['pandas']\n"),
                edit( // one of two, by its marker
                        "pyproject.toml",
                        HEAD
                                + "dependencies = [\"a<1; os_name == 'nt'\", \"a<1; os_name == 'posix'\"]\n",
                        "a<1; os_name == \"posix\"",
                        "<2",
                        HEAD
                                + "dependencies = [\"a<1; os_name == 'nt'\", \"a<2; os_name == 'posix'\"]\n"),
                edit( // one of two groups on one line
                        "pyproject.toml",
                        "dependency-groups = {dev = ['a<1', 'b'], x = ['a<1']}\r\n",
                        "a<1",
                        null,
                        "dependency-groups = {dev = ['b'], x = ['a<1']}\r\n"),
                edit( // by an include
                        "pyproject.toml",
                        "[dependency-groups]\ndev = [{include-group = 't'}]\nt = [\n 'a<1',\n]\n",
                        "a<1",
                        "<2",
                        "[dependency-groups]\ndev = [{include-group = 't'}]\nt = [\n 'a<2',\n]\n"),
                edit( // by an extra of the project's own
                        "pyproject.toml",
                        HEAD + "dependencies = ['s[x]']\noptional-dependencies.x = ['''a<1''']\n",
                        "a<1",
                        "<2",
                        HEAD + "dependencies = ['s[x]']\noptional-dependencies.x = ['''a<2''']\n"),
                edit(
                        "pyproject.toml",
                        HEAD + "[tool.uv]\nconstraint-dependencies = ['a<1', 'b<1']\n",
                        "b<1",
                        "<2",
                        HEAD + "[tool.uv]\nconstraint-dependencies = ['a<1', 'b<2']\n"),
                edit(
                        "pyproject.toml",
                        HEAD + "[tool.blast]\noverrides = [\n 'a<1',  # why\n 'b<1',\n]\n",
                        "a<1",
                        null,
                        HEAD + "[tool.blast]\noverrides = [\n 'b<1',\n]\n"),
                edit(
                        "requirements.txt",
                        "# top\r\nnumpy<1.25 ; os_name == 'posix'  # abi\r\npandas\r\n",
                        "numpy<1.25; os_name == \"posix\"",
                        ">=1.26,<2",
                        "# top\r\nnumpy>=1.26,<2 ; os_name == 'posix'  # abi\r\npandas\r\n"),
                edit(
                        "requirements.txt",
                        "\uFEFFa\n  b \\\n   <1 \\\n # c\nd",
                        "b<1",
                        "<2",
                        "\uFEFFa\n  b \\\n   <2 \\\n # c\nd"),
                edit(
                        "requirements.txt",
                        "a\nb<1 \\\n  ; os_name == 'posix'\nc",
                        "b<1; os_name == \"posix\"",
                        null,
                        "a\nc"),
                edit("requirements.txt", "a\nb<1", "b<1", "<2", "a\nb<2"),
                edit(
                        "requirements.txt",
                        "# -*- coding: latin-1 -*-\nb<1 # \u00fc\n",
                        "b<1",
                        "<2",
                        "# -*- coding: latin-1 -*-\nb<2 # \u00fc\n"));
    }

    private static Arguments edit(
            String file, String before, String was, @Nullable String to, String after) {
        return Arguments.of(file, before, was, to, after);
    }

    @ParameterizedTest
    @MethodSource("edits")
    void changesTheRequirementAlone(
            String file, String before, String was, @Nullable String to, String after)
            throws Exception {
        var charset =
                before.contains("latin-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        Files.write(folder.resolve(file), before.getBytes(charset));
        Project project = Project.at(folder);
        RootRequirement root = root(project, was);
        var amended = (AmendedProject.Edited) project.amended(List.of(amendment(root, to)));
        assertThat(amended.files()).hasSize(1);
        assertThat(new String(amended.files().getFirst().after(), charset)).isEqualTo(after);
        assertThat(amended.files().getFirst().before()).isEqualTo(before.getBytes(charset));
        Files.write(folder.resolve(file), after.getBytes(charset));
        assertThat(amended.project()).isEqualTo(Project.at(folder));
        if (to != null) {
            assertThat(all(amended.project()).map(it -> it.requirement().specifier()))
                    .contains(SpecifierSet.parse(to));
        }
    }

    private static Stream<RootRequirement> all(Project project) throws Exception {
        return Stream.concat(
                project.requirements(project.defaultGroups(), List.of()).stream(),
                project.constraints().stream());
    }

    private static RootRequirement root(Project project, String text) throws Exception {
        return all(project)
                .filter(it -> it.requirement().toString().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static Amendment amendment(RootRequirement root, @Nullable String to) {
        return new Amendment(root, to == null ? null : SpecifierSet.parse(to));
    }

    @Test
    void severalInSeveralFilesAtOnce() throws Exception {
        Files.createDirectories(folder.resolve("deps"));
        Files.writeString(folder.resolve("requirements.txt"), "-r deps/a.in\n-c deps/c.txt\nz\n");
        Files.writeString(folder.resolve("deps/a.in"), "a<1\nb==1\nc==1\n");
        Files.writeString(folder.resolve("deps/c.txt"), "# pins\nd==1\n");
        Project project = Project.at(folder);
        var amended =
                (AmendedProject.Edited)
                        project.amended(
                                List.of(
                                        amendment(root(project, "a<1"), "<2"),
                                        amendment(root(project, "c==1"), null),
                                        amendment(root(project, "d==1"), null)));
        assertThat(amended.files())
                .extracting(it -> it.file() + " " + new String(it.after(), StandardCharsets.UTF_8))
                .containsExactly("deps/a.in a<2\nb==1\n", "deps/c.txt # pins\n");
        assertThat(amended.files().getFirst().lines())
                .containsExactly(
                        new AmendedLines(1, List.of("a<1"), List.of("a<2")),
                        new AmendedLines(3, List.of("c==1"), List.of()));
        assertThat(amended.project().constraints()).isEmpty();
    }

    @Test
    void whatLiesElsewhereIsNotEdited() throws Exception {
        Path project = Files.createDirectories(folder.resolve("p"));
        Files.writeString(folder.resolve("shared.txt"), "a<1\n");
        Files.writeString(project.resolve("real.txt"), "b<1\n");
        Files.createSymbolicLink(project.resolve("link.txt"), Path.of("real.txt"));
        Files.writeString(
                project.resolve("requirements.txt"),
                "-r ../shared.txt\n-r link.txt\nc<1 --hash=sha256:00\n");
        Files.writeString(folder.resolve("pip.txt"), "d==1\n");
        Files.writeString(project.resolve("own.txt"), "e==1\n");
        Project read =
                Project.at(project)
                        .narrowedBy(
                                List.of(
                                        folder.resolve("pip.txt").toString(),
                                        project.resolve("own.txt").toString()));
        for (String text : List.of("a<1", "b<1", "c<1", "d==1", "e==1")) {
            var no =
                    (AmendedProject.NotEditable)
                            read.amended(List.of(amendment(root(read, text), "<2")));
            assertThat(no.why()).singleElement().asString().startsWith(text + " (");
        }
        var line = new RootRequirement(root(read, "a<1").requirement(), "the command line", null);
        assertThat(read.amended(List.of(new Amendment(line, null))))
                .isEqualTo(
                        new AmendedProject.NotEditable(
                                List.of(
                                        "a<1 (the command line) is no file of this project: take it out there")));
    }
}
