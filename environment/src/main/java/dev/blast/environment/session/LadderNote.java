package dev.blast.environment.session;

import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.Ladder;
import dev.blast.enforcer.plan.LayersOffered;
import dev.blast.enforcer.plan.LayersWanted;
import dev.blast.environment.Environment;
import dev.blast.environment.Lines;
import dev.blast.packaging.Digest;
import dev.blast.rules.fact.SandboxLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * On which step of the ladder sessions of an environment stand, for a listing that asks neither
 * rules nor the kernel: asking the kernel means trying. What the kernel gives is kept for processes
 * of the same standing until the next boot, what the rules of an environment want until they are
 * asked again. Only shown, never decided by: {@code run} asks both itself.
 */
public final class LadderNote {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CGROUP = Path.of("/proc/self/cgroup");

    /** What of a process decides what the kernel gives it: a container has others than its host. */
    private static final List<String> OF_PROCESS = List.of("Uid:", "CapEff:", "Seccomp");

    private static final List<String> NAMESPACES = List.of("user", "mnt");

    /** As the shipped rules want it; of an environment that nothing is noted of. */
    static final LayersWanted USUAL =
            new LayersWanted(
                    Set.of(Controller.MEMORY, Controller.PIDS),
                    Set.of(SandboxLayer.CGROUP, SandboxLayer.EGRESS));

    private final Path folder;
    private final String boot;

    public LadderNote(Workspace workspace) {
        this(workspace, here());
    }

    private static String here() {
        var facts = new StringBuilder(text(BOOT_ID).orElse("?"));
        text(STATUS)
                .orElse("")
                .lines()
                .filter(line -> OF_PROCESS.stream().anyMatch(line::startsWith))
                .forEach(facts::append);
        facts.append(text(CGROUP).orElse(""));
        for (String namespace : NAMESPACES) {
            try {
                facts.append(Files.readSymbolicLink(Path.of("/proc/self/ns", namespace)));
            } catch (IOException _) {
                facts.append('?');
            }
        }
        return Digest.of(facts.toString());
    }

    LadderNote(Workspace workspace, String boot) {
        this.folder = workspace.directories().cache().resolve("ladders");
        this.boot = boot;
    }

    /**
     * The step as the last trial found it, or, before any since the last boot, as it follows from
     * what the rules wanted then.
     *
     * @param kernel asked where nobody has asked it since the last boot
     */
    public Ladder read(Environment environment, Supplier<LayersOffered> kernel) {
        Optional<Lines> noted = lines(file(environment));
        if (noted.isPresent()
                && isOfThisBoot(noted.get())
                && noted.get().all("failed").size() > 0) {
            return new Ladder.None();
        }
        return Ladder.of(offered(kernel), noted.map(LadderNote::wanted).orElse(USUAL));
    }

    /**
     * Notes what a trial found. Where it cannot be written it is asked again next time.
     *
     * @param found {@link Ladder.None} where nothing starts here, whatever the kernel offers
     */
    public void write(
            Environment environment, Ladder found, LayersWanted wanted, LayersOffered kernel) {
        write(kernel);
        var lines = new Lines.Writer().add("boot", boot);
        if (found.isNone()) {
            lines.add("failed", "yes");
        }
        add(lines, "controller", wanted.controllers());
        add(lines, "accepted", wanted.accepted());
        write(file(environment), lines);
    }

    private LayersOffered offered(Supplier<LayersOffered> kernel) {
        return lines(machine())
                .filter(this::isOfThisBoot)
                .map(noted ->
                        new LayersOffered(
                                noted.all("obstacle").isEmpty(),
                                layers(noted, "missing"),
                                controllers(noted)))
                .orElseGet(() -> {
                    LayersOffered asked = kernel.get();
                    write(asked);
                    return asked;
                });
    }

    private void write(LayersOffered kernel) {
        var lines = new Lines.Writer().add("boot", boot);
        if (!kernel.starts()) {
            lines.add("obstacle", "yes");
        }
        add(lines, "controller", kernel.controllers());
        add(lines, "missing", kernel.missing());
        write(machine(), lines);
    }

    private boolean isOfThisBoot(Lines noted) {
        return noted.all("boot").equals(List.of(boot));
    }

    private static LayersWanted wanted(Lines noted) {
        return new LayersWanted(controllers(noted), layers(noted, "accepted"));
    }

    private static Set<Controller> controllers(Lines noted) {
        return noted.all("controller").stream()
                .map(Controller::valueOf)
                .collect(Collectors.toSet());
    }

    private static Set<SandboxLayer> layers(Lines noted, String key) {
        return noted.all(key).stream().map(SandboxLayer::valueOf).collect(Collectors.toSet());
    }

    private static void add(Lines.Writer lines, String key, Set<? extends Enum<?>> values) {
        values.stream().map(Enum::name).sorted().forEach(name -> lines.add(key, name));
    }

    private Path machine() {
        return folder.resolve("machine");
    }

    private Path file(Environment environment) {
        return folder.resolve(Digest.of(environment.root().toString()).substring(0, 16));
    }

    private static void write(Path file, Lines.Writer lines) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, lines.text());
        } catch (IOException _) {
            // a note is a convenience
        }
    }

    /** Empty where nothing is noted, or another Blast noted what this one does not know. */
    private static Optional<Lines> lines(Path file) {
        try {
            Optional<Lines> lines = text(file).map(Lines::parse);
            lines.ifPresent(LadderNote::wanted);
            lines.ifPresent(noted -> layers(noted, "missing"));
            return lines;
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path path) {
        try {
            return Optional.of(Files.readString(path));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
