package dev.blast.environment.ending;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.History;
import dev.blast.environment.session.Habitat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a command had open when it was asked to end. It then finishes or undoes that itself where it
 * can, and nothing is left from which to read which it was.
 *
 * @param opened the generation it was changing to; empty where it had not begun to change anything
 * @param applied the generation that was there; 0 where none can be read, which keeps nothing from
 *     ending
 */
public record OpenChange(OptionalInt opened, int applied) {
    private static final String FINISHED =
            "the change to generation %d was interrupted when it was already decided, and has been finished";
    private static final String UNDONE =
            "the change to generation %d was interrupted and has been undone (nothing lost)";

    public static OpenChange of(Dossier dossier) throws EnvironmentException {
        return new OpenChange(dossier.changingTo(), applied(dossier));
    }

    private static int applied(Dossier dossier) {
        try {
            return Habitat.applied(dossier.environment()).map(Applied::generation).orElse(0);
        } catch (EnvironmentException _) {
            return 0;
        }
    }

    /**
     * What the command has made of it, in a line; empty where nothing was open and nothing is new.
     */
    public Optional<String> outcome(Dossier dossier) throws EnvironmentException {
        if (opened.isPresent()) {
            int generation = opened.getAsInt();
            return Optional.of(
                    (isInHistory(dossier, generation) ? FINISHED : UNDONE).formatted(generation));
        }
        int now = applied(dossier);
        return now > applied ? Optional.of(FINISHED.formatted(now)) : Optional.empty();
    }

    private static boolean isInHistory(Dossier dossier, int generation)
            throws EnvironmentException {
        try (History history = History.of(dossier)) {
            return history.generation(generation).isPresent();
        }
    }
}
