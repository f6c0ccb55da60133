package dev.blast.solver.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Where the boxes of a drawing lie and the links run, in pixels: from left to right, who needs
 * before who is needed. Boxes do not overlap. The same drawing has the same layout.
 *
 * @param columns the boxes by their ids, and what runs between them, column by column, from above
 * @param places one for each box of the drawing, in its order
 * @param routes one for each link, in its order
 */
public record Layout(
        int width, int height, List<List<Slot>> columns, List<Place> places, List<Route> routes) {
    static final int BOX_HEIGHT = 26;

    /** A letter of the font in which boxes are written, as wide as all others. */
    static final double LETTER = 7.25;

    /** More of a text than this is not shown in a box. */
    static final int LETTERS = 44;

    /** So much of what stands beside a name is shown, however long that is. */
    private static final int DETAIL = 20;

    private static final int MARGIN = 16;
    private static final int PADDING = 10;
    private static final int ROW_GAP = 10;
    private static final int PASSING_HEIGHT = 4;
    private static final int COLUMN_GAP = 46;
    private static final int WIDEST_GAP = 110;
    private static final int SWEEPS = 12;

    /**
     * One thing in a column.
     *
     * @param box the box, or the one that links which run through here lead to
     * @param passing whether it is only these links
     */
    public record Slot(String box, boolean passing) {}

    /**
     * Where a box lies.
     *
     * @param x its left edge
     * @param y its middle
     */
    public record Place(int x, int y, int width) {}

    /**
     * How a link runs.
     *
     * @param points from the right edge of one box to the left edge of the other: in turns where a
     *     column is entered and left, between which it runs straight
     * @param back whether it closes a circle, and so leads to the left
     */
    public record Route(List<Point> points, boolean back) {
        public Route {
            points = List.copyOf(points);
        }
    }

    /** A point of a route. */
    public record Point(int x, int y) {}

    public Layout {
        columns = columns.stream().map(List::copyOf).toList();
        places = List.copyOf(places);
        routes = List.copyOf(routes);
    }

    public static Layout of(Drawing drawing) {
        var columns = new Columns(drawing);
        Map<Columns.Cell, Double> middles = middles(columns);
        double top =
                middles.entrySet().stream()
                        .mapToDouble(entry -> entry.getValue() - height(entry.getKey()) / 2.0)
                        .min()
                        .orElse(0);
        var ys = new HashMap<Columns.Cell, Integer>();
        middles.forEach((cell, y) -> ys.put(cell, (int) Math.round(y - top) + MARGIN));
        int height =
                ys.entrySet().stream()
                        .mapToInt(entry -> entry.getValue() + height(entry.getKey()) / 2)
                        .max()
                        .orElse(0);
        List<Place> strips = strips(columns, drawing);
        var places = new Place[drawing.boxes().size()];
        for (List<Columns.Cell> column : columns.cells()) {
            for (Columns.Cell cell : column) {
                if (!cell.passing()) {
                    places[cell.box()] =
                            new Place(
                                    strips.get(cell.column()).x(),
                                    ys.getOrDefault(cell, 0),
                                    width(drawing.boxes().get(cell.box())));
                }
            }
        }
        ToIntFunction<String> numbers = drawing.places();
        List<Route> routes =
                drawing.links().stream()
                        .map(link ->
                                columns.back().contains(link)
                                        ? back(
                                                places[numbers.applyAsInt(link.from())],
                                                places[numbers.applyAsInt(link.to())])
                                        : route(
                                                columns.way(
                                                        numbers.applyAsInt(link.from()),
                                                        numbers.applyAsInt(link.to())),
                                                places[numbers.applyAsInt(link.from())],
                                                strips,
                                                ys))
                        .toList();
        Place last = strips.isEmpty() ? new Place(0, 0, 0) : strips.getLast();
        return new Layout(
                last.x() + last.width() + MARGIN,
                height + MARGIN,
                columns.cells().stream()
                        .map(column -> column.stream().map(cell -> slot(cell, drawing)).toList())
                        .toList(),
                List.of(places),
                routes);
    }

    private static Slot slot(Columns.Cell cell, Drawing drawing) {
        return new Slot(drawing.boxes().get(cell.box()).id(), cell.passing());
    }

    /** The texts of a box as they are shown in it. */
    static List<String> shown(Drawing.Box box) {
        String name = shortened(box.name(), LETTERS);
        int rest = Math.max(LETTERS - name.length(), DETAIL);
        String detail =
                box.kind() == Drawing.Kind.ASKED
                        ? ending(box.detail(), rest)
                        : shortened(box.detail(), rest);
        return Stream.of(name, detail, box.mark()).filter(text -> !text.isEmpty()).toList();
    }

    /** Of a place, the file's own name and the line matter most. */
    private static String ending(String text, int letters) {
        int[] points = text.codePoints().toArray();
        int left = points.length - letters + 1;
        return points.length <= letters
                ? text
                : "…" + new String(points, left, points.length - left);
    }

    private static String shortened(String text, int letters) {
        int[] points = text.codePoints().limit(letters + 1L).toArray();
        return points.length <= letters ? text : new String(points, 0, letters - 1) + "…";
    }

    private static int width(Drawing.Box box) {
        long letters = String.join(" ", shown(box)).codePoints().map(Layout::letters).sum();
        int sign =
                switch (box.kind()) {
                    case CLASH, OBSTACLE, ASKED -> 18;
                    case PROJECT, DIRECT, PACKAGE, NEED -> 0;
                };
        int right = box.kind() == Drawing.Kind.NEED ? PADDING : PADDING + 6; // a page folds there
        return (int) Math.ceil(letters * LETTER) + PADDING + sign + right;
    }

    /** Letters of the far East are twice as wide. */
    private static int letters(int c) {
        return (c >= 0x1100 && Character.isLetterOrDigit(c)) || c >= 0x1f000 ? 2 : 1;
    }

    private static int height(Columns.Cell cell) {
        return cell.passing() ? PASSING_HEIGHT : BOX_HEIGHT;
    }

    /** Each column as wide as its widest box; the more runs between two, the more room it has. */
    private static List<Place> strips(Columns columns, Drawing drawing) {
        var strips = new ArrayList<Place>();
        int x = MARGIN;
        for (List<Columns.Cell> column : columns.cells()) {
            int width =
                    column.stream()
                            .filter(cell -> !cell.passing())
                            .mapToInt(cell -> width(drawing.boxes().get(cell.box())))
                            .max()
                            .orElse(0);
            int at = strips.size();
            strips.add(new Place(x, 0, width));
            long running =
                    columns.segments().stream()
                            .filter(segment -> segment.from().column() == at)
                            .count();
            x += width + (int) Math.min(COLUMN_GAP + 2 * running, WIDEST_GAP);
        }
        return strips;
    }

    /** Everything as near to the middle of its neighbours as the order in its column allows. */
    private static Map<Columns.Cell, Double> middles(Columns columns) {
        var neighbours = new Neighbouring(columns.segments());
        var middles = new HashMap<Columns.Cell, Double>();
        for (List<Columns.Cell> column : columns.cells()) {
            settle(column, middles);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean rightwards = sweep % 2 == 0;
            List<List<Columns.Cell>> order =
                    rightwards ? columns.cells() : columns.cells().reversed();
            for (List<Columns.Cell> column : order) {
                var wanted = new HashMap<Columns.Cell, Double>();
                for (Columns.Cell cell : column) {
                    Stream<Columns.Cell> all = neighbours.of(cell, rightwards).stream();
                    wanted.put(
                            cell,
                            all.mapToDouble(middles::get)
                                    .average()
                                    .orElse(middles.getOrDefault(cell, 0.0)));
                }
                middles.putAll(wanted);
                settle(column, middles);
            }
        }
        return middles;
    }

    /**
     * Moves the cells of a column as little as possible (least squares) so that none overlaps the
     * one above: cells that would are one block, which lies where its members want it on average.
     */
    private static void settle(List<Columns.Cell> column, Map<Columns.Cell, Double> middles) {
        var offsets = new double[column.size()];
        for (int at = 1; at < column.size(); at++) {
            offsets[at] = offsets[at - 1] + distance(column.get(at - 1), column.get(at));
        }
        var blocks = new ArrayList<Block>();
        for (int at = 0; at < column.size(); at++) {
            double wish = middles.getOrDefault(column.get(at), 0.0) - offsets[at];
            var block = new Block(at, 1, wish);
            while (!blocks.isEmpty() && blocks.getLast().mean() >= block.mean()) {
                block = blocks.removeLast().and(block);
            }
            blocks.add(block);
        }
        for (Block block : blocks) {
            for (int at = block.first(); at < block.first() + block.count(); at++) {
                middles.put(column.get(at), block.mean() + offsets[at]);
            }
        }
    }

    /** Neighbours in a column that lie as close as they may. */
    private record Block(int first, int count, double sum) {
        double mean() {
            return sum / count;
        }

        Block and(Block next) {
            return new Block(first, count + next.count, sum + next.sum);
        }
    }

    private static double distance(Columns.Cell above, Columns.Cell below) {
        double gap = above.passing() && below.passing() ? PASSING_HEIGHT : ROW_GAP;
        return (height(above) + height(below)) / 2.0 + gap;
    }

    private static Route route(
            List<Columns.Cell> way,
            Place from,
            List<Place> strips,
            Map<Columns.Cell, Integer> middles) {
        var points = new ArrayList<Point>();
        points.add(new Point(from.x() + from.width(), from.y()));
        for (Columns.Cell cell : way) {
            Place strip = strips.get(cell.column());
            int y = middles.getOrDefault(cell, 0);
            if (points.size() > 1) {
                points.add(new Point(strip.x(), y));
            }
            points.add(new Point(strip.x() + strip.width(), y));
        }
        points.removeLast();
        return new Route(points, false);
    }

    private static Route back(Place from, Place to) {
        return new Route(
                List.of(new Point(from.x() + from.width(), from.y()), new Point(to.x(), to.y())),
                true);
    }
}
