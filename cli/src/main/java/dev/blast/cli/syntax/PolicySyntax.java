package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;

import java.util.List;

/** {@code blast policy}, which is several commands in one. */
final class PolicySyntax {
    private PolicySyntax() {}

    static CommandSyntax of() {
        return new CommandSyntax(
                CommandName.POLICY.word(),
                "test, show, lint, compare or lay out the rules in force, and begin new ones",
                List.of(
                        new Example("blast policy test", "run the *.test.toml beside the rules"),
                        new Example(
                                "blast policy show connect",
                                "the rules that answer one question, by layer"),
                        new Example(
                                "blast policy diff HEAD~1",
                                "which answers turn since then, what opens first"),
                        new Example("blast policy new connect", "a first file, with its tests"),
                        new Example("blast policy new cooldown", "one from the cookbook"),
                        new Example("blast policy fmt", "the project's files in one layout"),
                        new Example(
                                "blast policy lsp", "a language server, which an editor starts")),
                Operands.of(
                                "test [FILE]… | show [QUESTION] | lint | diff [REVISION|DIR] | fmt [FILE]… | new [NAME] | rename OLD NEW | lsp",
                                1,
                                Integer.MAX_VALUE,
                                "test",
                                "show",
                                "lint",
                                "diff",
                                "fmt",
                                "new",
                                "rename",
                                "lsp")
                        .then("show", PolicyNames.QUESTIONS)
                        .then("new", PolicyNames.BEGINNINGS),
                List.of(
                        flag(
                                "test: name the rules and constraints that no case covers",
                                "--coverage"),
                        flag(
                                "test: change the rules one thing at a time, and name what no case notices, each with a case that would",
                                "--mutate"),
                        one(
                                        "FORM",
                                        "lint: findings for a program: a SARIF 2.1.0 log, or annotations of GitHub Actions",
                                        "--format")
                                .choices("sarif", "github"),
                        flag("new: the names that there are, each with what it is about", "--list"),
                        flag("fmt: change nothing, say which files would", "--check"),
                        flag("fmt: change nothing, show what would", "--diff"),
                        flag(
                                "diff: exit with 1 unless it is proved that nothing turns",
                                "--exit-code")),
                List.of(
                        "1   a case failed, a rule or a change has none, lint found something, or a file is not laid out"));
    }
}
