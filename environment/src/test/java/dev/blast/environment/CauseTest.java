package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CauseTest {
    private static final Path TMP = Path.of("/tmp");

    @Test
    void saysWhyAndWhereOnce() {
        var missing = new NoSuchFileException("/a/b");
        assertThat(Cause.of(missing)).isEqualTo("no such file or directory (/a/b)");
        assertThat(Cause.of(missing, Path.of("/a/b"))).isEqualTo("no such file or directory");
        assertThat(Cause.of(missing, Path.of("/a"))).isEqualTo("no such file or directory (/a/b)");
        assertThat(Cause.advice(missing, TMP).text()).isEmpty();
        assertThat(Cause.of(new IOException("cut short"))).isEqualTo("cut short");
    }

    @Test
    void aLinkThatLeadsNowhereIsOne(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("x"), Path.of("nowhere"));
        assertThat(Cause.of(new NoSuchFileException(link.toString()), link))
                .isEqualTo("it is a link to what is not there");
    }

    @Test
    void aFullDiskIsTheOneThatWasWrittenTo(@TempDir Path folder) {
        String target = folder.resolve("x").toString();
        var full = new FileSystemException("/store/x", target, "No space left on device");
        assertThat(Cause.of(full)).isEqualTo("No space left on device (" + target + ")");
        assertThat(Cause.advice(full, Path.of("/elsewhere")).text())
                .matches(
                        "\nmake room on the disk of %s \\([0-9,.]+ KiB are free\\)"
                                .formatted(Pattern.quote(folder.toString())));
        var loop = new FileSystemException("/store/x", target, "Too many links");
        assertThat(Cause.of(loop)).isEqualTo("Too many links (/store/x)");
    }

    @Test
    void whereNobodyMayWriteTheNextStepIsNamed() {
        assertThat(
                        Cause.advice(
                                        new FileSystemException(
                                                "/a", null, "Read-only file system"),
                                        TMP)
                                .text())
                .contains("work in another folder");
    }

    /** Somebody else's, or one's own and closed to oneself. */
    @Test
    void whatIsDeniedIsSomebodyElsesOrClosed(@TempDir Path folder) throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        String own = System.getProperty("user.name");
        assertThat(Files.getOwner(closed).getName()).isEqualTo(own);
        var denied = new AccessDeniedException(closed.resolve("x").toString());
        assertThat(Cause.advice(denied, TMP).text())
                .isEqualTo("\nits mode forbids it: chmod u+rwx " + closed);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThat(Cause.advice(denied, TMP).text()).isEmpty();
        Path file = Files.createFile(closed.resolve("x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assertThat(Cause.advice(denied, TMP).text())
                .isEqualTo("\nits mode forbids it: chmod u+rw " + file);
        String root = Files.getOwner(Path.of("/proc/1")).getName();
        if (!root.equals(own)) {
            assertThat(Cause.advice(new AccessDeniedException("/proc/1"), TMP).text())
                    .contains("as its owner");
        }
    }
}
