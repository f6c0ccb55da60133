package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LandmarksTest {
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
                    """)
    void gitTakesItForARepository(String listing, String found) throws IOException {
        lay(listing);
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of());
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
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(root.resolve(".venv")));
        assertThat(relative(landmarks.environments()))
                .containsExactly(".tox/py", "packages/app/env");
        assertThat(landmarks.complete()).isTrue();
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        lay("elsewhere/pyvenv.cfg project/x");
        Files.createSymbolicLink(root.resolve("project/link"), root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("project/loop"), root);
        assertThat(Landmarks.below(List.of(root.resolve("project")), Set.of()).environments())
                .isEmpty();
    }

    @Test
    void upperFoldersComeFirstAndTheBoundIsSaid() throws IOException {
        for (int i = 0; i < 40; i++) {
            lay("a/b/c/" + i + "/x");
        }
        lay("z/.venv/pyvenv.cfg");
        Landmarks landmarks = Landmarks.below(List.of(root), Set.of(), 30);
        assertThat(relative(landmarks.environments())).containsExactly("z/.venv");
        assertThat(landmarks.complete()).isFalse();
    }
}
