package dev.blast.environment.session;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PackageName;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A package that is read from a folder of its own (PEP 660), which no rule shows to the programs of
 * a habitat: they find no module of that name.
 *
 * @param folder without links
 */
public record UnseenEditable(PackageName name, Path folder, PathText asARule) {

    /** What a shell takes as it is. */
    private static final Pattern PLAIN = Pattern.compile("~?[A-Za-z0-9_./+@-]+");

    /** Whether rules have to be asked: whether any package is read from outside of the project. */
    public static boolean mayBeIn(Environment environment, Project project)
            throws EnvironmentException {
        Optional<Applied> applied = Habitat.applied(environment);
        return applied.isPresent() && !outside(environment, applied.get(), project).isEmpty();
    }

    /** Those of a habitat, by name. */
    public static List<UnseenEditable> in(Habitat habitat) throws EnvironmentException {
        Map<PackageName, Path> outside =
                outside(habitat.environment(), habitat.applied(), habitat.project());
        var unseen = new ArrayList<UnseenEditable>();
        if (!outside.isEmpty()) {
            KernelFeatures kernel = KernelProbe.ask();
            outside.forEach((name, folder) -> {
                if (!Confinement.decide(habitat.sandbox(), kernel, folder).readable()) {
                    unseen.add(
                            new UnseenEditable(
                                    name,
                                    folder,
                                    PathText.of(folder, habitat.context().session())));
                }
            });
        }
        return unseen;
    }

    /** The project's own folder is a matter of its own rules. */
    private static Map<PackageName, Path> outside(
            Environment environment, Applied applied, Project project) throws EnvironmentException {
        var outside = new TreeMap<PackageName, Path>();
        for (InstalledDistribution each : Installed.scan(environment, applied)) {
            each.editable()
                    .map(UnseenEditable::real)
                    .filter(folder -> !folder.startsWith(project.directory()))
                    .ifPresent(folder -> outside.put(each.name(), folder));
        }
        return outside;
    }

    /** As a path says it where nothing is there. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException _) {
            return folder;
        }
    }

    /** What is wrong, and the line of a rule that mends it. */
    public String sentence() {
        String path = asARule.toString();
        return "%s is read from %s, which programs that blast run starts cannot see; a rule lets them: %s%s"
                .formatted(
                        name,
                        Quoted.plain(folder.toString()),
                        Quoted.literal(path)
                                .map("readable( %s );"::formatted)
                                .orElse("its path cannot be written in one"),
                        PLAIN.matcher(path).matches()
                                ? " (the whole of it: blast check --explain read %s)"
                                        .formatted(path)
                                : "");
    }
}
