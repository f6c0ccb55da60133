package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenamesTest {
    private static final Set<String> LASTING = Set.of("bin", "lib", "lib/site");

    @TempDir Path root;
    @TempDir Path staged;

    @Test
    void anOrdinaryPackageIsOneRenameAndItsDistInfoGoesFirst() throws IOException {
        here(
                "lib/site/a/__init__.py",
                "lib/site/a/sub/x.py",
                "lib/site/a-1.dist-info/RECORD",
                "lib/site/b/__init__.py");
        assertThat(
                        going(
                                "lib/site/a/__init__.py",
                                "lib/site/a/sub/x.py",
                                "lib/site/a-1.dist-info/RECORD"))
                .containsExactly("remove lib/site/a-1.dist-info", "remove lib/site/a");
    }

    @Test
    void aForeignFileKeepsItsFolder() throws IOException {
        here("lib/site/a/__init__.py", "lib/site/a/sub/x.py", "lib/site/a/notes.txt");
        assertThat(going("lib/site/a/__init__.py", "lib/site/a/sub/x.py"))
                .containsExactly("remove lib/site/a/__init__.py", "remove lib/site/a/sub");
    }

    @Test
    void twoDistributionsInOneNamespace() throws IOException {
        here("lib/site/ns/one/x.py", "lib/site/ns/two/y.py");
        assertThat(going("lib/site/ns/one/x.py")).containsExactly("remove lib/site/ns/one");
        comes(
                "lib/site/ns/three/z.py",
                "lib/site/ns/one/x.py",
                "lib/site/three-1.dist-info/RECORD");
        assertThat(going("lib/site/ns/one/x.py"))
                .containsExactly(
                        "remove lib/site/ns/one",
                        "place lib/site/ns/one",
                        "place lib/site/ns/three",
                        "place lib/site/three-1.dist-info");
    }

    @Test
    void bytecodeGoesWithItsSourceAndStaysWithout() throws IOException {
        here(
                "lib/site/__pycache__/one.cpython-312.pyc",
                "lib/site/__pycache__/two.cpython-312.opt-1.pyc",
                "lib/site/__pycache__/stale.cpython-312.pyc",
                "lib/site/one.py",
                "lib/site/two.py",
                "lib/site/a/x.py",
                "lib/site/a/__pycache__/x.cpython-312.pyc");
        assertThat(going("lib/site/one.py", "lib/site/a/x.py"))
                .containsExactly(
                        "remove lib/site/__pycache__/one.cpython-312.pyc",
                        "remove lib/site/__pycache__/stale.cpython-312.pyc",
                        "remove lib/site/a",
                        "remove lib/site/one.py");
    }

    @Test
    void somebodyElsesFileInTheWayIsKept() throws IOException {
        here("bin/tool", "lib/site/a");
        comes("bin/tool", "lib/site/a/__init__.py", "pyvenv.cfg");
        assertThat(going())
                .containsExactly(
                        "keep bin/tool",
                        "keep lib/site/a",
                        "place bin/tool",
                        "place lib/site/a",
                        "place pyvenv.cfg");
    }

    @Test
    void lastingFoldersStayAndLinksAreNotFollowed() throws IOException {
        here("bin/tool", "lib/site/x.py");
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("x.py"), "");
        Files.createSymbolicLink(root.resolve("lib/site/link"), outside);
        assertThat(going("bin/tool", "lib/site/x.py", "lib/site/link/x.py", "lib/site/gone.py"))
                .containsExactly("remove bin/tool", "remove lib/site/x.py");
    }

    @Test
    void aFolderNamedWholeGoesWithAllThatIsInIt() throws IOException {
        here("lib/python3.11/site-packages/x.py", "lib/python3.11/mine.txt", "bin/python");
        assertThat(going("lib", "bin")).containsExactly("remove bin", "remove lib");
    }

    private void here(String... files) throws IOException {
        write(root, files);
    }

    private void comes(String... files) throws IOException {
        write(staged, files);
    }

    private static void write(Path folder, String... files) throws IOException {
        var tree = new TreeMap<String, String>();
        Arrays.stream(files).forEach(f -> tree.put(f, f));
        Trees.write(folder, tree);
    }

    private List<String> going(String... files) throws IOException {
        return Renames.plan(root, staged, Set.of(files), LASTING).stream()
                .map(step ->
                        switch (step) {
                            case Rename.Remove(String path, _, boolean keep) ->
                                    (keep ? "keep " : "remove ") + path;
                            case Rename.Place(String path) -> "place " + path;
                        })
                .toList();
    }
}
