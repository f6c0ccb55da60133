package dev.blast.cli.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many packages came, changed and went: {@code +2 ^1 -1}. */
final class ChangeCounts {
    private ChangeCounts() {}

    static String text(List<ChangeLine> changes) {
        return Stream.of(ChangeLine.Kind.values())
                .filter(kind -> count(changes, kind) > 0)
                .map(kind -> "" + kind.sign() + count(changes, kind))
                .collect(Collectors.joining(" "));
    }

    private static long count(List<ChangeLine> changes, ChangeLine.Kind kind) {
        return changes.stream().filter(it -> it.kind() == kind).count();
    }
}
