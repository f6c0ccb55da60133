package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.environment.change.Generation;
import dev.blast.packaging.Visible;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A generation as people name it. */
final class GenerationNumber {
    private static final int SHOWN = 8;

    private GenerationNumber() {}

    /**
     * The number of a word.
     *
     * @throws Failure where it is none
     */
    static int of(String word) throws Failure {
        if (!word.matches("[1-9]\\d{0,8}")) {
            throw new Failure(
                    Exit.USAGE,
                    "'%s' is no number of a generation".formatted(Visible.of(word)),
                    "blast history lists them");
        }
        return Integer.parseInt(word);
    }

    /**
     * The one of this number.
     *
     * @param all the newest first
     */
    static Generation known(int number, List<Generation> all) throws Failure {
        return all.stream()
                .filter(it -> it.number() == number)
                .findFirst()
                .orElseThrow(() -> unknown(number, all.stream().map(Generation::number).toList()));
    }

    static Failure unknown(int number, List<Integer> known) {
        return new Failure(
                Exit.FINDINGS,
                "there is no generation " + number,
                known.isEmpty()
                        ? "no change has been made yet"
                        : "blast history lists them; the last are "
                                + known.stream()
                                        .sorted(Comparator.reverseOrder())
                                        .limit(SHOWN)
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")));
    }
}
