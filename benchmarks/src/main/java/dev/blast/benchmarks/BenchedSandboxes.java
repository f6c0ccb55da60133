package dev.blast.benchmarks;

import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.ConfinedProgram;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Policies;
import dev.blast.environment.session.Wish;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans of sandboxes by the shipped rules, for a project with an environment of Blast's that is
 * known in a home.
 */
record BenchedSandboxes(Habitat habitat, List<String> program) {

    static BenchedSandboxes of(Path project, Path home, Path policies, List<String> program)
            throws Exception {
        List<PolicyFile> files = new ArrayList<>();
        try (DirectoryStream<Path> shipped = Files.newDirectoryStream(policies, "*.drl")) {
            for (Path file : shipped) {
                files.add(
                        new PolicyFile(
                                Layer.SHIPPED,
                                file.getFileName().toString(),
                                Files.readString(file),
                                true));
            }
        }
        Policy policy = ((Loading.Loaded) Policy.load(files)).policy();
        var habitat =
                (Habitat)
                        Habitat.of(
                                new Workspace(
                                        System.getenv(), home, Directories.of(Map.of(), home)),
                                Project.at(project),
                                Environment.in(project),
                                new Policies(files, policy),
                                false,
                                Purpose.RUN,
                                program.getFirst());
        return new BenchedSandboxes(habitat, program);
    }

    ConfinedProgram planned(boolean gate) throws Exception {
        return ConfinedProgram.planned(
                habitat,
                new Wish(
                        program,
                        habitat.project().directory(),
                        Stdio.logged(Path.of("/dev/null")),
                        System.getenv(),
                        Map.of(),
                        Set.of(),
                        gate));
    }

    static Plan plan(ConfinedProgram confined) throws IOException {
        if (confined.planning() instanceof Plan plan) {
            return plan;
        }
        throw new IOException(confined.planning().toString());
    }
}
