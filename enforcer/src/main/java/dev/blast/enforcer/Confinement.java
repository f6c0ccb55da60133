package dev.blast.enforcer;

import dev.blast.rules.Limit;
import dev.blast.rules.Limits;
import dev.blast.rules.SandboxPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * From what a policy grants and what a kernel can do to the steps that confine one program. All
 * decisions are here; nothing is asked of the kernel, and of the file system only what is at the
 * granted paths.
 */
public final class Confinement {
    private static final String HOST_NAME = "sandbox";

    private final SandboxPolicy policy;
    private final Launch launch;
    private final KernelFeatures kernel;
    private final RootLayout layout;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> substitutes = new ArrayList<>();

    private Confinement(
            SandboxPolicy policy, Launch launch, KernelFeatures kernel, HostFiles host) {
        this.policy = policy;
        this.launch = launch;
        this.kernel = kernel;
        this.layout = new RootLayout(policy.paths(), host);
    }

    /** The steps for one launch, or why there can be none. */
    public static Planning plan(SandboxPolicy policy, Launch launch, KernelFeatures kernel) {
        return plan(policy, launch, kernel, new RealHostFiles());
    }

    static Planning plan(
            SandboxPolicy policy, Launch launch, KernelFeatures kernel, HostFiles host) {
        return new Confinement(policy, launch, kernel, host).plan();
    }

    private Planning plan() {
        List<MissingLayer> missing =
                kernel.missing().stream()
                        .filter(layer -> !launch.acceptedMissing().contains(layer.layer()))
                        .toList();
        if (!missing.isEmpty()) {
            return new Planning.Missing(missing);
        }
        SyscallRules syscalls =
                SyscallRules.of(policy.allowedSyscalls(), policy.deniedSyscalls(), problems);
        Path directory = launch.workingDirectory().normalize();
        if (!layout.reaches(directory)) {
            problems.add("no rule makes the working directory " + directory + " visible");
        }
        if (!problems.isEmpty()) {
            return new Planning.Invalid(problems);
        }
        Map<String, String> environment = environment();
        Optional<Path> program = program(environment);
        if (program.isEmpty()) {
            return notFound(environment);
        }
        steps.addAll(layout.outside());
        Set<Namespace> namespaces = EnumSet.complementOf(EnumSet.of(Namespace.CGROUP));
        if (!kernel.userNamespace()) {
            namespaces.remove(Namespace.USER);
        }
        steps.add(new Step.Namespaces(namespaces));
        steps.add(new Step.DieWithLauncher());
        if (kernel.userNamespace()) {
            steps.add(new Step.Identity(kernel.userId(), kernel.groupId()));
        }
        steps.add(new Step.JoinCgroups());
        steps.add(new Step.PrivateMounts());
        steps.addAll(layout.sources());
        steps.add(new Step.NewRoot());
        steps.addAll(layout.inside());
        steps.add(new Step.Proc());
        steps.add(new Step.EnterRoot());
        steps.add(new Step.Hostname(HOST_NAME));
        steps.add(new Step.Descriptors(launch.stdio()));
        limits(policy.limits());
        steps.add(new Step.WorkingDirectory(directory));
        steps.add(new Step.DropCapabilities(kernel.lastCapability()));
        steps.add(new Step.NoNewPrivileges());
        if (kernel.landlockAbi() > 0) {
            steps.add(new Step.Restrict(kernel.landlockAbi(), layout.rules()));
        }
        steps.add(new Step.Filter(SeccompFilter.compile(syscalls, kernel.processor())));
        steps.add(new Step.Execute(program.get(), launch.command(), environment));
        return new Plan(kernel, steps, substitutes, layout.leftOut(), Set.of());
    }

    private void limits(Limits limits) {
        limit(Resource.OPEN_FILES, limits.openFiles());
        limit(Resource.FILE_SIZE, limits.fileSizeBytes());
        limit(Resource.ADDRESS_SPACE, limits.memoryBytes());
        steps.add(new Step.ResourceLimit(Resource.CORE_SIZE, 0));
    }

    private void limit(Resource resource, @org.jspecify.annotations.Nullable Limit limit) {
        if (limit != null) {
            steps.add(new Step.ResourceLimit(resource, limit.amount()));
        }
    }

    /** The variables that the policy passes, and on top of them the ones that it sets. */
    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        launch.environment()
                .forEach((name, value) -> {
                    if (policy.passes(name)) {
                        environment.put(name, value);
                    }
                });
        environment.putAll(policy.setVariables());
        return environment;
    }

    private Optional<Path> program(Map<String, String> environment) {
        String name = launch.command().getFirst();
        if (name.contains("/")) {
            Path path = launch.workingDirectory().resolve(name);
            return layout.reaches(path) ? Optional.of(path) : Optional.empty();
        }
        return Arrays.stream(environment.getOrDefault("PATH", "").split(":"))
                .filter(entry -> entry.startsWith("/"))
                .map(entry -> Path.of(entry).resolve(name))
                .filter(path -> layout.reaches(path) && layout.isProgram(path))
                .findFirst();
    }

    private Planning.NotFound notFound(Map<String, String> environment) {
        String name = launch.command().getFirst();
        String path = environment.get("PATH");
        return new Planning.NotFound(
                name,
                name.contains("/")
                        ? "no rule makes it visible, or it does not exist"
                        : path == null
                                ? "the policy passes no PATH to look for it"
                                : "it is in no folder of PATH that a rule makes visible ("
                                        + path
                                        + ")");
    }
}
