package dev.blast.cli.syntax;

import java.util.List;

/**
 * What may stand beside the options.
 *
 * @param usage as in help: {@code [NAME]}, {@code -- COMMAND [ARG]…}
 * @param atLeast how many are needed
 * @param atMost how many are understood
 * @param first the only first operands there are, or empty where any is good
 * @param command the rest is somebody else's command line: no option of ours is looked for after
 *     the first operand
 */
public record Operands(String usage, int atLeast, int atMost, List<String> first, boolean command) {
    static final Operands NONE = new Operands("", 0, 0, List.of(), false);

    public Operands {
        first = List.copyOf(first);
    }

    static Operands of(String usage, int atLeast, int atMost, String... first) {
        return new Operands(usage, atLeast, atMost, List.of(first), false);
    }

    static Operands command(String usage) {
        return new Operands(usage, 1, Integer.MAX_VALUE, List.of(), true);
    }
}
