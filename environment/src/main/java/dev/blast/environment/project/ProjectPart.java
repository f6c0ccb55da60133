package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;

/** Where a project asks for something. */
public sealed interface ProjectPart {
    /** What it always needs. */
    record Dependencies() implements ProjectPart {}

    /** A dependency group (PEP 735). */
    record Group(ExtraName name) implements ProjectPart {}

    /** An extra (PEP 621). */
    record Extra(ExtraName name) implements ProjectPart {}

    /** As people say it. */
    default String words() {
        return switch (this) {
            case Dependencies() -> "the dependencies";
            case Group(ExtraName name) -> "the group " + name;
            case Extra(ExtraName name) -> "the extra " + name;
        };
    }
}
