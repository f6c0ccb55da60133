package dev.blast.solver;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.VersionSet;
import dev.blast.rules.verdict.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a {@link Proof}: a fact that can be looked up, or what follows from other lines. */
public sealed interface Statement {

    /** Its number among the lines, from 1. */
    int number();

    /** What it speaks of first. */
    PackagePart about();

    /**
     * A person asks for it, or allows nothing else.
     *
     * @param lack what there is instead; null where something that is asked for is there
     */
    record Asked(int number, PackagePart about, RootRequirement root, @Nullable Lack lack)
            implements Statement {}

    /**
     * Metadata say so.
     *
     * @param from the versions that need it: each of them says so
     * @param usableOf what these versions are all of that can be used, where other statements
     *     exclude the others; null where they speak for themselves
     * @param requirements as these write it, each once
     * @param accepted what any of the requirements lets through
     * @param known those of them that there are
     * @param missing what another line asks for, where it is none of those; null where nothing is
     * @param lack what there is instead; null where something that is needed is there
     */
    record Needs(
            int number,
            KnownVersions from,
            @Nullable KnownVersions usableOf,
            List<Requirement> requirements,
            VersionSet accepted,
            KnownVersions known,
            @Nullable KnownVersions missing,
            @Nullable Lack lack)
            implements Statement {
        public Needs {
            requirements = List.copyOf(requirements);
        }

        @Override
        public PackagePart about() {
            return from.of();
        }
    }

    /**
     * Files or metadata of a package cannot be used here.
     *
     * @param hindrances what is in the way of which versions, at least one
     * @param ofOthers whether they are the versions that another statement about the package leaves
     *     out
     */
    record Unusable(int number, List<Hindrance> hindrances, boolean ofOthers) implements Statement {
        public Unusable {
            hindrances = List.copyOf(hindrances);
        }

        @Override
        public PackagePart about() {
            return hindrances.getFirst().versions().of();
        }
    }

    /**
     * The rules say so.
     *
     * @param held whether they only hold back
     * @param reason the rule that decided; null where none allows it, or where the evaluation
     *     failed
     * @param failure what went wrong in the evaluation; null where nothing did
     */
    record Ruled(
            int number,
            KnownVersions versions,
            boolean held,
            @Nullable Reason reason,
            @Nullable String failure)
            implements Statement {
        @Override
        public PackagePart about() {
            return versions.of();
        }
    }

    /**
     * The rules do not let versions of two packages stand together.
     *
     * @param reason the rule that denies it; null where the evaluation failed
     * @param failure what went wrong in the evaluation; null where nothing did
     */
    record Apart(
            int number,
            KnownVersions one,
            KnownVersions other,
            @Nullable Reason reason,
            @Nullable String failure)
            implements Statement {
        @Override
        public PackagePart about() {
            return one.of();
        }
    }

    /**
     * It follows: never all that is present and nothing that is needed.
     *
     * @param from the numbers of the lines that it follows from
     */
    record Follows(
            int number,
            PackagePart about,
            List<KnownVersions> present,
            List<KnownVersions> needed,
            List<Integer> from)
            implements Statement {
        public Follows {
            present = List.copyOf(present);
            needed = List.copyOf(needed);
            from = List.copyOf(from);
        }
    }
}
