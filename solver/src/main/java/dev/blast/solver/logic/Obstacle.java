package dev.blast.solver.logic;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;

/** Why a version cannot be used for a target. */
public sealed interface Obstacle {

    /** No wheel, only a source distribution. */
    record OnlySource() implements Obstacle {}

    record WrongPlatform(Version python) implements Obstacle {}

    record OtherPython(SpecifierSet requiresPython, Version python) implements Obstacle {}

    record Yanked(String reason) implements Obstacle {}

    /** Nothing asks for one. */
    record Prerelease() implements Obstacle {}

    /** Its metadata cannot be read, or is not there. */
    record Unreadable(String why) implements Obstacle {}

    /** Its file was tried before. */
    record Unusable(String why) implements Obstacle {}

    /** Only the request itself may name an address to download from. */
    record NeedsAddress(Requirement requirement) implements Obstacle {}
}
