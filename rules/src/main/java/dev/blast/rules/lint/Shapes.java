package dev.blast.rules.lint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether there is a text in all of some shapes and in none of others. */
final class Shapes {
    /** Of the product of the automata. */
    private static final int MOST_STATES = 2_000;

    /** For all letters that no pattern names. */
    static final char OTHER = '\uE000';

    private final List<Shape> all = new ArrayList<>();

    /** How many of them, from the first on, have to hold; the rest must not. */
    private final int wanted;

    private Shapes(List<Shape> in, List<Shape> out) {
        all.addAll(in);
        all.addAll(out);
        wanted = in.size();
    }

    /** False where there is one, and where it would take too long to find out. */
    static boolean haveNoText(List<Shape> in, List<Shape> out, Budget budget) {
        return new Shapes(in, out).isEmpty(budget);
    }

    private boolean isEmpty(Budget budget) {
        Set<Character> letters = new TreeSet<>();
        all.forEach(shape -> shape.letters(letters));
        letters.add(OTHER);
        Set<List<Long>> seen = new HashSet<>();
        Deque<long[]> todo = new ArrayDeque<>();
        long[] start = all.stream().mapToLong(Shape::start).toArray();
        seen.add(key(start));
        todo.add(start);
        while (!todo.isEmpty()) {
            long[] state = todo.remove();
            if (ends(state)) {
                return false;
            }
            if (seen.size() > MOST_STATES || !budget.spend((long) letters.size() * all.size())) {
                return false;
            }
            for (char letter : letters) {
                long[] next = next(state, letter);
                if (isAlive(next) && seen.add(key(next))) {
                    todo.add(next);
                }
            }
        }
        return true;
    }

    private static List<Long> key(long[] state) {
        return Arrays.stream(state).boxed().toList();
    }

    private boolean ends(long[] state) {
        for (int i = 0; i < state.length; i++) {
            if (all.get(i).endsAt(state[i]) != i < wanted) {
                return false;
            }
        }
        return true;
    }

    private long[] next(long[] state, char letter) {
        long[] next = new long[state.length];
        for (int i = 0; i < state.length; i++) {
            next[i] = all.get(i).next(state[i], letter);
        }
        return next;
    }

    private boolean isAlive(long[] state) {
        for (int i = 0; i < wanted; i++) {
            if (state[i] == 0) {
                return false;
            }
        }
        return true;
    }
}
