package dev.blast.rules.vocabulary;

import static dev.blast.rules.vocabulary.Aspect.STRATEGY;
import static dev.blast.rules.vocabulary.Aspect.VERDICT;

/** The verbs that answer more than one question; the others stand with their question. */
public final class Verbs {
    public static final Verb ALLOW =
            Verb.opens("allow", VERDICT)
                    .means("yes, unless a rule denies", _ -> new Answer.Allow(""));

    public static final Verb DENY =
            Verb.narrows("deny", VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means("no, whatever other rules say", it -> new Answer.Deny(it.text(0)));

    public static final Verb WARN =
            Verb.narrows("warn", VERDICT)
                    .mayTake("why", Type.TEXT, Accepts.ANYTHING)
                    .means("say so, and change nothing", it -> new Answer.Warn(it.text(0)));

    public static final Verb USE =
            Verb.steers("use", Effect.CHOOSES, STRATEGY)
                    .takes("strategy", Type.TEXT, Accepts.NAME)
                    .means("the strategy to follow", it -> new Answer.Use(it.text(0)));

    private Verbs() {}
}
