package dev.blast.environment.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FolderLookTest {
    @TempDir Path temporary;
    private Path folder;

    @BeforeEach
    void aFolder() throws Exception {
        folder = Files.createDirectories(temporary.toRealPath().resolve("data"));
        Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(folder.resolve("a/b/c/d"), "x");
    }

    private String why() {
        return new FolderLook().objection(folder).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c/.env,        something in it looks like a secret",
        "a/.ssh/known,      something in it looks like a secret",
        "a/b/my.pem,        something in it looks like a secret",
        "a/b/c/plain,       ''"
    })
    void anyNameBelowCounts(String file, String why) throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "x");
        assertThat(why()).isEqualTo(why);
    }

    @Test
    void aLinkIsWhatItLeadsTo() throws Exception {
        Files.createDirectory(temporary.resolve(".aws"));
        Files.createSymbolicLink(folder.resolve("a/harmless"), temporary.resolve(".aws"));
        assertThat(why()).isEqualTo("something in it looks like a secret");
    }

    @Test
    void whatIsNoFileIsAnObjection() throws Exception {
        assertThat(
                        new ProcessBuilder("mkfifo", folder.resolve("a/b/p").toString())
                                .start()
                                .waitFor())
                .isZero();
        assertThat(why()).isEqualTo("a socket, a pipe or a device lies in it");
    }

    @Test
    void whatIsNotAllLookedAtMayHoldAnything() throws Exception {
        Path deep = folder;
        for (int i = 0; i < FolderLook.DEEPEST; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        assertThat(why()).isEqualTo("it is deeper than 32 folders");
        Files.delete(deep);
        assertThat(why()).isEmpty();
        for (int i = 0; i < FolderLook.MOST; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        assertThat(why()).startsWith("more than 20,000 names lie in it");
    }

    @Test
    void whatIsNotThereHoldsNothing() {
        assertThat(new FolderLook().objection(folder.resolve("none"))).isEmpty();
    }
}
