package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a version cannot be used for a target. */
public sealed interface Obstacle {

    /**
     * No wheel, only a source distribution, which must not be built.
     *
     * @param by where a person says that; empty where nobody does
     */
    record OnlySource(String by) implements Obstacle {}

    /**
     * No source distribution, and wheels must not be taken.
     *
     * @param by where a person says that
     */
    record OnlyWheels(String by) implements Obstacle {}

    /**
     * A source that gives no wheel.
     *
     * @param why as whoever tried says: a line that continues "it", and perhaps more of them
     */
    record Unbuilt(String why) implements Obstacle {}

    /**
     * No wheel for the target.
     *
     * @param wheels those that there are, at least one
     * @param source whether there is a source distribution too, which must not be built
     */
    record WrongPlatform(Version python, List<WheelName> wheels, boolean source)
            implements Obstacle {
        public WrongPlatform {
            wheels = List.copyOf(wheels);
        }
    }

    record OtherPython(SpecifierSet requiresPython, Version python) implements Obstacle {}

    /**
     * Its publisher took it back.
     *
     * @param reason empty where none was given
     */
    record Yanked(String reason) implements Obstacle {}

    /** Its files are of a time that a person leaves out. */
    record Newer(Cutoff cutoff) implements Obstacle {}

    /** It is not known when its files were uploaded, and a person leaves out what is newer. */
    record Undated(Cutoff cutoff) implements Obstacle {}

    /**
     * It is a pre-release, which may not be chosen.
     *
     * @param mode when one may be
     */
    record Prerelease(Prereleases mode) implements Obstacle {}

    /** An extra is asked for that it does not have. */
    record NoSuchExtra(ExtraName extra) implements Obstacle {}

    /**
     * Its metadata cannot be read, or are not there.
     *
     * @param why as whoever read them says; null where a requirement in them is not understood
     */
    record Unreadable(@Nullable String why) implements Obstacle {}

    /**
     * Its file was tried before.
     *
     * @param why as whoever tried says
     */
    record Unusable(String why) implements Obstacle {}

    /** Only the request itself may name an address to download from. */
    record NeedsAddress(Requirement requirement) implements Obstacle {}

    /**
     * Its name is one of the project's own, which no index is asked for.
     *
     * @param what it is instead: {@code is this project (pyproject.toml:2)}
     */
    record Own(String what) implements Obstacle {}
}
