package dev.blast.solver;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a version cannot be used for a target. {@code toString} continues a sentence that begins with
 * the version.
 */
sealed interface Obstacle {

    /** Several of one kind in one sentence. */
    static String together(List<Obstacle> obstacles) {
        if (obstacles.getFirst() instanceof OtherPython(SpecifierSet _, Version python)) {
            return obstacles.stream()
                    .map(obstacle -> Phrases.specifier(((OtherPython) obstacle).requiresPython()))
                    .distinct()
                    .limit(LISTED)
                    .collect(Collectors.joining(" or ", "needs Python ", ", this is " + python));
        }
        if (obstacles.size() > 1 && obstacles.getFirst() instanceof Yanked) {
            return new Yanked("").toString();
        }
        return obstacles.stream()
                .map(Obstacle::toString)
                .distinct()
                .limit(LISTED)
                .collect(Collectors.joining(" or "));
    }

    /** How many reasons one sentence names. */
    int LISTED = 3;

    record OnlySource() implements Obstacle {
        @Override
        public String toString() {
            return "has no wheel, only a source distribution";
        }
    }

    record WrongPlatform(Version python) implements Obstacle {
        @Override
        public String toString() {
            return "has no wheel for Python %s on this platform".formatted(python);
        }
    }

    record OtherPython(SpecifierSet requiresPython, Version python) implements Obstacle {
        @Override
        public String toString() {
            return "needs Python %s, this is %s"
                    .formatted(Phrases.specifier(requiresPython), python);
        }
    }

    record Yanked(String reason) implements Obstacle {
        @Override
        public String toString() {
            return "was yanked by its publisher"
                    + (reason.isEmpty() ? "" : ": " + Visible.of(reason));
        }
    }

    record Prerelease() implements Obstacle {
        @Override
        public String toString() {
            return "is a pre-release, which nothing asks for";
        }
    }

    /** Its metadata cannot be read, or is not there. */
    record Unreadable(String why) implements Obstacle {
        @Override
        public String toString() {
            return "has no usable metadata: " + why;
        }
    }

    /** Its file was tried before. */
    record Unusable(String why) implements Obstacle {
        @Override
        public String toString() {
            return "cannot be installed: " + why;
        }
    }

    /** Only the request itself may name an address to download from. */
    record NeedsAddress(Requirement requirement) implements Obstacle {
        @Override
        public String toString() {
            return "needs '%s' from an address of its own choice, which only your project may name"
                    .formatted(requirement);
        }
    }
}
