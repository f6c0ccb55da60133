package dev.blast.environment.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.copy.CopyChange.Deed;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
                    sitecustomize.cpython-312-x86_64-linux-gnu.so, ADDED, Python runs it whenever it starts
                    lib/usercustomize/__init__.py,  ADDED,   Python runs it whenever it starts
                    __pycache__/sitecustomize.cpython-312.pyc, ADDED, Python runs it whenever it starts
                    sitecustomized.py,              ADDED,   free
                    lefthook.toml,                  ADDED,   git's hooks run what it says
                    .lefthook-local.json,           CHANGED, git's hooks run what it says
                    .devcontainer.json,             ADDED,   an editor runs what it says
                    shop.code-workspace,            ADDED,   an editor runs what it says
                    mise.local.toml,                ADDED,   mise runs what it says
                    .mise/config.toml,              ADDED,   mise runs what it says
                    .config/mise/config.toml,       ADDED,   mise runs what it says
                    sub/.config/mise.toml,          ADDED,   mise runs what it says
                    .config/miser/x,                ADDED,   free
                    .github/copilot-instructions.md, ADDED,  an agent does what it says
                    .clinerules,                    ADDED,   an agent does what it says
                    .clinerules/x.md,               ADDED,   an agent does what it says
                    .agents/skills/x,               ADDED,   an agent runs what it says
                    .opencode/plugin/x.ts,          ADDED,   an agent runs what it says
                    .gemini/settings.json,          ADDED,   an agent runs what it says
                    .codex/config.toml,             ADDED,   an agent runs what it says
                    sub/AGENTS.md,                  ADDED,   an agent does what it says
                    CLAUDE.md,                      CHANGED, an agent does what it says
                    CLAUDE.md,                      REMOVED, free
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

    @Test
    void whereWhatIsToComeIsLaidOutNothingIsAStrangers() {
        assertThat(new Guarded(Map.of(), false).standing(Path.of(".blast-keep-1/0"), Deed.ADDED))
                .isInstanceOf(Keepable.Never.class);
    }
}
