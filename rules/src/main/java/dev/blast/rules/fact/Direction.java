package dev.blast.rules.fact;

/** Who opens a connection: the program inside (OUT), or somebody who reaches it (IN). */
public enum Direction {
    OUT,
    IN
}
