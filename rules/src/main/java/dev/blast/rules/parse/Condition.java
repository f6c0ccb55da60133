package dev.blast.rules.parse;

import dev.blast.rules.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between {@code when} and {@code then}, as written. */
public sealed interface Condition {

    Span span();

    /** {@code $c : Connection( port == 443 )}. */
    record Pattern(Span span, @Nullable Token binding, Token fact, List<Constraint> constraints)
            implements Condition {}

    record Not(Span span, Condition inner) implements Condition {}

    record Exists(Span span, Condition inner) implements Condition {}

    record And(Span span, List<Condition> parts) implements Condition {}

    record Or(Span span, List<Condition> parts) implements Condition {}
}
