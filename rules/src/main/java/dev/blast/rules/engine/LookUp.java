package dev.blast.rules.engine;

import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which ways to match need to be tried on given facts: those without a {@link Key}, and those whose
 * key is there. Immutable once made.
 */
final class LookUp {
    private final BitSet always = new BitSet();
    private final List<Texts> fields = new ArrayList<>();

    /**
     * @param single the facts that there is one of each
     */
    LookUp(List<Way> ways, List<FactType> single) {
        for (Way way : ways) {
            Optional<Key> key = Key.of(way.branch().elements(), single);
            if (key.isPresent()) {
                texts(key.get()).add(key.get(), way.number());
            } else {
                always.set(way.number());
            }
        }
    }

    private Texts texts(Key key) {
        for (Texts texts : fields) {
            if (texts.place == key.place() && texts.field.equals(key.field())) {
                return texts;
            }
        }
        var texts = new Texts(key.place(), key.field());
        fields.add(texts);
        return texts;
    }

    /**
     * The numbers of the ways to be tried.
     *
     * @param single the facts that there is one of each, in the order of their types
     */
    BitSet ways(@Nullable Object[] single) {
        var ways = (BitSet) always.clone();
        for (Texts texts : fields) {
            @Nullable Object fact = single[texts.place];
            @Nullable Object actual = fact == null ? null : texts.field.read(fact);
            if (actual != null) {
                texts.find(actual.toString(), ways);
            }
        }
        return ways;
    }

    private static void add(@Nullable List<Integer> found, BitSet ways) {
        if (found != null) {
            for (int way : found) {
                ways.set(way);
            }
        }
    }

    /** The texts that ways look for in one field. */
    private static final class Texts {
        private final int place;
        private final Field field;
        private final Map<String, List<Integer>> whole = new HashMap<>();
        private final Parts beginnings = new Parts(false);
        private final Parts ends = new Parts(true);

        Texts(int place, Field field) {
            this.place = place;
            this.field = field;
        }

        void add(Key key, int way) {
            for (String text : key.texts()) {
                switch (key.part()) {
                    case WHOLE -> whole.computeIfAbsent(text, _ -> new ArrayList<>(1)).add(way);
                    case END -> ends.add(text, way);
                    case BEGINNING -> beginnings.add(text, way);
                }
            }
        }

        void find(String actual, BitSet ways) {
            LookUp.add(whole.get(actual), ways);
            beginnings.find(actual, ways);
            ends.find(actual, ways);
        }
    }

    /** Beginnings or ends of texts, looked up by each length that there is. */
    private static final class Parts {
        private final boolean end;
        private final Map<String, List<Integer>> texts = new HashMap<>();
        private int[] lengths = {};

        Parts(boolean end) {
            this.end = end;
        }

        void add(String text, int way) {
            texts.computeIfAbsent(text, _ -> new ArrayList<>(1)).add(way);
            if (Arrays.binarySearch(lengths, text.length()) < 0) {
                lengths = Arrays.copyOf(lengths, lengths.length + 1);
                lengths[lengths.length - 1] = text.length();
                Arrays.sort(lengths);
            }
        }

        void find(String actual, BitSet ways) {
            for (int length : lengths) {
                if (length > actual.length()) {
                    break;
                }
                int from = end ? actual.length() - length : 0;
                LookUp.add(texts.get(actual.substring(from, from + length)), ways);
            }
        }
    }
}
