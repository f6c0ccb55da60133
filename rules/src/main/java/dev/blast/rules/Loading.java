package dev.blast.rules;

import dev.blast.rules.source.Diagnostic;
import java.util.List;

/** What came of loading policy files: a policy, or every error of every file. */
public sealed interface Loading {

    record Loaded(Policy policy) implements Loading {}

    /** Nothing was loaded. Ordered by file, line and column. */
    record Refused(List<Diagnostic> errors) implements Loading {
        public Refused {
            errors = List.copyOf(errors);
        }
    }
}
