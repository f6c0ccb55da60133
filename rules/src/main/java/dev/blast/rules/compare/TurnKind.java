package dev.blast.rules.compare;

/** Where an answer turns to. */
public enum TurnKind {
    /** Something was closed, and is open. */
    OPENS,
    /** Something was open, and is closed. */
    CLOSES,
    /** Neither: another strategy, price or limit, other points, another reason. */
    OTHERWISE
}
