package dev.blast.environment.session;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.project.Itself;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.UnnamedRequirement;
import dev.blast.index.DistributionFile;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A project with what only its environment and its lock say of it: what its build backend said that
 * it needs, that it is a package there itself, and the names behind addresses without one.
 */
public final class KnownProject {
    private static final Pattern SUBDIRECTORY = Pattern.compile("(?<=[#&])subdirectory=[^&]*");

    private final Project project;
    private final List<RootRequirement> besides;

    private KnownProject(Project project, List<RootRequirement> besides) {
        this.project = project;
        this.besides = List.copyOf(besides);
    }

    /**
     * As far as it is known there.
     *
     * @param markers of the environment's interpreter
     */
    public static KnownProject of(
            Project project, Collection<InstalledDistribution> installed, MarkerEnvironment markers)
            throws IOException {
        var besides = new ArrayList<>(named(project));
        Itself itself = project.itself().orElse(null);
        InstalledDistribution there =
                installed.stream()
                        .filter(it -> it.folder().filter(project.directory()::equals).isPresent())
                        .findFirst()
                        .orElse(null);
        if (itself == null || there == null) {
            return new KnownProject(project, besides);
        }
        if (itself.wanted()) {
            besides.add(
                    RootRequirement.of(
                            new Requirement(
                                    there.name(),
                                    Set.of(),
                                    SpecifierSet.ANY,
                                    project.directory().toUri().toString(),
                                    null),
                            itself.origin()));
        }
        return new KnownProject(itself.known() ? project : told(project, there, markers), besides);
    }

    /** What stands there may be older than what is asked of it now: then it says nothing. */
    private static Project told(
            Project project, InstalledDistribution there, MarkerEnvironment markers)
            throws IOException {
        try {
            String text = OrdinaryFile.text(there.distInfo().resolve("METADATA"));
            return project.told(Metadata.read(text), markers);
        } catch (NoSuchFileException | InvalidSyntaxException | EnvironmentException _) {
            return project;
        }
    }

    /** All that it asks for, in any of its groups and extras. */
    List<RootRequirement> all() {
        var all = new ArrayList<>(Locked.roots(project));
        all.addAll(besides);
        return all;
    }

    /** What a sync without options asks for: with the default groups, without extras. */
    public List<RootRequirement> usual() throws EnvironmentException {
        var usual = new ArrayList<>(project.requirements(project.defaultGroups(), Set.of()));
        usual.addAll(besides);
        return usual;
    }

    private static List<RootRequirement> named(Project project) {
        List<UnnamedRequirement> unnamed = project.options().unnamed();
        var named = new ArrayList<RootRequirement>();
        Map<PackageName, DistributionFile> sources =
                unnamed.isEmpty() ? Map.of() : Locked.sources(project);
        for (UnnamedRequirement each : unnamed) {
            sources.entrySet().stream()
                    .filter(it -> place(it.getValue().uri().toString()).equals(place(each.url())))
                    .findFirst()
                    .ifPresent(it -> named.add(each.named(it.getKey())));
        }
        return named;
    }

    /** An address without its revision, with the folder in it. */
    private static String place(String url) {
        Matcher part = SUBDIRECTORY.matcher(url);
        String folder = part.find() ? part.group() : "";
        String bare = Redaction.strip(url).replaceFirst("#.*", "");
        return (bare.startsWith("git+") ? bare.replaceFirst("@[^/@]*$", "") : bare) + folder;
    }
}
