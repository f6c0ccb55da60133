package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder above may say what is installed. */
class ProjectSearchTest {
    @TempDir Path folder;

    private Path above;
    private Path here;

    @BeforeEach
    void aProjectTwoFoldersAbove() throws IOException {
        above = Files.createDirectories(folder.resolve("above"));
        here = Files.createDirectories(above.resolve("src/deep"));
        Files.writeString(above.resolve("pyproject.toml"), "[project]\n");
    }

    @Test
    void isFoundFromBelow() {
        assertThat(found()).isEqualTo(above);
    }

    @Test
    void aCheckoutIsTheEnd() throws IOException {
        Files.createDirectories(above.resolve("src/.git"));
        assertThat(found()).isEqualTo(here);
    }

    @Test
    void aWorktreesGitIsAFile() throws IOException {
        Files.writeString(above.resolve("src/.git"), "gitdir: elsewhere\n");
        assertThat(found()).isEqualTo(here);
    }

    @Test
    void theTopOfACheckoutIsLookedAt() throws IOException {
        Files.createDirectories(above.resolve(".git"));
        assertThat(found()).isEqualTo(above);
    }

    @Test
    void aHomeIsAProjectOnlyToThoseWhoStandInIt() {
        assertThat(Project.directoryOf(here, above)).isEqualTo(here);
        assertThat(Project.directoryOf(above, above)).isEqualTo(above);
    }

    @Test
    void aFolderWhereAnybodyMayWriteIsNobodysWord() throws IOException {
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(found()).isEqualTo(here);
        assertThat(Project.directoryOf(above, folder)).isEqualTo(above);
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(above, "unix:mode", 01755);
        assertThat(found()).isEqualTo(here);
    }

    @Test
    void anotherOwnerIsTheEndAndTheStartsOwnIsNot() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
        Files.setAttribute(above, "unix:uid", 4242);
        assertThat(found()).isEqualTo(here);
        Files.setAttribute(above.resolve("src"), "unix:uid", 4242);
        Files.setAttribute(here, "unix:uid", 4242);
        assertThat(found()).isEqualTo(above);
    }

    private Path found() {
        return Project.directoryOf(here, folder.resolve("home"));
    }
}
