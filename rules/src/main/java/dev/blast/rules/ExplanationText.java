package dev.blast.rules;

/** An explanation as text: the verdict first, then why, then what to do. Pure. */
public final class ExplanationText {
    private ExplanationText() {}

    public static String render(Explanation explanation) {
        throw new IllegalStateException("not written yet: " + explanation.asked());
    }
}
