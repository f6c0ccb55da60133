package dev.blast.environment.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.copy.CopyChange.Deed;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardedTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "free",
            textBlock =
                    """
                    src/a.py,                       ADDED,   free
                    Makefile,                       CHANGED, free
                    .git/hooks/pre-commit,          ADDED,   git runs what it says
                    .git/hooks/pre-commit,          REMOVED, git runs what it says
                    lib/.GIT/config,                ADDED,   git runs what it says
                    sub/.hg/hgrc,                   CHANGED, Mercurial runs what it says
                    data/HEAD,                      ADDED,   git takes its folder for a repository
                    data/HEAD,                      REMOVED, free
                    .vscode/tasks.json,             ADDED,   an editor runs what it says
                    .husky/pre-push,                ADDED,   git runs what is in it
                    tools/pyvenv.cfg,               ADDED,   Python takes its folder for an environment
                    src/sitecustomize.py,           ADDED,   Python runs it whenever it starts
                    lib/x.pth,                      ADDED,   Python runs what it says whenever it starts
                    .envrc,                         CHANGED, direnv runs it in a shell that comes here
                    policies/x.drl,                 ADDED,   rules
                    policies/deep/x,                REMOVED, rules
                    policies2/x,                    ADDED,   free
                    pyproject.toml,                 CHANGED, its [tool.blast] is another one
                    sub/pyproject.toml,             CHANGED, free
                    """)
    void whatOthersRunIsKeptOnlyIfNamed(Path path, Deed deed, String why) {
        var guarded = new Guarded(Map.of(Path.of("policies"), "rules"), true);
        assertThat(guarded.standing(path, deed))
                .isEqualTo(why == null ? Keepable.FREE : new Keepable.OnlyNamed(why));
    }
}
