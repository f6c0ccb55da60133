package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LandmarksTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path folder;

    private Path root;

    @BeforeEach
    void root() throws IOException {
        root = folder.toRealPath();
    }

    private void lay(String listing) throws IOException {
        for (String name : listing.split(" ", -1)) {
            Path path = root.resolve(name);
            if (name.endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.writeString(path, "x");
            }
        }
    }

    private List<String> relative(Collection<Path> paths) {
        return paths.stream().map(path -> root.relativize(path).toString()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    src/.git/config,                                src/.git
                    src/.git,                                       src/.git
                    src/.GIT/config,                                src/.GIT
                    src/.git/,                                      ''
                    a/HEAD a/objects/ a/refs/,                      a
                    a/HEAD a/commondir,                             a
                    HEAD objects/ refs/ config,                     ''
                    a/HEAD a/objects/,                              ''
                    a/objects/ a/refs/,                             ''
                    a/b/c/d/e/f/.git/HEAD,                          a/b/c/d/e/f/.git
                    src/.hg/hgrc,                                   src/.hg
                    src/.jj/repo/config.toml,                       src/.jj
                    src/.jj/ src/.hgignore src/hg/hgrc,             ''
                    """)
    void itIsTakenForARepository(String listing, String found) throws IOException {
        lay(listing);
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(), null);
        if (listing.startsWith("HEAD")) {
            assertThat(landmarks.repositories()).containsExactly(root);
        } else {
            assertThat(relative(landmarks.repositories()))
                    .isEqualTo(found.isEmpty() ? List.of() : List.of(found));
        }
    }

    @Test
    void environmentsOfAnyToolAtAnyDepth() throws IOException {
        lay(".venv/pyvenv.cfg .tox/py/pyvenv.cfg packages/app/env/pyvenv.cfg env/lib/x.py");
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(root.resolve(".venv")), root);
        assertThat(relative(landmarks.environments()))
                .containsExactly(".tox/py", "packages/app/env");
        assertThat(landmarks.complete()).isTrue();
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        lay("elsewhere/pyvenv.cfg project/x");
        Files.createSymbolicLink(root.resolve("project/link"), root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("project/loop"), root);
        assertThat(Landmarks.below(List.of(root.resolve("project")), Set.of(), null).environments())
                .isEmpty();
    }

    @Test
    void upperFoldersComeFirstAndTheBoundIsSaid() throws IOException {
        for (int i = 0; i < 40; i++) {
            lay("a/b/c/" + i + "/x");
        }
        lay("z/.venv/pyvenv.cfg");
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(), null, 30, LONG);
        assertThat(relative(landmarks.environments())).containsExactly("z/.venv");
        assertThat(landmarks.complete()).isFalse();
        assertThat(landmarks.stoppedAt()).isEqualTo(root.resolve("a/b/c"));
    }

    @Test
    void aSlowFileSystemIsBoundedByTime() throws IOException {
        lay("a/b/x");
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(), null, 30, Duration.ZERO);
        assertThat(landmarks.stoppedAt()).isEqualTo(root);
    }

    @Test
    void oneFolderCannotHoldMoreThanTheBound() throws IOException {
        for (int i = 0; i < 40; i++) {
            lay("file" + i);
        }
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(), null, 30, LONG);
        assertThat(landmarks.stoppedAt()).as("what else it holds is not known").isEqualTo(root);
    }

    /** What is closed as a whole need not be looked into; what a program has just made is. */
    @Test
    void whatIsFoundIsLookedIntoOnlyWhereItStaysOpen() throws IOException {
        lay("env/pyvenv.cfg env/src/.git/HEAD a/HEAD a/objects/ a/refs/ a/x/.git/HEAD");
        assertThat(relative(Landmarks.below(List.of(root), Set.of(), root).repositories()))
                .containsExactly("a");
        assertThat(
                        relative(
                                Landmarks.below(List.of(root), Set.of(), root.resolve("a/y"))
                                        .repositories()))
                .containsExactly("a", "a/x/.git");
        assertThat(relative(Landmarks.below(List.of(root), Set.of(), null).repositories()))
                .containsExactly("a", "a/x/.git", "env/src/.git");
    }

    /** Names in another encoding than that of this process. */
    @ParameterizedTest
    @ValueSource(strings = {"caf\\303\\251", "caf\\351", "\\377\\376"})
    void namesThatAreNoAsciiAreFollowed(String name) throws Exception {
        Process made =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "d=$(printf '%s') && mkdir -p \"$d/deep/.git\" && : >\"$d/deep/.git/HEAD\""
                                        .formatted(name))
                        .directory(root.toFile())
                        .start();
        assertThat(made.waitFor()).isZero();
        assertThat(Landmarks.below(List.of(root), Set.of(), null).repositories()).hasSize(1);
    }
}
