package dev.blast.environment.session;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.gate.ResolverFile;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.GateWanted;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.environment.EnvironmentException;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.verdict.SandboxPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One program, confined as the rules want it, from the plan to its start. What the rules want and
 * this kernel cannot give is no plan, unless a person or a rule accepts it by name.
 */
public final class ConfinedProgram implements AutoCloseable {
    private static final Path RESOLVER_FILE = Path.of("/etc/resolv.conf");

    private final Habitat habitat;
    private final Wish wish;
    private final KernelFeatures kernel;
    private final PrivateFolder folder;
    private final SandboxPolicy policy;
    private final Planning planning;

    private ConfinedProgram(
            Habitat habitat,
            Wish wish,
            KernelFeatures kernel,
            PrivateFolder folder,
            SandboxPolicy policy,
            Planning planning) {
        this.habitat = habitat;
        this.wish = wish;
        this.kernel = kernel;
        this.folder = folder;
        this.policy = policy;
        this.planning = planning;
    }

    /** Plans it for this machine. What is temporary for it is removed on {@link #close}. */
    public static ConfinedProgram planned(Habitat habitat, Wish wish) throws EnvironmentException {
        if (habitat.sessions().list().isEmpty()) {
            new Bytecode(habitat.environment())
                    .tidy(); // before a plan relies on what it takes away
        }
        KernelFeatures kernel = KernelProbe.ask();
        return planned(habitat, wish, kernel, PrivateFolder.where(kernel));
    }

    /** The same for a program that is only asked about. */
    public static Planning plan(Habitat habitat, Wish wish) throws EnvironmentException {
        return planned(habitat, wish, KernelProbe.ask(), new PrivateFolder(null)).planning();
    }

    private static ConfinedProgram planned(
            Habitat habitat, Wish wish, KernelFeatures kernel, PrivateFolder folder)
            throws EnvironmentException {
        Set<SandboxLayer> without = EnumSet.noneOf(SandboxLayer.class);
        without.addAll(wish.accepted());
        kernel.missing().stream()
                .map(MissingLayer::layer)
                .filter(habitat::accepts)
                .forEach(without::add);
        Launch launch =
                new Launch(
                        wish.command(),
                        wish.directory(),
                        habitat.activated(wish.caller()),
                        wish.stdio(),
                        without,
                        folder.path(),
                        wish.connects() ? new GateWanted(resolverFile(), wish.witnessed()) : null,
                        wish.copy());
        SandboxPolicy policy = withVariables(habitat, wish);
        return new ConfinedProgram(
                habitat, wish, kernel, folder, policy, Confinement.plan(policy, launch, kernel));
    }

    /** A machine without one asks a server of its own, and knows no search list. */
    private static String resolverFile() {
        try {
            return ResolverFile.inside(Files.readString(RESOLVER_FILE));
        } catch (IOException _) {
            return ResolverFile.inside("");
        }
    }

    /** What the person sets for this start comes on top of what is set for the environment. */
    private static SandboxPolicy withVariables(Habitat habitat, Wish wish)
            throws EnvironmentException {
        SandboxPolicy policy = habitat.sandbox();
        Map<String, String> variables = new HashMap<>(policy.setVariables());
        variables.putAll(new Variables(habitat.environment()).read());
        variables.putAll(wish.set());
        SafeDirectory.of(wish.directory(), wish.caller())
                .ifPresent(repository ->
                        variables.putAll(
                                SafeDirectory.told(repository, told(policy, wish, variables))));
        return policy.with(policy.paths(), variables);
    }

    /** How many of git's settings variables inside hold already. */
    private static String told(SandboxPolicy policy, Wish wish, Map<String, String> variables) {
        String passed =
                policy.passes(SafeDirectory.COUNT)
                        ? wish.caller().getOrDefault(SafeDirectory.COUNT, "")
                        : "";
        return variables.getOrDefault(SafeDirectory.COUNT, passed);
    }

    /** Only a {@link Plan} can be started. */
    public Planning planning() {
        return planning;
    }

    /** Names of the caller's variables that are not there inside. */
    public Set<String> notPassed() {
        return wish.caller().keySet().stream()
                .filter(name ->
                        !policy.passes(name)
                                && !policy.setVariables().containsKey(name)
                                && !SandboxPolicy.isOfProxy(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What resolvers inside put behind names. */
    public List<String> searchList() {
        return ResolverFile.searchList(resolverFile());
    }

    KernelFeatures kernel() {
        return kernel;
    }

    /**
     * Starts it on the terminal of this process, whose signals are the program's meanwhile.
     *
     * @param keeper says what it may reach
     * @param violations told what it runs into
     */
    public ConfinedSession startInForeground(Plan plan, Gatekeeper keeper, RunViolations violations)
            throws EnforcerException, EnvironmentException {
        habitat.noteReach();
        return ConfinedSession.start(
                habitat, plan, keeper, violations, String.join(" ", wish.command()), folder);
    }

    @Override
    public void close() throws EnvironmentException {
        folder.close();
    }
}
