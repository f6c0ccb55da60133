package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -r FILE} where no other file says what is wanted. */
class AskedFilesTest {
    @TempDir Path folder;

    @Test
    void aFileThatIsAskedForIsRead() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop/requirements"));
        Path file = Files.writeString(shop.resolve("prod.txt"), "# nothing yet\n");
        Cli.Said without = blast("sync", "--offline");
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err())
                .contains(
                        "requirements/prod.txt is not read: blast sync -r requirements/prod.txt adds it once");
        Cli.Said with = blast("sync", "--offline", "-r", file.toString());
        assertThat(with.exit()).as(with.err()).isZero();
        assertThat(with.err()).doesNotContain("is not read");
        assertThat(folder.resolve("shop/.venv")).isDirectory();
    }

    @Test
    void itMayLieElsewhere() throws IOException {
        Files.createDirectories(folder.resolve("shop"));
        Path file = Files.writeString(folder.resolve("wanted.txt"), "");
        assertThat(blast("sync", "--offline").exit()).isEqualTo(1);
        Cli.Said with = blast("sync", "--offline", "-r", file.toString());
        assertThat(with.exit()).as(with.err()).isZero();
    }

    private Cli.Said blast(String... arguments) throws IOException {
        String home = Files.createDirectories(folder.resolve("home")).toString();
        return new Cli(folder.resolve("shop"), Map.of("HOME", home, "PATH", System.getenv("PATH")))
                .run(arguments);
    }
}
