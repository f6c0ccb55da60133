package dev.blast.rules.trial;

import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What came out of a case.
 *
 * @param value several for the objectives of a strategy
 * @param points what {@code prefer} and {@code avoid} gave in all
 * @param deciding the rules behind it
 * @param beside rules that were heard and did not decide: they warned, or gave points
 * @param known what might have come out
 * @param explanation for people, made where it is wanted
 */
record CaseResult(
        List<String> value,
        int points,
        List<Reason> deciding,
        List<Reason> beside,
        Known known,
        Supplier<String> explanation) {

    /** Of what has no points. */
    CaseResult(
            List<String> value,
            List<Reason> deciding,
            List<Reason> beside,
            Known known,
            Supplier<String> explanation) {
        this(value, 0, deciding, beside, known, explanation);
    }

    /**
     * The words that a case may expect.
     *
     * @param words all of them, but for what the form says
     */
    record Known(List<String> words, Form form) {
        /** What may come out besides, where that cannot be listed. */
        enum Form {
            NOTHING(""),
            /** In the unit of a limit. */
            SIZE("an amount, as in \"512 MB\""),
            RATE("an amount, as in \"5 MB/s\""),
            DURATION("an amount, as in \"90 s\""),
            SHARE("an amount, as in \"1.5 cpus\""),
            NUMBER("a number"),
            SETTING("set …, with its value");

            private final String words;

            Form(String words) {
                this.words = words;
            }
        }

        /**
         * The word as it comes out.
         *
         * @throws IllegalArgumentException where it never does
         */
        String cameOut(String word) {
            if (words.contains(word)) {
                return word;
            }
            boolean whole = word.matches("-?[0-9]+");
            return switch (form) {
                case SIZE, RATE, DURATION, SHARE ->
                        whole ? word : Type.show(Type.valueOf(form.name()).parse(word));
                case NUMBER -> {
                    if (!whole) {
                        throw never(word);
                    }
                    yield word;
                }
                case SETTING -> {
                    if (!word.startsWith("set ")) {
                        throw never(word);
                    }
                    yield word;
                }
                case NOTHING -> throw never(word);
            };
        }

        private IllegalArgumentException never(String word) {
            String besides = form.words.isEmpty() ? "" : ", or " + form.words;
            return new IllegalArgumentException(
                    "'%s' never comes out; it is one of %s%s"
                            .formatted(word, String.join(", ", words), besides));
        }
    }

    /** The names of the rules that a case may give as its reason. */
    Set<String> reasons() {
        var names = new HashSet<String>();
        deciding.forEach(it -> names.add(it.rule()));
        beside.forEach(it -> names.add(it.rule()));
        return names;
    }
}
