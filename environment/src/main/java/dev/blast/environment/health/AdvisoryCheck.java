package dev.blast.environment.health;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.Hole;
import dev.blast.environment.advisories.HolesInUse;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** Looks for known holes in what is installed. Changes nothing, and needs no network. */
public final class AdvisoryCheck {
    private final Project project;
    private final Environment environment;
    private final Interpreter interpreter;
    private final AdvisorySet known;
    private final HolesInUse holes;
    private final Instant now;

    /**
     * Of one environment.
     *
     * @param interpreter the environment's
     * @param context what is true for the rules
     */
    public AdvisoryCheck(
            Project project,
            Environment environment,
            Interpreter interpreter,
            AdvisorySet known,
            Policy policy,
            Context context,
            Instant now) {
        this.project = project;
        this.environment = environment;
        this.interpreter = interpreter;
        this.known = known;
        this.holes = new HolesInUse(known, policy, context, now, Map.of());
        this.now = now;
    }

    /**
     * What it found.
     *
     * @throws EnvironmentException where the packages cannot be read
     */
    public Finding.KnownHoles run() throws EnvironmentException {
        try {
            return of(InstalledDistributions.scan(folder(environment, interpreter)));
        } catch (IOException e) {
            throw unread(e, folder(environment, interpreter));
        }
    }

    /** A hole of what is installed. */
    public record Having(Hole hole, Version version) {}

    /**
     * The holes of what is installed, in the order of names.
     *
     * @param which those that matter
     * @throws EnvironmentException where the packages cannot be read
     */
    public static List<Having> having(
            Environment environment,
            Interpreter interpreter,
            AdvisorySet known,
            Predicate<Hole> which)
            throws EnvironmentException {
        var having = new ArrayList<Having>();
        for (InstalledDistribution each : installed(environment, interpreter)) {
            for (Hole hole : known.of(each.name())) {
                if (which.test(hole) && hole.affected().contains(each.version())) {
                    having.add(new Having(hole, each.version()));
                }
            }
        }
        having.sort(Comparator.comparing(it -> it.hole().name()));
        return having;
    }

    private static List<InstalledDistribution> installed(
            Environment environment, Interpreter interpreter) throws EnvironmentException {
        try {
            return InstalledDistributions.scan(folder(environment, interpreter));
        } catch (IOException e) {
            throw unread(e, folder(environment, interpreter));
        }
    }

    private static Path folder(Environment environment, Interpreter interpreter) {
        return environment.root().resolve(interpreter.venvScheme().purelib());
    }

    private static EnvironmentException unread(IOException e, Path folder) {
        return new EnvironmentException(
                "cannot read %s: %s".formatted(folder, Cause.of(e, folder)), e);
    }

    private Finding.KnownHoles of(List<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        var open = new ArrayList<Finding.OpenHole>();
        var aside = new ArrayList<Finding.HoleAside>();
        Set<PackageName> asked = RequirementCheck.asked(project, interpreter, installed);
        for (InstalledDistribution each : installed) {
            HolesInUse.Parted parted = holes.parted(each.name(), each.version());
            for (Hole hole : parted.counting()) {
                open.add(open(hole, each.version(), standing(each.name(), asked), installed));
            }
            parted.aside()
                    .forEach(it ->
                            aside.add(new Finding.HoleAside(it.hole(), each.version(), it.why())));
        }
        OptionalLong oldDays =
                known.isOld(now)
                        ? OptionalLong.of(Duration.between(known.newest(), now).toDays())
                        : OptionalLong.empty();
        return new Finding.KnownHoles(installed.size(), known.newest(), oldDays, open, aside);
    }

    private Finding.Standing standing(PackageName name, Set<PackageName> asked) {
        if (asked.contains(name)) {
            return Finding.Standing.ASKED_FOR;
        }
        return name.equals(InstalledDistribution.PIP) || !project.declared()
                ? Finding.Standing.KEPT
                : Finding.Standing.LEFT_OVER;
    }

    private Finding.OpenHole open(
            Hole hole,
            Version version,
            Finding.Standing standing,
            List<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        Optional<Version> mended = hole.affected().mendedAfter(version);
        List<Finding.Barrier> barriers =
                mended.isEmpty()
                        ? List.of()
                        : RequirementCheck.barriers(
                                project, interpreter, installed, hole.name(), mended.get());
        return new Finding.OpenHole(hole, version, standing, mended, barriers);
    }
}
