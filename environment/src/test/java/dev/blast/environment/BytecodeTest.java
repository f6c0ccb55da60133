package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BytecodeTest {
    @TempDir Path project;

    @Test
    void oldFoldersGoAndNoLinkIsFollowed() throws Exception {
        Environment environment = Environment.in(project.toRealPath());
        Path folder = environment.root().resolve(".blast/bytecode");
        Path elsewhere = Files.createDirectories(project.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("file"), "x");
        for (int i = 0; i < 12; i++) {
            Path one = Files.createDirectories(folder.resolve("key" + i));
            Files.createSymbolicLink(one.resolve("link"), elsewhere);
            Files.setLastModifiedTime(one, FileTime.fromMillis(1000L * i));
        }
        new Bytecode(environment).tidy();
        assertThat(names(folder)).hasSize(8).contains("key11", "key4").doesNotContain("key3");
        new Bytecode(environment).clear();
        assertThat(names(folder)).isEmpty();
        assertThat(elsewhere.resolve("file")).exists();
    }

    private static java.util.List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
