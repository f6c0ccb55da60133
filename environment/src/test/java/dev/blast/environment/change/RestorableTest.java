package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorableTest {
    @Test
    void whatWasPackedComesOutAsItWas() {
        byte[] before = {0, (byte) 0xff, '\n'};
        byte[] after = "[project]\r\n".getBytes(StandardCharsets.UTF_8);
        var left =
                new Restorable(
                        Tree.of(
                                List.of(
                                        new TreeEntry.Folder("bin", 0755),
                                        new TreeEntry.File("bin/a\\b", 0755, 1, 2, "sha256=x"),
                                        new TreeEntry.Link("lib64", 3, "lib"))),
                        Optional.of("format applied-1\nend\n"),
                        Optional.of("lock-version = '1.0'\n"),
                        List.of(
                                new Restorable.FileEdit(
                                        Path.of("a folder/pyproject.toml"), before, after),
                                new Restorable.FileEdit(Path.of("new.toml"), null, after)),
                        42);
        Restorable read = Restorable.unpacked(left.packed());
        assertThat(read.tree()).isEqualTo(left.tree());
        assertThat(read.applied()).isEqualTo(left.applied());
        assertThat(read.lock()).isEqualTo(left.lock());
        assertThat(read.notedNanos()).isEqualTo(42);
        assertThat(read.edits()).hasSize(2);
        assertThat(read.edits().getLast().before()).isEmpty();
        assertThat(read.edits())
                .first()
                .satisfies(
                        it -> assertThat(it.file()).isEqualTo(Path.of("a folder/pyproject.toml")))
                .satisfies(it -> assertThat(it.before()).contains(before))
                .satisfies(it -> assertThat(it.after()).isEqualTo(after));
        assertThat(Restorable.unpacked(Restorable.NOTHING.packed())).isEqualTo(Restorable.NOTHING);
    }

    @Test
    void whatIsNotWholeIsRefused() {
        byte[] packed = Restorable.NOTHING.packed();
        assertThatThrownBy(() -> Restorable.unpacked(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Restorable.unpacked(Arrays.copyOf(packed, packed.length - 9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Restorable.parse("noted 1\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
