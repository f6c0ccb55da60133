package dev.blast.environment.change;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long to wait for another writer.
 *
 * @param longest zero: not at all
 * @param waiting called once, with whom we wait for
 */
public record Patience(Duration longest, Consumer<WriterLock.Holder> waiting) {}
