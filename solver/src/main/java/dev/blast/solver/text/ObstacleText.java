package dev.blast.solver.text;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.solver.Cutoff;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Prereleases;
import java.util.List;
import java.util.stream.Collectors;

/** Obstacles in words, each the rest of a sentence that begins with one version or several. */
final class ObstacleText {
    /** How many reasons one sentence names. */
    private static final int LISTED = 3;

    private ObstacleText() {}

    /** Of one version. */
    static String of(Obstacle obstacle) {
        return of(obstacle, false);
    }

    private static String of(Obstacle obstacle, boolean many) {
        return switch (obstacle) {
            case Obstacle.OnlySource(String by) ->
                    "%s no wheel, only a source distribution%s"
                            .formatted(many ? "have" : "has", forbidden(by));
            case Obstacle.OnlyWheels(String by) ->
                    "%s no source distribution, and %s takes no wheels"
                            .formatted(many ? "have" : "has", by);
            case Obstacle.Unbuilt(String why) -> unbuilt(why, many);
            case Obstacle.WrongPlatform it -> (many ? "have " : "has ") + WheelText.of(List.of(it));
            case Obstacle.OtherPython(SpecifierSet requiresPython, Version python) ->
                    "%s Python %s, this is %s"
                            .formatted(
                                    many ? "need" : "needs",
                                    Phrases.specifier(requiresPython),
                                    python);
            case Obstacle.Yanked(String reason) ->
                    (many ? "were yanked by their publisher" : "was yanked by its publisher")
                            + (reason.isEmpty() ? "" : ": " + Visible.of(reason));
            case Obstacle.Newer(Cutoff cutoff) ->
                    "%s newer than %s, which %s leaves out"
                            .formatted(many ? "are" : "is", cutoff.said(), cutoff.by());
            case Obstacle.Undated(Cutoff cutoff) ->
                    "%s no upload time, and %s leaves out what is newer than %s"
                            .formatted(many ? "have" : "has", cutoff.by(), cutoff.said());
            case Obstacle.Prerelease(Prereleases mode) ->
                    (many ? "are pre-releases" : "is a pre-release")
                            + (mode == Prereleases.DISALLOW
                                    ? ", and none is allowed"
                                    : ", which nothing asks for");
            case Obstacle.NoSuchExtra(var extra) ->
                    "%s no extra '%s'".formatted(many ? "have" : "has", extra);
            case Obstacle.Unreadable(String why) ->
                    (many ? "have" : "has")
                            + " no usable metadata: "
                            + (why == null ? "a requirement is not understood" : why);
            case Obstacle.Unusable(String why) -> "cannot be installed: " + why;
            case Obstacle.NeedsAddress(var requirement) ->
                    "%s '%s' from an address of its own choice, which only your project may name"
                            .formatted(many ? "need" : "needs", requirement);
            case Obstacle.Own(String what) -> what;
        };
    }

    /** The first line of what whoever tried says. */
    private static String unbuilt(String why, boolean many) {
        String first = why.lines().findFirst().orElse(why);
        return many ? first.replaceFirst("^was ", "were ").replaceFirst("^is ", "are ") : first;
    }

    private static String forbidden(String by) {
        return by.isEmpty() ? "" : ", and %s lets nothing be built".formatted(by);
    }

    /**
     * Several of one kind in one sentence.
     *
     * @param many whether the sentence begins with several versions
     */
    static String together(List<Obstacle> obstacles, boolean many) {
        return switch (obstacles.getFirst()) {
            case Obstacle.OtherPython(SpecifierSet _, Version python) ->
                    obstacles.stream()
                            .map(it ->
                                    Phrases.specifier(((Obstacle.OtherPython) it).requiresPython()))
                            .distinct()
                            .limit(LISTED)
                            .collect(
                                    Collectors.joining(
                                            " or ",
                                            (many ? "need" : "needs") + " Python ",
                                            ", this is " + python));
            case Obstacle.WrongPlatform _ ->
                    (many ? "have " : "has ")
                            + WheelText.of(
                                    obstacles.stream()
                                            .map(Obstacle.WrongPlatform.class::cast)
                                            .toList());
            // Each says its own at length, of one thing: the newest stands for them.
            case Obstacle.Unbuilt _, Obstacle.Unusable _ -> of(obstacles.getLast(), many);
            case Obstacle.Yanked it when obstacles.size() == 1 -> of(it, many);
            case Obstacle.Yanked _ -> of(new Obstacle.Yanked(""), many);
            default ->
                    obstacles.stream()
                            .map(it -> of(it, many))
                            .distinct()
                            .limit(LISTED)
                            .collect(Collectors.joining(" or "));
        };
    }
}
