package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.search.Resolver;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DependencyGraphTest {
    private final MemoryIndex index = new MemoryIndex();

    @BeforeEach
    void releases() {
        index.release("web", "1").needs("templates>=2", "tools").extra("all", "web[fast]", "speed");
        index.release("templates", "2").needs("escape>=1", "tools!=3");
        index.release("escape", "1");
        index.release("tools", "1").needs("templates");
        index.release("speed", "1").needs("escape<2");
    }

    @Test
    void givesEveryWayWithItsRequirements() throws IndexException {
        assertThat(ways("escape", "web[all]", "escape"))
                .containsExactly(
                        "pyproject.toml:12 -escape-> escape",
                        "pyproject.toml:11 -web[all]-> web -speed; extra == \"all\"-> speed -escape<2-> escape",
                        "pyproject.toml:11 -web[all]-> web -templates>=2-> templates -escape>=1-> escape",
                        "pyproject.toml:11 -web[all]-> web -tools-> tools -templates-> templates -escape>=1-> escape");
    }

    @Test
    void knowsNeighboursAndCycles() throws IndexException {
        DependencyGraph graph = graph("web");
        assertThat(graph.requirers(new PackageName("tools")))
                .extracting(edge -> String.valueOf(edge.from()))
                .containsExactly("templates", "web");
        assertThat(graph.dependencies(null))
                .extracting(DependencyGraph.Edge::to)
                .containsExactly(new PackageName("web"));
        assertThat(graph.cycles())
                .containsExactly(List.of(new PackageName("templates"), new PackageName("tools")));
        assertThat(graph.why(new PackageName("speed"), 10)).isEmpty();
    }

    private List<String> ways(String name, String... requirements) throws IndexException {
        return graph(requirements).why(new PackageName(name), 10).stream()
                .map(way ->
                        way.getFirst().asked().getFirst().origin()
                                + way.stream()
                                        .map(edge ->
                                                " -%s-> %s"
                                                        .formatted(
                                                                edge.requirements().getFirst(),
                                                                edge.to()))
                                        .collect(Collectors.joining()))
                .toList();
    }

    private DependencyGraph graph(String... requirements) throws IndexException {
        return DependencyGraph.of(
                (Resolution)
                        new Resolver(index, Progress.SILENT).resolve(Requests.of(requirements)));
    }
}
