package dev.blast.environment.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WayTest {
    @TempDir Path folder;

    /** What toRealPath says at the end, and each place that decides about it on the way. */
    @Test
    void goesThroughLinksOfFoldersAndOfFiles() throws IOException {
        Path top = folder.toRealPath();
        Files.createDirectories(top.resolve("real/deep"));
        Files.createFile(top.resolve("real/program"));
        Files.createSymbolicLink(top.resolve("folder"), Path.of("real/deep"));
        Files.createSymbolicLink(top.resolve("real/deep/link"), Path.of("../program"));
        Path named = top.resolve("folder/./link");
        Way way = Way.to(named);
        assertThat(way.file()).isEqualTo(named.toRealPath()).isEqualTo(top.resolve("real/program"));
        assertThat(way.steps())
                .extracting(Way.Step::path)
                .contains(
                        Path.of("/"),
                        top,
                        top.resolve("folder"),
                        top.resolve("real/deep"),
                        top.resolve("real/deep/link"),
                        top.resolve("real/program"));
    }

    @Test
    void anAbsoluteLinkBeginsAtTheRootAndDotsAreThoseOfTheKernel() throws IOException {
        Path top = folder.toRealPath();
        Files.createDirectories(top.resolve("a/b"));
        Files.createFile(top.resolve("a/program"));
        Files.createSymbolicLink(top.resolve("to-b"), top.resolve("a/b"));
        assertThat(Way.to(top.resolve("to-b/../program")).file())
                .isEqualTo(top.resolve("a/program"));
    }

    @Test
    void aWayThatEndsNowhereIsNone() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> Way.to(folder.resolve("loop")))
                .isInstanceOf(FileSystemLoopException.class);
        assertThatThrownBy(() -> Way.to(folder.resolve("gone/x")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
