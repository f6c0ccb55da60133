package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.git.TestGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs git. */
final class GitElsewhereTest {
    @TempDir Path folder;

    private Path main;

    @BeforeEach
    void layOut() throws Exception {
        main = Files.createDirectory(folder.toRealPath().resolve("main"));
        TestGit.in(main, "init", "-q");
        TestGit.in(main, "commit", "-q", "--allow-empty", "-m", "one");
    }

    @Test
    void worktreesAndSubmodulesHaveIt() throws Exception {
        TestGit.in(main, "worktree", "add", "-q", "../tree");
        assertThat(GitElsewhere.of(main.resolveSibling("tree"))).contains(main.resolve(".git"));
        assertThat(GitElsewhere.of(main)).as("it is there already").isEmpty();

        Path outer = Files.createDirectory(main.resolveSibling("outer"));
        TestGit.in(outer, "init", "-q");
        TestGit.in(outer, "submodule", "--quiet", "add", main.toString(), "sub");
        assertThat(GitElsewhere.of(outer.resolve("sub")))
                .contains(outer.resolve(".git/modules/sub"));
    }

    /** A project says what it likes; a repository that does not say the same is not shown. */
    @Test
    void noOtherRepositoryIsShown() throws Exception {
        TestGit.in(main, "worktree", "add", "-q", "../tree");
        Path hostile = Files.createDirectory(main.resolveSibling("hostile"));
        Path secret = Files.createDirectory(main.resolveSibling("secret"));
        for (String leads :
                List.of("../main/.git", "../main/.git/worktrees/tree", "../secret", "gone", "")) {
            Files.writeString(hostile.resolve(".git"), "gitdir: " + leads + "\n");
            assertThat(GitElsewhere.of(hostile)).as(leads).isEmpty();
        }
        Path own = Files.createDirectories(hostile.resolve("x/worktrees/y"));
        Files.writeString(hostile.resolve(".git"), "gitdir: x/worktrees/y\n");
        Files.writeString(own.resolve("gitdir"), hostile.resolve(".git") + "\n");
        for (Path common : List.of(secret, main.resolve(".git"), hostile.resolve("x"))) {
            Files.writeString(own.resolve("commondir"), common + "\n");
            assertThat(GitElsewhere.of(hostile)).as(common.toString()).isEmpty();
        }
        Files.delete(own.resolve("commondir"));
        Files.writeString(own.resolve("config"), "[core]\n\tworktree = " + hostile + "\n");
        assertThat(GitElsewhere.of(hostile)).as("in the project itself").isEmpty();
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path project = Files.createDirectory(main.resolveSibling("linked"));
        Files.createSymbolicLink(project.resolve(".git"), main.resolve(".git"));
        assertThat(GitElsewhere.of(project)).isEmpty();
    }
}
