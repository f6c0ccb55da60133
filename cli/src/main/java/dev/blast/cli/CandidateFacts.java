package dev.blast.cli;

import dev.blast.cli.syntax.Nearest;
import dev.blast.environment.change.Applied;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.Locked;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.ProjectPage;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a package as the rules see it while resolving: what the index says of it, and its
 * place in the project.
 */
final class CandidateFacts {
    private static final int NEWEST_NAMED = 5;

    private final Index index;
    private final Project project;
    private final Interpreter interpreter;
    private final Map<PackageName, Pin> locked;
    private final Map<PackageName, Version> installed;

    CandidateFacts(Index index, Project project, Applied applied, Interpreter interpreter)
            throws Exception {
        this.index = index;
        this.project = project;
        this.interpreter = interpreter;
        this.locked = Locked.pins(project, interpreter);
        this.installed = Installed.versions(project.environment(), applied);
    }

    /**
     * @param version null for the newest that is not a pre-release
     */
    Candidate of(PackageName name, @Nullable Version version) throws IndexException, Failure {
        ProjectPage page = index.page(name);
        if (page.isMissing()) {
            throw new Failure(Exit.FINDINGS, "no index has a package called " + name);
        }
        Version wanted = version == null ? newest(page) : version;
        List<DistributionFile> files = page.files(wanted);
        if (files.isEmpty()) {
            List<String> newest =
                    page.versions().reversed().stream()
                            .filter(it -> !it.isPrerelease())
                            .limit(NEWEST_NAMED)
                            .map(Version::toString)
                            .toList();
            var help =
                    new ArrayList<>(
                            Nearest.hint(
                                    wanted.toString(),
                                    page.versions().stream().map(Version::toString).toList()));
            if (!newest.isEmpty()) {
                help.add("the newest are: " + String.join(", ", newest));
            }
            if (!page.passedOver().isEmpty()) {
                help.add(page.passedOver());
            }
            throw new Failure(Exit.FINDINGS, "there is no " + name + " " + wanted, help);
        }
        return candidate(name, wanted, Objects.requireNonNull(page.from()), files);
    }

    private static Version newest(ProjectPage page) throws Failure {
        return page.versions().reversed().stream()
                .filter(version -> !version.isPrerelease())
                .findFirst()
                .or(() -> page.versions().reversed().stream().findFirst())
                .orElseThrow(() ->
                        new Failure(
                                Exit.FINDINGS,
                                "no version of %s, which %s"
                                        .formatted(page.name(), page.emptiness())));
    }

    private Candidate candidate(
            PackageName name, Version version, IndexLocation from, List<DistributionFile> files) {
        Optional<DistributionFile> wheel = wheel(files);
        DistributionFile file = wheel.orElse(files.getFirst());
        Instant released =
                files.stream()
                        .map(DistributionFile::uploadTime)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        RootRequirement root =
                Locked.roots(project).stream()
                        .filter(it -> it.requirement().name().equals(name))
                        .findFirst()
                        .orElse(null);
        Pin pin = locked.get(name);
        return Candidate.of(name, version)
                .offered(
                        Objects.requireNonNullElse(from.uri().getHost(), ""),
                        wheel.isPresent(),
                        file.yanked() != null,
                        file.sizeBytes().isPresent() ? file.sizeBytes().getAsLong() : null,
                        released,
                        Instant.now(),
                        file.requiresPython() == null ? null : file.requiresPython().toString())
                .placed(
                        root != null,
                        root == null || root.group() == null ? null : root.group().toString(),
                        Objects.equals(installed.get(name), version),
                        pin != null && pin.version().equals(version),
                        root != null
                                && root.requirement().specifier().isPin()
                                && root.requirement().specifier().contains(version));
    }

    /** The wheel that this interpreter would take. */
    private Optional<DistributionFile> wheel(List<DistributionFile> files) {
        return files.stream()
                .filter(file ->
                        file.wheel() != null
                                && interpreter.tags().bestRank(file.wheel().tags()).isPresent())
                .min(
                        Comparator.comparingInt(file ->
                                interpreter
                                        .tags()
                                        .bestRank(Objects.requireNonNull(file.wheel()).tags())
                                        .orElseThrow()));
    }
}
