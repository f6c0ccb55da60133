package dev.blast.rules.lint;

import dev.blast.rules.vocabulary.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The texts that a glob stands for, or that are a folder and all below it, as an automaton: a state
 * is a set of places in the pattern, as bits, that a beginning of a text may have reached.
 */
final class Shape {
    /** Places in a pattern; a longer one is not looked at. */
    private static final int MOST = 62;

    private enum Step {
        LETTER,
        /** Any letter but the separator. */
        ONE,
        /** Any letters but the separator. */
        STAR,
        /** Any letters. */
        STARS,
        /** Nothing at all, or what stands here next. */
        MAYBE,
        /** Any letters and a separator. */
        FOLDERS
    }

    private record Part(Step step, char letter) {}

    private final List<Part> parts;
    private final char separator;

    /** The places at which a text may end. */
    private final long ends;

    /** The same, for one text. */
    private final Predicate<String> test;

    private Shape(List<Part> parts, char separator, long ends, Predicate<String> test) {
        this.test = test;
        this.parts = List.copyOf(parts);
        this.separator = separator;
        this.ends = ends;
    }

    /** Empty where the pattern is too long. */
    static Optional<Shape> of(Glob glob) {
        String pattern = glob.pattern();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.startsWith("**", i)) {
                i++;
                if (glob.separator() == Glob.PATH && pattern.startsWith("/", i + 1)) {
                    i++;
                    parts.add(new Part(Step.MAYBE, '*'));
                    parts.add(new Part(Step.FOLDERS, '*'));
                } else {
                    parts.add(new Part(Step.STARS, '*'));
                }
            } else {
                char c = pattern.charAt(i);
                Step step = c == '*' ? Step.STAR : c == '?' ? Step.ONE : Step.LETTER;
                parts.add(new Part(step, c));
            }
        }
        String head = glob.beginning(); // most texts are told apart by these
        String tail = glob.ending();
        return bounded(
                parts,
                glob.separator(),
                1L << Math.min(parts.size(), MOST),
                text -> text.endsWith(tail) && text.startsWith(head) && glob.matches(text));
    }

    /** Of paths, relative to their base. */
    static Optional<Shape> path(String pattern) {
        return of(Glob.of(pattern, Glob.PATH));
    }

    /** This text alone. */
    static Optional<Shape> exactly(String text) {
        return bounded(letters(text), Glob.FLAT, 1L << Math.min(text.length(), MOST), text::equals);
    }

    /** A folder, relative to a base, and all below it; with an empty one all below the base. */
    static Optional<Shape> under(String folder) {
        List<Part> parts = letters(folder);
        long end = 1L << Math.min(parts.size(), MOST);
        if (!folder.isEmpty()) {
            parts.add(new Part(Step.LETTER, Glob.PATH));
        }
        parts.add(new Part(Step.STARS, '*'));
        return bounded(
                parts,
                Glob.PATH,
                end | 1L << Math.min(parts.size(), MOST),
                text -> folder.isEmpty() || text.equals(folder) || text.startsWith(folder + "/"));
    }

    private static List<Part> letters(String text) {
        List<Part> parts = new ArrayList<>();
        text.chars().forEach(c -> parts.add(new Part(Step.LETTER, (char) c)));
        return parts;
    }

    private static Optional<Shape> bounded(
            List<Part> parts, char separator, long ends, Predicate<String> test) {
        return parts.size() > MOST
                ? Optional.empty()
                : Optional.of(new Shape(parts, separator, ends, test));
    }

    /** The letters that it tells from others. */
    void letters(Set<Character> letters) {
        if (separator != Glob.FLAT) {
            letters.add(separator);
        }
        for (Part part : parts) {
            if (part.step() == Step.LETTER) {
                letters.add(part.letter());
            }
        }
    }

    long start() {
        return closed(1);
    }

    /** Where one more letter leads; 0 where no text that goes on so is among them. */
    long next(long state, char c) {
        long next = 0;
        for (int place = 0; place < parts.size(); place++) {
            if ((state >> place & 1) == 1) {
                Part part = parts.get(place);
                long here = 1L << place;
                next |=
                        switch (part.step()) {
                            case LETTER -> c == part.letter() ? here << 1 : 0;
                            case ONE -> c != separator ? here << 1 : 0;
                            case STAR -> c != separator ? here : 0;
                            case STARS -> here;
                            case MAYBE -> 0;
                            case FOLDERS -> c == separator ? here | here << 1 : here;
                        };
            }
        }
        return closed(next);
    }

    /** With the places behind what may stand for nothing. */
    private long closed(long state) {
        long closed = state;
        for (int place = 0; place < parts.size(); place++) {
            if ((closed >> place & 1) == 1) {
                closed |=
                        switch (parts.get(place).step()) {
                            case LETTER, ONE, FOLDERS -> 0;
                            case STAR, STARS -> 1L << (place + 1);
                            case MAYBE -> (1L << (place + 1)) | (1L << (place + 2));
                        };
            }
        }
        return closed;
    }

    boolean endsAt(long state) {
        return (state & ends) != 0;
    }

    /** One of the texts. */
    String sample() {
        var sample = new StringBuilder();
        for (Part part : parts) {
            switch (part.step()) {
                case LETTER -> sample.append(part.letter());
                case ONE, STAR, STARS -> sample.append(Shapes.OTHER);
                case MAYBE -> {}
                case FOLDERS -> sample.append(separator);
            }
        }
        return sample.toString();
    }

    boolean holds(String text) {
        return test.test(text);
    }
}
