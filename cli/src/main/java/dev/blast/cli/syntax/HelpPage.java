package dev.blast.cli.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The help pages. They begin with examples, because that is what most readers came for, and end
 * with the exit codes.
 */
public final class HelpPage {
    private static final int WIDTH = 100;
    private static final List<Example> FIRST_STEPS =
            List.of(
                    new Example("blast start", "the project in this folder gets its environment"),
                    new Example(
                            "blast run pytest",
                            "run something in it, confined by the kernel as the rules say"));

    private HelpPage() {}

    /** {@code blast --help}. */
    public static String overview() {
        var page = new StringBuilder();
        examples(page, FIRST_STEPS);
        page.append(
                "\nBlast: Python environments that are governed by rules and confined by the kernel.\n");
        page.append(
                "Usage: blast [OPTION]… COMMAND …\n\nCommands (blast COMMAND --help says more):\n");
        var rows = new ArrayList<Row>();
        for (String name : CommandName.words()) {
            rows.add(new Row(name, CommandTable.find(name).orElseThrow().summary()));
        }
        table(page, rows);
        page.append("\nOptions:\n");
        rows.clear();
        for (Option option : CommandTable.beforeCommand()) {
            rows.add(new Row(option.usage(), option.description()));
        }
        table(page, rows);
        exits(
                page,
                List.of(
                        "1   findings, refused by policy, or not possible",
                        "3   no set of versions satisfies the project",
                        "4   locked, or timed out",
                        "69  a layer of the sandbox is missing in this kernel"));
        return page.toString();
    }

    /** {@code blast COMMAND --help}. */
    public static String of(CommandSyntax command) {
        var page = new StringBuilder();
        examples(page, command.examples());
        page.append('\n').append(capitalized(command.summary())).append(".\n");
        String operands = command.operands().usage();
        page.append("Usage: blast ").append(command.name()).append(" [OPTION]…");
        page.append(operands.isEmpty() ? "" : " " + operands).append("\n\nOptions:\n");
        var rows = new ArrayList<Row>();
        for (Option option : command.allOptions()) {
            rows.add(new Row(option.usage(), option.description()));
        }
        table(page, rows);
        exits(page, command.exits());
        return page.toString();
    }

    private static void examples(StringBuilder page, List<Example> examples) {
        page.append("Examples:\n");
        var rows = new ArrayList<Row>();
        for (Example example : examples) {
            rows.add(new Row(example.line(), example.effect()));
        }
        table(page, rows);
    }

    /** By their numbers; a command's own word for one stands for the general one. */
    private static void exits(StringBuilder page, List<String> own) {
        var lines = new TreeMap<Integer, String>();
        List<String> general =
                List.of("0   done", "2   not understood", "70  a bug in Blast, with a report file");
        Stream.concat(general.stream(), own.stream()).forEach(line -> lines.put(place(line), line));
        page.append("\nExit codes:\n");
        lines.values().forEach(line -> page.append("  ").append(line).append('\n'));
    }

    /** That of any, which is written N, is behind 0. */
    private static int place(String line) {
        String code = line.substring(0, line.indexOf(' '));
        return code.equals("N") ? 1 : 2 * Integer.parseInt(code);
    }

    private record Row(String left, String right) {}

    /** Two columns; the right one is filled to the width of the page. */
    private static void table(StringBuilder page, List<Row> rows) {
        int left = rows.stream().mapToInt(row -> row.left().length()).max().orElse(0);
        String indent = " ".repeat(left + 4);
        for (Row row : rows) {
            page.append("  ").append(row.left()).append(" ".repeat(left - row.left().length() + 2));
            int column = left + 4;
            for (String word : row.right().split(" ", -1)) {
                if (column + word.length() > WIDTH) {
                    page.setLength(page.length() - 1);
                    page.append('\n').append(indent);
                    column = left + 4;
                }
                page.append(word).append(' ');
                column += word.length() + 1;
            }
            page.setLength(page.length() - 1);
            page.append('\n');
        }
    }

    private static String capitalized(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
