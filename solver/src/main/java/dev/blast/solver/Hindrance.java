package dev.blast.solver;

import java.util.List;

/**
 * Why some versions of a package cannot be used.
 *
 * @param obstacles of one kind, each once; each of the versions has one of them
 */
public record Hindrance(KnownVersions versions, List<Obstacle> obstacles) {
    public Hindrance {
        obstacles = List.copyOf(obstacles);
    }
}
