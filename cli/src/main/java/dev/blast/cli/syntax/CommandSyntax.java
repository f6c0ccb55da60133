package dev.blast.cli.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * One command as data: parser, help page and completions are all made from this.
 *
 * @param summary what it does, half a sentence
 * @param examples two, which begin the help page
 * @param options its own; {@link #allOptions()} adds those that every command has
 * @param exits its exit codes beside 0, 2 and 70: {@code "3 no set of versions satisfies the
 *     project"}
 */
public record CommandSyntax(
        String name,
        String summary,
        List<Example> examples,
        Operands operands,
        List<Option> options,
        List<String> exits) {

    public CommandSyntax {
        examples = List.copyOf(examples);
        options = List.copyOf(options);
        exits = List.copyOf(exits);
    }

    public List<Option> allOptions() {
        var all = new ArrayList<>(options);
        all.addAll(CommandTable.EVERYWHERE);
        return all;
    }
}
