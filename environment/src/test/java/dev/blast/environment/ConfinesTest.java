package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Environments that came with a repository: whatever their journal says, nothing outside changes.
 */
class ConfinesTest {
    private static final String ID = "0b6a1a6e-3c1c-4d0e-9a53-7d6c0f1f2a3b";

    @TempDir Path folder;

    private Environment environment;
    private Path staging;
    private Path outside;

    @BeforeEach
    void anEnvironmentFromElsewhere() throws Exception {
        environment = Environment.in(Files.createDirectory(folder.resolve("project")));
        staging = environment.folder().resolve("staging").resolve(ID);
        outside = folder.resolve("outside.txt");
        Trees.write(environment.root(), Map.of("pyvenv.cfg", "home", "lib/a.py", "a"));
        Trees.write(
                staging,
                Map.of(
                        "publish/0",
                        "evil",
                        "new/lib/x",
                        "evil",
                        "old/0",
                        "evil",
                        "generation",
                        ""));
        Files.writeString(outside, "before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.txt",
                "../../outside.txt",
                "lib/../../x",
                "/etc/x",
                ".blast/state.db",
                "",
                ".."
            })
    void aStepOutsideIsRefused(String path) throws Exception {
        journal(ID, List.of(new Step.Remove(path, 0, false)), List.of(), false);
        assertRefused("which no change of this environment writes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outside.txt",
                "project/setup.py",
                "project/sub/pylock.toml",
                "blast/environments/0123456789abcdef.environment"
            })
    void aPublicationElsewhereIsRefused(String target) throws Exception {
        journal(ID, List.of(), List.of(folder.resolve(target)), true);
        assertRefused("which no change of this environment writes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../..", "x/y", "0"})
    void anIdThatIsAPathIsRefused(String id) throws Exception {
        journal(id, List.of(), List.of(), true);
        assertRefused("which no change of this environment writes");
    }

    @Test
    void aLinkInsideDoesNotLeadOut() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(environment.root().resolve("link"), elsewhere);
        journal(ID, List.of(new Step.Remove("link/evil", 0, false)), List.of(), false);
        assertRefused("leads out of the environment");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aTextThatIsALinkIsNotPublished() throws Exception {
        Path text = staging.resolve("publish/0");
        Files.delete(text);
        Files.createSymbolicLink(text, outside);
        journal(ID, List.of(), List.of(folder.resolve("project/pylock.toml")), true);
        assertRefused("no ordinary file");
        assertThat(folder.resolve("project/pylock.toml")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "displaced", "applied", "state.db", "lock"})
    void aLinkInThePrivateFolderIsRefused(String name) throws Exception {
        Path link = environment.folder().resolve(name);
        if (Files.exists(link)) {
            Files.move(link, folder.resolve("moved"));
        }
        Files.createSymbolicLink(link, folder);
        journal(ID, List.of(), List.of(), false);
        assertRefused("is a symbolic link");
    }

    @Test
    void anEnvironmentThatIsALinkIsRefused() throws Exception {
        journal(ID, List.of(), List.of(), false);
        Files.move(environment.root(), folder.resolve("other"));
        Files.createSymbolicLink(environment.root(), folder.resolve("other"));
        assertRefused("is a symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "remove x keep a", "remove 0", "publish 0", "place a\\"})
    void aLineThatNoBlastWritesIsAnError(String line) throws Exception {
        var crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                Recovery.journal(environment), "%08x %s\n".formatted(crc.getValue(), line));
        assertRefused("a line that no Blast writes");
    }

    private void journal(String id, List<Step> steps, List<Path> targets, boolean committed)
            throws IOException {
        var publications = targets.stream().map(t -> new Journal.Publication(0, t)).toList();
        var journal = new Journal(id, 2, steps, publications, true, committed);
        Path file = Recovery.journal(environment);
        Files.write(file, journal.plan());
        if (committed) {
            Files.writeString(
                    file,
                    new String(journal.plan(), StandardCharsets.UTF_8)
                            + new String(Journal.commit(), StandardCharsets.UTF_8));
        }
    }

    private void assertRefused(String why) throws IOException {
        assertThatThrownBy(() ->
                        environment.recover(
                                "blast check", new Sync.Patience(Duration.ZERO, _ -> {})))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(why);
        assertThat(outside).hasContent("before");
        assertThat(folder.resolve("project/setup.py")).doesNotExist();
    }
}
