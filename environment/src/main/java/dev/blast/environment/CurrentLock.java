package dev.blast.environment;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.LockException;
import dev.blast.solver.LockFile;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Target;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * The project's lock file as it is now.
 *
 * @param text empty where there is none
 * @param pins the locked versions for the target
 * @param complete whether it says what each version requires, so that no index need be asked
 * @param why it cannot be used; empty where it can
 */
record CurrentLock(String text, Map<PackageName, Pin> pins, boolean complete, String why) {
    static CurrentLock read(Path file, Target target) throws EnvironmentException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new CurrentLock("", Map.of(), false, "there is no " + file.getFileName());
        }
        String text = ProjectFile.read(file, file.getFileName().toString()).utf8();
        try {
            return switch (LockFile.read(text, file.getFileName().toString()).select(target)) {
                case LockFile.Selection.Pins(var pins, boolean complete) ->
                        new CurrentLock(text, pins, complete, "");
                case LockFile.Selection.Refused(String reason) ->
                        new CurrentLock(
                                text,
                                Map.of(),
                                false,
                                file.getFileName() + " is for another interpreter: " + reason);
            };
        } catch (LockException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }

    boolean isPresent() {
        return !text.isEmpty();
    }

    Preferences preferences(Map<PackageName, Version> installed) {
        return new Preferences(pins, installed, complete);
    }
}
