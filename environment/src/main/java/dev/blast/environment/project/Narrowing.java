package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.packaging.Message;
import dev.blast.solver.RootRequirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A project narrowed by files that a person names. They are written relative to the working
 * directory.
 */
final class Narrowing {
    private final Project project;
    private final List<RootRequirement> constraints;
    private final List<Path> read;

    Narrowing(Project project) {
        this.project = project;
        this.constraints = new ArrayList<>(project.constraints());
        this.read = new ArrayList<>(project.inputs());
    }

    Project by(List<String> files) throws EnvironmentException {
        for (String written : files) {
            if (written.contains("://")) {
                throw new EnvironmentException(
                        Message.of(
                                "the constraints %s are not read: only files are\nunset PIP_CONSTRAINT and UV_CONSTRAINT, or name a copy of it",
                                written));
            }
            constraints.addAll(constraints(written));
        }
        return project.narrowed(constraints, read);
    }

    /** What they say counts in place of all requirements on the packages that they name. */
    Project overridden(List<String> files) throws EnvironmentException {
        for (String written : files) {
            for (RootRequirement root : constraints(written)) {
                if (root.requirement().url() != null) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s: an override says which versions count, NAME>=X, and no address",
                                    root.origin()));
                }
                constraints.add(RootRequirement.override(root.requirement(), root.origin()));
            }
        }
        return project.narrowed(constraints, read);
    }

    private List<RootRequirement> constraints(String written) throws EnvironmentException {
        Path file = Path.of(written).toAbsolutePath().normalize();
        RequirementsFile said =
                NotUnderstoodException.in(
                        () -> RequirementsFile.narrowing(file, project.directory(), Map.of()));
        read.addAll(said.files());
        return said.constraints();
    }
}
