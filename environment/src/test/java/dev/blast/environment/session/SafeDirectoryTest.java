package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.git.TestGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs git. */
final class SafeDirectoryTest {
    private static final int SOMEBODY = 4242;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /srv/p              | true
                    /srv/p/             | true
                    /srv/x/../p         | true
                    *                   | true
                    /srv/*              | true
                    /*                  | true
                    /srv/p/*            | false
                    /srv/pp             | false
                    /srv                | false
                    srv/p               | false
                    .                   | false
                    /srv/p , ''         | false
                    /srv/p , '' , /a    | false
                    '' , /srv/p         | true
                    /a , /srv/p , /b    | true
                    """)
    void theListIsReadAsGitReadsIt(String values, boolean safe) {
        List<String> each =
                Stream.of(values.split(",")).map(it -> it.strip().replace("''", "")).toList();
        assertThat(SafeDirectory.lists(each, Path.of("/srv/p"))).isEqualTo(safe);
    }

    @Test
    void itIsToldAfterWhatOthersTell() {
        Path repository = Path.of("/srv/p");
        assertThat(SafeDirectory.told(repository, ""))
                .containsOnly(
                        Map.entry("GIT_CONFIG_COUNT", "1"),
                        Map.entry("GIT_CONFIG_KEY_0", "safe.directory"),
                        Map.entry("GIT_CONFIG_VALUE_0", "/srv/p"));
        assertThat(SafeDirectory.told(repository, "2"))
                .containsOnly(
                        Map.entry("GIT_CONFIG_COUNT", "3"),
                        Map.entry("GIT_CONFIG_KEY_2", "safe.directory"),
                        Map.entry("GIT_CONFIG_VALUE_2", "/srv/p"));
        assertThat(SafeDirectory.told(repository, "many")).isEmpty();
    }

    @Test
    void onlyWhatThePersonListsAndSomebodyElseOwns() throws Exception {
        Path home = Files.createDirectory(folder.toRealPath().resolve("home"));
        Path mine = repository("mine");
        Path theirs = repository("theirs");
        Path unlisted = repository("unlisted");
        Files.writeString(
                home.resolve(".gitconfig"),
                "[include]\n\tpath = more\n[safe]\n\tdirectory = %s\n".formatted(mine));
        Files.writeString(home.resolve("more"), "[safe]\n\tdirectory = ~/../theirs\n");
        Map<String, String> caller = caller(home);
        assertThat(SafeDirectory.of(mine, caller)).as("own").isEmpty();

        giveAway(theirs);
        giveAway(unlisted);
        Path below = Files.createDirectory(theirs.resolve("below"));
        assertThat(SafeDirectory.of(theirs, caller)).contains(theirs);
        assertThat(SafeDirectory.of(below, caller)).contains(theirs);
        assertThat(SafeDirectory.of(unlisted, caller)).isEmpty();
        Files.writeString(
                unlisted.resolve(".git/config"), "[safe]\n\tdirectory = *\n"); // its own word
        assertThat(SafeDirectory.of(unlisted, caller)).isEmpty();
        assertThat(SafeDirectory.of(theirs, caller(folder))).as("another home").isEmpty();
    }

    @Test
    void whoCalledSudoIsNoStranger() throws Exception {
        Path theirs = repository("theirs");
        giveAway(theirs);
        String home = folder.toString();
        assertThat(SafeDirectory.of(theirs, Map.of("HOME", home, "SUDO_UID", "" + SOMEBODY)))
                .contains(theirs.toRealPath());
        assertThat(SafeDirectory.of(theirs, Map.of("HOME", home, "SUDO_UID", "4243"))).isEmpty();
        assertThat(SafeDirectory.of(theirs, Map.of("HOME", home, "SUDO_UID", "x"))).isEmpty();
    }

    private static Map<String, String> caller(Path home) {
        return Map.of("HOME", home.toString(), "GIT_CONFIG_NOSYSTEM", "1");
    }

    private Path repository(String name) throws Exception {
        Path repository = Files.createDirectory(folder.toRealPath().resolve(name));
        TestGit.in(repository, "init", "-q");
        return repository;
    }

    private static void giveAway(Path repository) throws IOException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "only root gives files away");
        for (Path each : List.of(repository, repository.resolve(".git"))) {
            Files.setAttribute(each, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
