package dev.blast.environment.build;

import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.environment.session.Workspace;
import dev.blast.index.DistributionFile;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.solver.BuildException;
import dev.blast.solver.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds with the shipped rules, in a home of their own, for an interpreter of this machine. */
final class BuildShop {
    final Path home;
    final Path project;
    final Workspace workspace;
    final SourceIndex index = new SourceIndex();
    final Interpreter interpreter;
    private final List<PolicyFile> rules = new ArrayList<>();
    BuildOptions options = BuildOptions.NONE;

    BuildShop(Path folder) throws IOException {
        Path root = Path.of(System.getProperty("blast.root", ".."));
        System.setProperty("blast.home", root.toRealPath().toString());
        Path real = folder.toRealPath();
        home = Files.createDirectories(real.resolve("home"));
        project = Files.createDirectories(real.resolve("shop"));
        workspace = new Workspace(Map.of("TOKEN", "secret"), home, Directories.of(Map.of(), home));
        interpreter = SampleInterpreter.real(real.resolve("interpreters"));
        try (DirectoryStream<Path> shipped =
                Files.newDirectoryStream(root.resolve("policies"), "*.drl")) {
            for (Path file : shipped) {
                rules.add(
                        new PolicyFile(
                                Layer.SHIPPED,
                                "policies/" + file.getFileName(),
                                Files.readString(file),
                                true));
            }
        }
    }

    /** With a rule of the user. */
    BuildShop rule(String text) {
        rules.add(new PolicyFile(Layer.USER, "own.drl", text, true));
        return this;
    }

    Builds builds() {
        Policy policy = ((Loading.Loaded) Policy.load(rules)).policy();
        var tools =
                new BuildTools(
                        workspace,
                        policy,
                        new Store(workspace.directories().data().resolve("store")),
                        Progress.SILENT,
                        InstantSource.system(),
                        options);
        return new Builds(
                tools,
                workspace
                        .caller(false)
                        .session(
                                "shop",
                                project,
                                Environment.in(project),
                                interpreter,
                                Purpose.BUILD,
                                "blast"),
                interpreter,
                index,
                request -> request);
    }

    /** The wheel of a source, or what is said. */
    String wheel(SourcePackage source) throws Exception {
        DistributionFile file = index.add(source);
        try {
            return builds().wheel(file).getFileName().toString();
        } catch (BuildException e) {
            return "it " + e.getMessage();
        }
    }
}
