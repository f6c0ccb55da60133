package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.Project;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.lock.LockAnswer;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the lock file of a resolution says. A wheel behind an address (and one of an index that
 * gives no hashes) is locked by the hash of what was downloaded, or of what was locked before for
 * the same address.
 */
final class LockText {
    private LockText() {}

    /** The same when all wheels have been fetched. */
    static String whole(
            Everywhere.Locked locked, Map<PackageName, StoredWheel> fetched, Situation situation)
            throws EnvironmentException {
        return of(locked, fetched, situation)
                .orElseThrow(
                        () -> new IllegalStateException("a wheel without a hash was not fetched"));
    }

    /**
     * Empty where a hash is not known before the wheel has been fetched.
     *
     * @param fetched what has been brought into the store so far
     * @param situation of the interpreter at hand; what is for others is never fetched
     */
    static Optional<String> of(
            Everywhere.Locked locked, Map<PackageName, StoredWheel> fetched, Situation situation)
            throws EnvironmentException {
        var answers = new ArrayList<LockAnswer>();
        for (Everywhere.Answered answer : locked.answers()) {
            boolean isHere = answer.here();
            List<Pin> pins =
                    answer.resolution().pins().stream()
                            .map(pin ->
                                    withHash(
                                            pin,
                                            isHere ? fetched : Map.of(),
                                            answer.situation().lock()))
                            .toList();
            if (isHere && pins.stream().anyMatch(LockText::lacksHash)) {
                return Optional.empty();
            }
            Map<PackageName, String> bound = new HashMap<>();
            answer.situation()
                    .bound()
                    .forEach((name, index) -> bound.put(name, Redaction.strip(index)));
            answers.add(
                    new LockAnswer(
                            answer.place(),
                            answer.situation().parts().scope(),
                            answer.resolution().with(pins),
                            bound));
        }
        Project project = situation.job().project();
        try {
            return Optional.of(
                    LockFile.of(answers, HeldFolder.above(project.lockFile()), asked(project))
                            .text());
        } catch (LockException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /** What the choice followed from that no requirement of a package says. */
    private static Map<String, Object> asked(Project project) {
        Map<String, Object> asked = new TreeMap<>();
        if (!project.overrides().isEmpty()) {
            asked.put(
                    "overrides",
                    project.overrides().stream()
                            .map(it -> it.requirement().toString())
                            .sorted()
                            .toList());
        }
        project.settings().cutoff().ifPresent(it -> asked.put("exclude-newer", it.said()));
        return asked;
    }

    /** The packages whose hash is not known before they have been fetched. */
    static List<PackageName> unknownHashes(Resolution resolution, Situation situation) {
        return resolution.pins().stream()
                .map(pin -> withHash(pin, Map.of(), situation.lock()))
                .filter(LockText::lacksHash)
                .map(Pin::name)
                .toList();
    }

    /** Of a folder there is none, and the name of a commit is one. */
    private static boolean lacksHash(Pin pin) {
        return switch (pin.file().kind()) {
            case WHEEL, SDIST -> pin.file().hashes().isEmpty();
            case FOLDER, EDITABLE, CHECKOUT -> false;
        };
    }

    private static Pin withHash(Pin pin, Map<PackageName, StoredWheel> fetched, CurrentLock lock) {
        if (!lacksHash(pin)) {
            return pin;
        }
        StoredWheel wheel = fetched.get(pin.name());
        Pin locked = lock.pins().get(pin.name());
        if (wheel != null) {
            return pin.hashed(Map.of("sha256", wheel.sha256()));
        }
        return locked != null && locked.file().uri().equals(pin.file().uri())
                ? pin.hashed(locked.file().hashes())
                : pin;
    }
}
