package dev.blast.environment.session;

import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a project's lock says for an interpreter. */
public final class Locked {
    private Locked() {}

    /** The locked versions; none where there is no lock, or it is for other interpreters. */
    public static Map<PackageName, Pin> pins(Project project, Interpreter interpreter)
            throws LockException, IOException {
        Path file = project.lockFile();
        if (!Files.exists(file)) {
            return Map.of();
        }
        return switch (read(project).select(interpreter.target())) {
            case LockFile.Selection.Pins(var pins, _, _, _) -> pins;
            case LockFile.Selection.Refused _ -> Map.of();
        };
    }

    private static LockFile read(Project project) throws LockException, IOException {
        Path file = project.lockFile();
        return LockFile.read(
                OrdinaryFile.text(file),
                String.valueOf(file.getFileName()),
                HeldFolder.above(file));
    }

    /**
     * All that the project asks for, in any of its groups and extras; a line that several groups
     * include counts once.
     */
    public static List<RootRequirement> roots(Project project) {
        var roots = new LinkedHashMap<String, RootRequirement>();
        Stream.of(
                        List.of(project.dependencies()),
                        project.groups().values(),
                        project.extras().values())
                .flatMap(Collection::stream)
                .flatMap(Collection::stream)
                .forEach(root -> roots.putIfAbsent(root.requirement() + " " + root.origin(), root));
        return List.copyOf(roots.values());
    }

    /** The sources that it names; none where it cannot be read. */
    static Map<PackageName, DistributionFile> sources(Project project) {
        if (!Files.exists(project.lockFile())) {
            return Map.of();
        }
        try {
            return read(project).sources();
        } catch (IOException | LockException _) {
            return Map.of(); // check says what is wrong with the lock
        }
    }
}
