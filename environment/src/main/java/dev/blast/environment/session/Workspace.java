package dev.blast.environment.session;

import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.environment.Caller;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.Reach;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.ledger.Ledgers;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.RememberedPolicies;
import dev.blast.environment.policies.Trust;
import dev.blast.environment.project.RememberedDocuments;
import dev.blast.rules.Memory;
import dev.blast.toml.TomlMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The places that one command works with, wired by hand. Nothing is opened before it is asked for.
 */
public record Workspace(Map<String, String> variables, Path home, Directories directories) {
    /**
     * The folder of the distribution, with {@code policies/} and {@code lib/}; the launcher sets
     * it.
     */
    private static final String DISTRIBUTION = "blast.home";

    public Environments environments() {
        return new Environments(directories);
    }

    public Dossier dossier(Environment environment) {
        return Dossier.of(directories, environment);
    }

    public Store store() {
        return new Store(directories.data().resolve("store"));
    }

    public Trust trust() {
        return new Trust(directories);
    }

    /** What was found out about policies before. */
    public Memory memory() {
        return RememberedPolicies.in(directories.data().resolve("answers/policies"));
    }

    /** What files of projects were found to say before. */
    public TomlMemory documents() {
        return RememberedDocuments.in(directories.data().resolve("answers/documents"));
    }

    public Sessions sessions(Environment environment) {
        return new Sessions(directories, environment);
    }

    public Ledgers ledgers(Environment environment) {
        return new Ledgers(directories, environment);
    }

    public Interpreters interpreters() {
        return new Interpreters(
                variables, home, directories.data().resolve("interpreters"), this::writable);
    }

    /** What runs in a sandbox may write its project, and what rules name. */
    private List<Path> writable() throws IOException {
        try {
            List<Path> projects = new ArrayList<>(new Reach(directories).places());
            for (Environments.Entry entry : environments().list()) {
                projects.add(entry.environment().project());
            }
            return projects;
        } catch (EnvironmentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Who runs Blast. {@code CI=false} means what it says. */
    public Caller caller(boolean interactive) {
        String ci = variables.getOrDefault("CI", "");
        boolean inCi = !ci.isEmpty() && !ci.equals("false") && !ci.equals("0");
        return new Caller(System.getProperty("user.name", ""), inCi, interactive, home);
    }

    /** The same, who is about to change this environment. */
    public Caller caller(boolean interactive, Environment environment) {
        Caller caller = caller(interactive);
        return new Caller(
                caller.user(),
                caller.ci(),
                interactive,
                home,
                new LadderNote(this).read(environment, () -> KernelProbe.ask().layers()).title());
    }

    Path distribution() {
        String distribution = System.getProperty(DISTRIBUTION);
        if (distribution == null) {
            throw new IllegalStateException(
                    "started without -D" + DISTRIBUTION + ", the folder that holds policies/");
        }
        return Path.of(distribution);
    }

    public PolicySources sources() {
        return PolicySources.of(distribution().resolve("policies"), directories, home);
    }

    /** As people write it: {@code ~/src/shop}. */
    public String shown(Path path) {
        return path.equals(home)
                ? "~"
                : path.startsWith(home) ? "~/" + home.relativize(path) : path.toString();
    }
}
