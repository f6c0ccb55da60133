package dev.blast.rules.trial;

import java.util.List;

/** A request as one case of a test file, and back: what is kept of a request can be tried again. */
public final class DraftText {
    private DraftText() {}

    /**
     * The case.
     *
     * @param expect what it came to
     */
    public static String of(String name, CaseDraft draft, String expect) {
        return CaseText.of(name, draft, List.of(expect), null, null);
    }

    /**
     * What {@link #of} wrote.
     *
     * @throws IllegalArgumentException where it is not one case
     */
    public static CaseDraft read(String text) {
        return WitnessSearch.read(text).draft();
    }
}
