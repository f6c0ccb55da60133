package dev.blast.environment.change;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Where a history stands: what an undo leads back to, and a redo on to. A state is named by the
 * generation that first left it, 0 is that nothing was there yet. Going back to a generation by its
 * number is a change like any other and can be undone; only after an undo there is something to
 * redo, and a change forgets it.
 */
public final class Timeline {
    private static final Point BEGINNING = new Point(0, 0);

    private final Deque<Point> past = new ArrayDeque<>();
    private final Deque<Point> future = new ArrayDeque<>();

    private Timeline() {}

    /**
     * A state that was come to.
     *
     * @param by the generation that led to it, and edited what had to be edited for it
     */
    public record Point(int state, int by) {}

    /**
     * The standing after these.
     *
     * @param generations in any order
     */
    public static Timeline of(List<Generation> generations) {
        var timeline = new Timeline();
        List<Generation> inOrder =
                generations.stream().sorted(Comparator.comparingInt(Generation::number)).toList();
        if (inOrder.isEmpty() || inOrder.getFirst().number() == 1) {
            timeline.past.push(BEGINNING); // else it is forgotten what was before
        }
        inOrder.forEach(timeline::add);
        return timeline;
    }

    private void add(Generation generation) {
        int number = generation.number();
        int restored = generation.occasion().restored();
        switch (generation.occasion().kind()) {
            case UNDO -> {
                Point undone = past.poll();
                if (undone != null) {
                    future.push(undone);
                }
                if (past.isEmpty()) {
                    past.push(new Point(restored, number)); // the others are forgotten
                }
            }
            case REDO -> {
                future.poll();
                past.push(new Point(restored, number));
            }
            case ROLLBACK -> {
                future.clear();
                past.push(new Point(restored, number));
            }
            case CHANGE, FOUND, CLEAN, LOAD -> {
                future.clear();
                past.push(new Point(number, number));
            }
        }
    }

    /** The state that is there now. */
    public int now() {
        return past.isEmpty() ? BEGINNING.state() : past.element().state();
    }

    /** The state before this one; empty where there is none, or it is forgotten. */
    public Optional<Point> undo() {
        return past.stream().skip(1).findFirst();
    }

    /** The state that the last undo came from; empty where there has been a change since. */
    public Optional<Point> redo() {
        return Optional.ofNullable(future.peek());
    }

    /**
     * The generations that led from a state to this one, the last first; empty where this one was
     * not come to from there.
     */
    public List<Integer> since(int state) {
        var since = new ArrayList<Integer>();
        for (Point point : past) {
            if (point.state() == state) {
                return since;
            }
            since.add(point.by());
        }
        return List.of();
    }
}
