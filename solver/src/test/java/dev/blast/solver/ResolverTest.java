package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.solver.index.IndexException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is chosen, case by case. */
final class ResolverTest {
    private final MemoryIndex index = new MemoryIndex();

    @Test
    void takesTheNewestThatFits() throws IndexException {
        index.release("a", "1.0").needs("b");
        index.release("a", "2.0").needs("b<2");
        index.release("b", "1.5");
        index.release("b", "2.0");
        assertThat(resolve("a")).isEqualTo("a 2.0, b 1.5");
        assertThat(resolve("a", "b>=2")).isEqualTo("a 1.0, b 2.0");
    }

    private String resolve(String... requirements) throws IndexException {
        return switch (new Resolver(index, Progress.SILENT).resolve(Requests.of(requirements))) {
            case Resolution resolution ->
                    resolution.pins().stream().map(Pin::toString).collect(Collectors.joining(", "));
            case Unsolvable _ -> "no solution";
        };
    }
}
