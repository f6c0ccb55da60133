package dev.blast.environment.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Trees;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
    @TempDir Path root;

    @Test
    void aTextHoldsAllOfATree() {
        Tree tree =
                Tree.of(
                        List.of(
                                new TreeEntry.Folder("lib", 0755),
                                new TreeEntry.Link("lib64", 3, "lib"),
                                new TreeEntry.Link("bin/a b", -1, "with\nline \\ and more"),
                                new TreeEntry.File("lib/a\nb c", 0644, -5, 7, "sha256=x"),
                                new TreeEntry.File(
                                        "lib/ü", 0755, 1_700_000_000_123_456_789L, 0, "sha256=y")));
        assertThat(Tree.parse(tree.text())).isEqualTo(tree);
        assertThat(tree.hash()).isEqualTo(Tree.parse(tree.text()).hash());
        for (String line :
                List.of("fifo 644 a", "file 644 1 2 x", "folder", "link 1 a", "file 9 1 2 h p")) {
            assertThatThrownBy(() -> Tree.parse(line))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** A stack would end, and so would the descriptors of a folder each. */
    @Test
    void aTreeMayBeDeep() throws Exception {
        int depth = 1500;
        Path at = Files.createDirectory(root.resolve("lib"));
        for (int i = 0; i < depth; i++) {
            at = Files.createDirectory(at.resolve("d"));
        }
        Files.writeString(at.resolve("f.py"), "deep");
        assertThat(scan().entries()).hasSize(depth + 2);
        Trees.delete(root.resolve("lib")); // JUnit would take half a minute
    }

    @Test
    void whatPythonAndOthersLeaveBesideIsNoPartOfIt() throws Exception {
        Trees.write(
                root,
                Map.of(
                        "pyvenv.cfg", "home = /usr/bin",
                        ".blast/applied", "ours",
                        "notes.txt", "a person's",
                        "data/shipped.txt", "by a wheel",
                        "lib/site/a/__init__.py", "a",
                        "lib/site/a/__pycache__/__init__.cpython-312.pyc", "python's",
                        "lib/site/b.py", "b",
                        "lib/site/__pycache__/b.cpython-312.pyc", "pip's",
                        "lib/site/b-1.dist-info/RECORD",
                                "b.py,,\n__pycache__/b.cpython-312.pyc,,\n../../data/shipped.txt,,\n../../../outside,,\n../../.blast/applied,,\n",
                        "share/empty/", ""));
        Files.createSymbolicLink(root.resolve("lib64"), Path.of("lib"));
        Files.createSymbolicLink(root.resolve("etc"), Path.of("/etc"));
        new ProcessBuilder("mkfifo", root.resolve("lib/pipe").toString()).start().waitFor();
        assertThat(scan().entries().stream().map(TreeEntry::path))
                .containsExactly(
                        "data/shipped.txt",
                        "etc",
                        "lib",
                        "lib/site",
                        "lib/site/__pycache__",
                        "lib/site/__pycache__/b.cpython-312.pyc",
                        "lib/site/a",
                        "lib/site/a/__init__.py",
                        "lib/site/b-1.dist-info",
                        "lib/site/b-1.dist-info/RECORD",
                        "lib/site/b.py",
                        "lib64",
                        "pyvenv.cfg",
                        "share",
                        "share/empty");
        assertThat(scan().at("etc").orElseThrow()).isInstanceOf(TreeEntry.Link.class);
    }

    /** A change between any two trees, applied to a map of the one, gives the other. */
    @RepeatedTest(300)
    void aChangeMakesOneTreeOfTheOther(RepetitionInfo repetition) {
        var random = new Random(20261130L + repetition.getCurrentRepetition());
        Tree from = random(random);
        Tree to = random(random);
        TreeChange change = TreeChange.between(from, to);
        var result = new TreeMap<String, TreeEntry>();
        from.entries().forEach(it -> result.put(it.path(), it));
        change.going().forEach(result::remove);
        change.coming().forEach(it -> result.put(it.path(), it));
        to.entries().stream()
                .filter(TreeEntry.Folder.class::isInstance)
                .forEach(it -> result.put(it.path(), it));
        result.values()
                .removeIf(it ->
                        it instanceof TreeEntry.Folder
                                && to.at(it.path()).isEmpty()
                                && from.below(it.path()).size() > 1);
        assertThat(Tree.of(result.values())).isEqualTo(to);
        assertThat(TreeChange.between(to, to).isEmpty()).isTrue();
        assertThat(TreeChange.between(from, from).isEmpty()).isTrue();
    }

    private static Tree random(Random random) {
        var entries = new ArrayList<TreeEntry>();
        for (String folder : List.of("bin", "lib", "lib/a", "lib/a/b", "share")) {
            boolean isUnder =
                    !folder.contains("/")
                            || has(entries, folder.substring(0, folder.lastIndexOf('/')));
            if (isUnder && random.nextInt(4) > 0) {
                entries.add(new TreeEntry.Folder(folder, 0755));
                for (String name : List.of("x", "y", "z")) {
                    String path = folder + "/" + name;
                    switch (random.nextInt(4)) {
                        case 0 ->
                                entries.add(
                                        new TreeEntry.File(
                                                path,
                                                0644,
                                                random.nextInt(2),
                                                1,
                                                "sha256=" + random.nextInt(2)));
                        case 1 -> entries.add(new TreeEntry.Link(path, 0, "t" + random.nextInt(2)));
                        case 2 -> entries.add(new TreeEntry.Folder(path, 0755));
                        default -> {}
                    }
                }
            }
        }
        return Tree.of(entries);
    }

    private static boolean has(List<TreeEntry> entries, String path) {
        return entries.stream().anyMatch(it -> it.path().equals(path));
    }

    @Test
    void timesAndModesAreOfTheNamesThemselves() throws Exception {
        Path file = Files.createDirectories(root.resolve("bin")).resolve("tool");
        Files.writeString(file, "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.ofEpochSecond(1_600_000_000, 123_456_789)));
        assertThat(scan().files())
                .containsExactly(
                        new TreeEntry.File(
                                "bin/tool",
                                0750,
                                1_600_000_000_123_456_789L,
                                1,
                                Contents.hash(file)));
    }

    private Tree scan() throws Exception {
        try (HeldFolder held = HeldFolder.open(root)) {
            return TreeScan.of(held, (_, _, place) -> Contents.hash(place));
        }
    }
}
