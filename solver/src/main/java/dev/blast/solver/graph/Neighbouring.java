package dev.blast.solver.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cells that segments join to each cell, by side. */
final class Neighbouring {
    private final Map<Columns.Cell, List<Columns.Cell>> left = new HashMap<>();
    private final Map<Columns.Cell, List<Columns.Cell>> right = new HashMap<>();

    Neighbouring(Collection<Columns.Segment> segments) {
        for (Columns.Segment segment : segments) {
            right.computeIfAbsent(segment.from(), _ -> new ArrayList<>()).add(segment.to());
            left.computeIfAbsent(segment.to(), _ -> new ArrayList<>()).add(segment.from());
        }
    }

    List<Columns.Cell> of(Columns.Cell cell, boolean onTheLeft) {
        return (onTheLeft ? left : right).getOrDefault(cell, List.of());
    }
}
