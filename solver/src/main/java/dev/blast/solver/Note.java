package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;

/**
 * Something about a chosen version that a person should hear. {@code toString} is the sentence,
 * without the package's name before it.
 */
public sealed interface Note {
    PackageName name();

    /** A version that would have been chosen but for a rule. */
    record Held(PackageName name, Version version, Reason reason) implements Note {
        @Override
        public String toString() {
            return "held: %s %s (%s)".formatted(version, reason.text(), reason.origin());
        }
    }

    /** A rule warns about the chosen version. */
    record Warned(PackageName name, Version version, Reason reason) implements Note {
        @Override
        public String toString() {
            return "warning: %s (%s)".formatted(reason.text(), reason.origin());
        }
    }

    /** An extra is asked for that the chosen version does not have. */
    record NoSuchExtra(PackageName name, Version version, ExtraName extra) implements Note {
        @Override
        public String toString() {
            return "%s has no extra '%s'".formatted(version, extra);
        }
    }

    /** The chosen version was taken back by its publisher; it is pinned or locked. */
    record Yanked(PackageName name, Version version, String reason) implements Note {
        @Override
        public String toString() {
            return "%s was yanked by its publisher%s"
                    .formatted(version, reason.isEmpty() ? "" : ": " + reason);
        }
    }

    /** What the index says of the project, or of its page. */
    record Remarked(PackageName name, Version version, String remark) implements Note {
        @Override
        public String toString() {
            return "warning: " + remark;
        }
    }

    /** A pre-release was chosen because nothing else fits. */
    record Prerelease(PackageName name, Version version) implements Note {
        @Override
        public String toString() {
            return "%s is a pre-release: no stable version fits".formatted(version);
        }
    }

    /** A version that would have been chosen, but whose file cannot be installed. */
    record PassedOver(PackageName name, Version version, String why) implements Note {
        @Override
        public String toString() {
            return "passed over: %s, %s".formatted(version, why);
        }
    }
}
