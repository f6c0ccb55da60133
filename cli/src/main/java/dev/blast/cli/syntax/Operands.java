package dev.blast.cli.syntax;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What may stand beside the options.
 *
 * @param usage as in help: {@code [NAME]}, {@code -- COMMAND [ARG]…}
 * @param atLeast how many are needed
 * @param atMost how many are understood
 * @param first the only first operands there are, or empty where any is good
 * @param second what may follow a first operand, by that; nothing where that cannot be listed
 * @param command the rest is somebody else's command line: no option of ours is looked for after
 *     the first operand
 */
public record Operands(
        String usage,
        int atLeast,
        int atMost,
        List<String> first,
        SortedMap<String, List<String>> second,
        boolean command) {
    static final Operands NONE = new Operands("", 0, 0, List.of(), new TreeMap<>(), false);

    public Operands {
        first = List.copyOf(first);
        second = Collections.unmodifiableSortedMap(new TreeMap<>(second));
    }

    static Operands of(String usage, int atLeast, int atMost, String... first) {
        return new Operands(usage, atLeast, atMost, List.of(first), new TreeMap<>(), false);
    }

    static Operands command(String usage) {
        return new Operands(usage, 1, Integer.MAX_VALUE, List.of(), new TreeMap<>(), true);
    }

    /** The same, with what may follow one of the first operands. */
    Operands then(String word, List<String> words) {
        var more = new TreeMap<>(second);
        more.put(word, List.copyOf(words));
        return new Operands(usage, atLeast, atMost, first, more, command);
    }
}
