package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.solver.RootRequirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The components of a project, to change some of them. */
final class ProjectParts {
    private final Project of;
    String name;
    List<RootRequirement> dependencies;
    Map<ExtraName, List<RootRequirement>> groups;
    Map<ExtraName, List<RootRequirement>> extras;
    List<RootRequirement> constraints;
    RequirementOptions options;
    Settings settings;
    List<OwnName> own;
    boolean declared;
    Optional<Itself> itself;
    List<Unread> unread;
    List<Path> inputs;
    Path lockFile;
    Path formerLock;

    ProjectParts(Project of) {
        this.of = of;
        this.name = of.name();
        this.dependencies = of.dependencies();
        this.groups = of.groups();
        this.extras = of.extras();
        this.constraints = of.constraints();
        this.options = of.options();
        this.settings = of.settings();
        this.own = of.own();
        this.declared = of.declared();
        this.itself = of.itself();
        this.unread = of.unread();
        this.inputs = of.inputs();
        this.lockFile = of.lockFile();
        this.formerLock = of.formerLock();
    }

    Project project() {
        return new Project(
                of.directory(),
                name,
                of.requiresPython(),
                dependencies,
                groups,
                extras,
                constraints,
                options,
                settings,
                own,
                declared,
                itself,
                unread,
                inputs,
                lockFile,
                formerLock);
    }
}
