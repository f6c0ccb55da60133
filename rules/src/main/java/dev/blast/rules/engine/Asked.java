package dev.blast.rules.engine;

/**
 * What a way to match is tried on: the evaluation, with all that there is one of.
 *
 * @param way its number; {@link #ALL} where every way of the network is tried
 */
record Asked(int way, Decision decision) {
    static final int ALL = -1;
}
