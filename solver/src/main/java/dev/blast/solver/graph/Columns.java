package dev.blast.solver.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which column each box stands in, and in which order: a link leads to a column further right, the
 * next one where it can. In the columns between, all links to one box share a cell, and run as one
 * line from there.
 *
 * <p>[1] Links that would close a circle are set aside. [2] The column of a box is the length of
 * the longest way to it. [3] Cells are ordered by the mean place of their neighbours, columns taken
 * in turns from either side; the order with the fewest crossings is kept (Sugiyama, Tagawa, Toda
 * 1981).
 */
final class Columns {
    private static final int SWEEPS = 24;

    private final Drawing drawing;
    private final List<List<Integer>> targets = new ArrayList<>();
    private final Set<Drawing.Link> back = new LinkedHashSet<>();
    private final int[] column;
    private final Set<Segment> segments = new LinkedHashSet<>();
    private List<List<Cell>> cells = new ArrayList<>();

    /**
     * A place in a column.
     *
     * @param box of the drawing, by its place there
     * @param passing whether only links to the box run through
     */
    record Cell(int column, int box, boolean passing) {}

    /** A piece of a link, from one column to the next. */
    record Segment(Cell from, Cell to) {}

    Columns(Drawing drawing) {
        this.drawing = drawing;
        this.column = new int[drawing.boxes().size()];
        ToIntFunction<String> places = drawing.places();
        drawing.boxes().forEach(_ -> targets.add(new ArrayList<>()));
        for (Drawing.Link link : drawing.links()) {
            targets.get(places.applyAsInt(link.from())).add(places.applyAsInt(link.to()));
        }
        List<Integer> order = depthFirst();
        order.reversed().forEach(box -> targets.get(box).forEach(to -> push(box, to)));
        place(order);
        untangle();
    }

    List<List<Cell>> cells() {
        return cells;
    }

    Set<Segment> segments() {
        return segments;
    }

    /** Those that lead back to the left. */
    Set<Drawing.Link> back() {
        return back;
    }

    /** The cells that a link from one box to another runs through, both ends among them. */
    List<Cell> way(int from, int to) {
        var way = new ArrayList<Cell>();
        way.add(new Cell(column[from], from, false));
        for (int at = column[from] + 1; at < column[to]; at++) {
            way.add(new Cell(at, to, true));
        }
        way.add(new Cell(column[to], to, false));
        return way;
    }

    /**
     * [1] Boxes in the order in which they are left, beginning with those that nothing needs. The
     * last goes first, so that the reverse order is that of the drawing where nothing else decides.
     */
    private List<Integer> depthFirst() {
        var needed = new boolean[column.length];
        targets.forEach(all -> all.forEach(to -> needed[to] = true));
        var left = new ArrayList<Integer>();
        var state = new State[column.length];
        for (int box = column.length - 1; box >= 0; box--) {
            if (!needed[box]) {
                visit(box, state, left);
            }
        }
        for (int box = 0; box < column.length; box++) {
            if (state[box] == null) {
                visit(box, state, left); // nothing leads to its circle
            }
        }
        return left;
    }

    private enum State {
        OPEN,
        LEFT
    }

    private void visit(int box, State[] state, List<Integer> left) {
        state[box] = State.OPEN;
        for (int to : List.copyOf(targets.get(box)).reversed()) {
            if (state[to] == State.OPEN) {
                targets.get(box).remove(Integer.valueOf(to));
                back.add(link(box, to));
            } else if (state[to] == null) {
                visit(to, state, left);
            }
        }
        state[box] = State.LEFT;
        left.add(box);
    }

    private Drawing.Link link(int from, int to) {
        String fromId = drawing.boxes().get(from).id();
        String toId = drawing.boxes().get(to).id();
        return drawing.links().stream()
                .filter(link -> link.from().equals(fromId) && link.to().equals(toId))
                .findFirst()
                .orElseThrow();
    }

    /** [2] Boxes are left after all that they need, so the reverse order meets each way in full. */
    private void push(int from, int to) {
        column[to] = Math.max(column[to], column[from] + 1);
    }

    private void place(List<Integer> order) {
        var all = new LinkedHashSet<Cell>();
        for (int from : order.reversed()) {
            all.add(new Cell(column[from], from, false));
            for (int to : targets.get(from)) {
                List<Cell> way = way(from, to);
                all.addAll(way.subList(0, way.size() - 1));
                for (int at = 1; at < way.size(); at++) {
                    segments.add(new Segment(way.get(at - 1), way.get(at)));
                }
            }
        }
        int last = Arrays.stream(column).max().orElse(-1);
        for (int at = 0; at <= last; at++) {
            cells.add(new ArrayList<>());
        }
        all.forEach(cell -> cells.get(cell.column()).add(cell));
    }

    /** [3]. */
    private void untangle() {
        var neighbours = new Neighbouring(segments);
        List<List<Cell>> best = copy(cells);
        long fewest = crossings(cells, neighbours);
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            for (int step = 1; step < cells.size(); step++) {
                int at = rightwards ? step : cells.size() - 1 - step;
                Map<Cell, Integer> fixed = places(cells.get(rightwards ? at - 1 : at + 1));
                List<Cell> column = cells.get(at);
                Map<Cell, Integer> now = places(column);
                column.sort(
                        Comparator.comparingDouble(cell ->
                                neighbours.of(cell, rightwards).stream()
                                        .mapToInt(fixed::get)
                                        .average()
                                        .orElse(now.getOrDefault(cell, 0))));
            }
            long crossings = crossings(cells, neighbours);
            if (crossings < fewest) {
                fewest = crossings;
                best = copy(cells);
            }
        }
        cells = best;
    }

    private static List<List<Cell>> copy(List<List<Cell>> cells) {
        return new ArrayList<>(
                cells.stream().<List<Cell>>map(column -> new ArrayList<>(column)).toList());
    }

    static Map<Cell, Integer> places(List<Cell> column) {
        var places = new HashMap<Cell, Integer>();
        column.forEach(cell -> places.put(cell, places.size()));
        return places;
    }

    /** How often two segments between the same columns cross. */
    private static long crossings(List<List<Cell>> cells, Neighbouring neighbours) {
        long crossings = 0;
        for (int at = 1; at < cells.size(); at++) {
            Map<Cell, Integer> right = places(cells.get(at));
            var seen = new int[right.size() + 1]; // a Fenwick tree over the places on the right
            int count = 0;
            for (Cell cell : cells.get(at - 1)) {
                List<Integer> ends =
                        neighbours.of(cell, false).stream().map(right::get).sorted().toList();
                for (int end : ends) {
                    crossings += count - upTo(end, seen);
                }
                for (int end : ends) {
                    add(end, seen);
                }
                count += ends.size();
            }
        }
        return crossings;
    }

    private static int upTo(int place, int[] tree) {
        int sum = 0;
        for (int at = place + 1; at > 0; at -= at & -at) {
            sum += tree[at];
        }
        return sum;
    }

    private static void add(int place, int[] tree) {
        for (int at = place + 1; at < tree.length; at += at & -at) {
            tree[at]++;
        }
    }
}
