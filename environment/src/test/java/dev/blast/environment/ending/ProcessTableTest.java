package dev.blast.environment.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.ProcessStat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTableTest {

    /** Processes as CHILD-PARENT. */
    @ParameterizedTest
    @CsvSource({
        "2-1 3-1 4-2 5-4 6-3, 2, 4 5",
        "2-1 3-1 4-2 5-4 6-3, 2 3, 4 6 5",
        "5-4 4-2 2-1, 1, 2 4 5",
        "2-1, 7, ''",
        // numbers given away while the table was read: a circle is no reason to go round
        "2-3 3-2 4-3, 2, 3 4",
        "2-2 3-2, 2, 3",
    })
    void belowAreAllDescendantsParentsFirst(String processes, String roots, String below) {
        assertThat(table(processes).below(numbers(roots)))
                .extracting(ProcessStat::pid)
                .containsExactlyElementsOf(numbers(below));
    }

    @Test
    void ourOwnProcessIsInTheKernelsTable() {
        ProcessHandle self = ProcessHandle.current();
        assertThat(ProcessTable.read().below(List.of(self.parent().orElseThrow().pid())))
                .extracting(ProcessStat::pid)
                .contains(self.pid());
    }

    private static ProcessTable table(String processes) {
        var stats = new ArrayList<ProcessStat>();
        for (String process : processes.split(" ", -1)) {
            String[] numbers = process.split("-", -1);
            stats.add(
                    new ProcessStat(
                            Long.parseLong(numbers[0]),
                            "it",
                            'S',
                            Long.parseLong(numbers[1]),
                            1,
                            0,
                            1));
        }
        return new ProcessTable(stats);
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(it -> !it.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
