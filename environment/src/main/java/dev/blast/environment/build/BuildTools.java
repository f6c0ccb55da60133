package dev.blast.environment.build;

import dev.blast.environment.install.Store;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.Policy;
import dev.blast.solver.Progress;
import java.time.InstantSource;

/** What all builds of a command work with. */
public record BuildTools(
        Workspace workspace,
        Policy policy,
        Store store,
        Progress progress,
        InstantSource clock,
        BuildOptions options) {}
