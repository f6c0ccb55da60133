package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.RootRequirement;
import org.jspecify.annotations.Nullable;

/** One thing that a person who asks for something can let go of. */
public sealed interface Relaxation {

    /** What it is about. */
    PackageName name();

    /** One that changes what stands at a place of the request. */
    sealed interface OfRoot extends Relaxation {
        /** As the request has it. */
        RootRequirement root();

        @Override
        default PackageName name() {
            return root().requirement().name();
        }
    }

    /** The requirement goes. */
    record Drop(RootRequirement root) implements OfRoot {}

    /** A constraint that pins a version goes. */
    record Unpin(RootRequirement root) implements OfRoot {}

    /**
     * The requirement lets more versions through.
     *
     * @param to what takes its place
     * @param distance versions from the nearest that it let through to the nearest that fits
     */
    record Widen(RootRequirement root, Requirement to, int distance) implements OfRoot {}

    /**
     * A version that a rule holds back is let through. Never one that a rule denies.
     *
     * @param version null while any that is held will do
     * @param reason the rule
     */
    record LiftHold(PackageName name, @Nullable Version version, Reason reason)
            implements Relaxation {}

    /**
     * Pre-releases of a package count.
     *
     * @param version the one that is chosen then; null while it is not known
     */
    record AllowPrereleases(PackageName name, @Nullable Version version) implements Relaxation {}

    /** Whether letting go of this lets go of the other as well. */
    default boolean includes(Relaxation other) {
        return switch (other) {
            case OfRoot it when !(this instanceof OfRoot mine && mine.root().equals(it.root())) ->
                    false;
            case Drop _ -> this instanceof Drop;
            case Unpin _ -> !(this instanceof Widen);
            case Widen wide -> !(this instanceof Widen mine) || mine.distance() >= wide.distance();
            case LiftHold it -> this instanceof LiftHold mine && mine.name().equals(it.name());
            case AllowPrereleases it ->
                    this instanceof AllowPrereleases mine && mine.name().equals(it.name());
        };
    }
}
