package dev.blast.rules.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules say of letting go of something. */
public sealed interface Price {

    /** No rule names a price. */
    record Unsaid() implements Price {}

    /**
     * A price.
     *
     * @param points the sum of the parts
     * @param parts what the rules of one layer say, in the order of their origins
     */
    record Named(int points, List<Part> parts) implements Price {
        public Named {
            parts = List.copyOf(parts);
        }
    }

    /** What one rule asks. */
    record Part(int points, Reason reason) {}

    /**
     * It must not be let go.
     *
     * @param by the rules that say so; empty where the evaluation failed
     * @param failure what went wrong in it; null where nothing did
     */
    record Forbidden(List<Reason> by, @Nullable String failure) implements Price {
        public Forbidden {
            by = List.copyOf(by);
        }
    }
}
