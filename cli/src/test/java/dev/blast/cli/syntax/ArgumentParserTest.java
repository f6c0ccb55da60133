package dev.blast.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    list                                 | list {} []
                    -q list                              | list {--quiet=[]} []
                    -C a list -C b                       | list {-C=[a, b]} []
                    -Ca -qv list                         | list {--quiet=[], --verbose=[], -C=[a]} []
                    --color=never list                   | list {--color=[never]} []
                    --index-url u sync                   | sync {--index-url=[u]} []
                    sync --upgrade                       | sync {--upgrade=[ALL]} []
                    sync --upgrade httpx                 | sync {--upgrade=[httpx]} []
                    sync --upgrade --offline             | sync {--offline=[], --upgrade=[ALL]} []
                    sync --upgrade=httpx --upgrade anyio | sync {--upgrade=[httpx, anyio]} []
                    list packages --tree                 | list {--tree=[]} [packages]
                    sync --upgrade httpx<3               | sync {--upgrade=[httpx<3]} []
                    start --env A=1 --env B=x=y          | start {--env=[A=1, B=x=y]} []
                    check --explain read a               | check {--explain=[]} [read, a]
                    why --json httpx                     | why {--json=[]} [httpx]
                    run -- python -c x --json            | run {} [python, -c, x, --json]
                    run pytest -q --json                 | run {} [pytest, -q, --json]
                    run --env A=1 pytest --env B=2       | run {--env=[A=1]} [pytest, --env, B=2]
                    run -- -x -- y                       | run {} [-x, --, y]
                    """)
    void whatIsTypedIsUnderstood(String line, String understood) throws Exception {
        CommandLineHead head = CommandLineHead.read(List.of(line.split(" +", -1)));
        Arguments arguments =
                ArgumentParser.parse(
                        CommandTable.find(String.valueOf(head.command())).orElseThrow(),
                        head.rest());
        assertThat(
                        arguments.command()
                                + " "
                                + shown(arguments.options())
                                + " "
                                + arguments.operands())
                .isEqualTo(understood);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sync --explained                     | sync: unknown option '--explained'
                    sync --upgrade --bogus               | sync: unknown option '--bogus'
                    sync --upgrade --explained --verbose | sync: unknown option '--explained'
                    sync --upgrade --bogus=1 --upgrade   | sync: unknown option '--bogus'
                    sync --upgrade -- x                  | sync: 'x' is one argument too many
                    list package                         | list: unknown 'package'
                    sync -                               | sync: unknown option '-'
                    sync --python                        | sync: --python needs a value
                    """)
    void whatIsNoneOfTheCommandsIsNamed(String line, String said) throws Exception {
        CommandLineHead head = CommandLineHead.read(List.of(line.split(" +", -1)));
        CommandSyntax command = CommandTable.find(String.valueOf(head.command())).orElseThrow();
        assertThatThrownBy(() -> ArgumentParser.parse(command, head.rest()))
                .isInstanceOfSatisfying(
                        UsageException.class, e -> assertThat(e.message()).isEqualTo(said));
    }

    /** An empty value, which stands for all, is shown as one. */
    private static Map<String, List<String>> shown(Map<String, List<String>> options) {
        var shown = new TreeMap<String, List<String>>();
        options.forEach((name, values) ->
                shown.put(
                        name,
                        values.stream().map(value -> value.isEmpty() ? "ALL" : value).toList()));
        return shown;
    }
}
