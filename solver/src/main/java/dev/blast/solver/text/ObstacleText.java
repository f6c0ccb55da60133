package dev.blast.solver.text;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.solver.Obstacle;
import java.util.List;
import java.util.stream.Collectors;

/** Obstacles in words, each the rest of a sentence that begins with the version. */
final class ObstacleText {
    /** How many reasons one sentence names. */
    private static final int LISTED = 3;

    private ObstacleText() {}

    static String of(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.OnlySource() -> "has no wheel, only a source distribution";
            case Obstacle.WrongPlatform(Version python) ->
                    "has no wheel for Python %s on this platform".formatted(python);
            case Obstacle.OtherPython(SpecifierSet requiresPython, Version python) ->
                    "needs Python %s, this is %s"
                            .formatted(Phrases.specifier(requiresPython), python);
            case Obstacle.Yanked(String reason) ->
                    "was yanked by its publisher"
                            + (reason.isEmpty() ? "" : ": " + Visible.of(reason));
            case Obstacle.Prerelease() -> "is a pre-release, which nothing asks for";
            case Obstacle.Unreadable(String why) ->
                    "has no usable metadata: "
                            + (why == null ? "a requirement is not understood" : why);
            case Obstacle.Unusable(String why) -> "cannot be installed: " + why;
            case Obstacle.NeedsAddress(var requirement) ->
                    "needs '%s' from an address of its own choice, which only your project may name"
                            .formatted(requirement);
        };
    }

    /** Several of one kind in one sentence. */
    static String together(List<Obstacle> obstacles) {
        if (obstacles.getFirst() instanceof Obstacle.OtherPython(SpecifierSet _, Version python)) {
            return obstacles.stream()
                    .map(it -> Phrases.specifier(((Obstacle.OtherPython) it).requiresPython()))
                    .distinct()
                    .limit(LISTED)
                    .collect(Collectors.joining(" or ", "needs Python ", ", this is " + python));
        }
        if (obstacles.size() > 1 && obstacles.getFirst() instanceof Obstacle.Yanked) {
            return of(new Obstacle.Yanked(""));
        }
        return obstacles.stream()
                .map(ObstacleText::of)
                .distinct()
                .limit(LISTED)
                .collect(Collectors.joining(" or "));
    }
}
