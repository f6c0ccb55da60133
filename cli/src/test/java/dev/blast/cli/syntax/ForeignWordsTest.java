package dev.blast.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    install                   | blast start makes the environment
                    install -r req.txt        | blast start makes the environment
                    install -e .              | blast start makes the environment
                    install six               | blast add six
                    pip install httpx>=1 rich | blast add 'httpx>=1' rich
                    uninstall six             | blast remove six
                    pip uninstall             | blast remove NAME
                    lock                      | blast sync --lock-only
                    pip compile reqs.in       | blast sync --lock-only
                    venv                      | blast start
                    venv .venv-312            | blast start
                    create -n web python=3.12 | blast start --name web
                    env list                  | blast list
                    env remove web            | blast clean web
                    env use 3.12              | blast start --python 3.12
                    env                       | blast start
                    update                    | blast sync --upgrade
                    upgrade httpx rich        | blast sync --upgrade httpx --upgrade rich
                    revert                    | blast undo, or blast rollback N
                    pack -n web -o web.tar.gz | blast save NAME --file NAME.blast
                    backup                    | blast save NAME
                    restore                   | blast load NAME
                    tree                      | blast list packages --tree
                    freeze                    | blast list packages; all versions
                    pip freeze                | blast list packages; all versions
                    pip list --outdated       | blast list packages
                    pip show six              | blast why six
                    pip check                 | blast check
                    pip download six          | blast run pip download six
                    show                      | blast list packages
                    info                      | blast check
                    outdated                  | blast list packages --outdated
                    python install 3.13       | blast start --python 3.13
                    python pin 3.11           | echo 3.11 >.python-version
                    python -m http.server     | blast run python -m http.server
                    activate                  | source .venv/bin/activate, or blast shell
                    deactivate                | exit leaves a blast shell
                    """)
    void theyAreAnsweredInOurs(String line, String answer) {
        assertThat(ForeignWords.answer(List.of(line.split(" +", -1))).orElse(""))
                .contains(answer)
                .doesNotContain("\n");
    }

    /** Each command that an answer begins with is one of ours. */
    @ParameterizedTest
    @CsvSource({
        "uninstall",
        "lock",
        "venv",
        "update",
        "tree",
        "freeze",
        "show",
        "info",
        "outdated",
        "ls"
    })
    void whatTheyNameIsThere(String word) {
        String[] answer = ForeignWords.answer(List.of(word)).orElseThrow().split("[ ;,]+", -1);
        assertThat(answer[0]).isEqualTo("blast");
        assertThat(CommandName.of(answer[1])).as(answer[1]).isPresent();
    }

    @Test
    void ourOwnAreNotAmongThem() {
        for (String word : CommandName.words()) {
            assertThat(ForeignWords.answer(List.of(word))).as(word).isEmpty();
        }
        assertThat(ForeignWords.answer(List.of("snyc"))).isEmpty();
        assertThat(ForeignWords.answer(List.of("install", "a\u001b[2Jb")).orElseThrow())
                .doesNotContain("\u001b");
    }
}
