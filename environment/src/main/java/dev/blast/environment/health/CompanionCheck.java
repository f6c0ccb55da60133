package dev.blast.environment.health;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.CompanionRules;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for two installed versions that the rules do not let stand together. What an index says of
 * them is not known here. Changes nothing, and needs no network.
 */
public final class CompanionCheck {
    private final Project project;
    private final Interpreter interpreter;
    private final CompanionRules rules;

    /**
     * Of one environment.
     *
     * @param interpreter the environment's
     */
    public CompanionCheck(Project project, Interpreter interpreter, CompanionRules rules) {
        this.project = project;
        this.interpreter = interpreter;
        this.rules = rules;
    }

    /**
     * What it found; empty where all may stand together.
     *
     * @throws EnvironmentException where the packages cannot be read
     */
    public Optional<Finding.KeptApart> run() throws EnvironmentException {
        Path folder = project.environment().root().resolve(interpreter.venvScheme().purelib());
        try {
            List<RootRequirement> asked = project.requirements(project.defaultGroups(), Set.of());
            List<Candidate> installed =
                    InstalledDistributions.scan(folder).stream()
                            .map(it ->
                                    Candidate.of(it.name(), it.version())
                                            .broughtBy(it.installerName()))
                            .map(it -> placed(it, asked))
                            .filter(it -> rules.kind(it).isPresent())
                            .toList();
            var apart = new ArrayList<Finding.Two>();
            for (int place = 0; place < installed.size(); place++) {
                for (Candidate other : installed.subList(place + 1, installed.size())) {
                    judge(installed.get(place), other).ifPresent(apart::add);
                }
            }
            return apart.isEmpty() ? Optional.empty() : Optional.of(new Finding.KeptApart(apart));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
    }

    private static Candidate placed(Candidate candidate, List<RootRequirement> asked) {
        PackageName name = candidate.name();
        for (RootRequirement root : asked) {
            Requirement requirement = root.requirement();
            if (requirement.name().equals(name)) {
                String group = root.group() == null ? null : root.group().toString();
                boolean pinned =
                        requirement.specifier().isPin()
                                && requirement.specifier().contains(candidate.version());
                return candidate.placed(true, group, true, false, pinned);
            }
        }
        return candidate.placed(false, null, true, false, false);
    }

    private Optional<Finding.Two> judge(Candidate one, Candidate other) {
        Judgement judgement = rules.judge(one, other);
        return judgement.allowed()
                ? Optional.empty()
                : Optional.of(
                        new Finding.Two(
                                one.name(),
                                one.version(),
                                other.name(),
                                other.version(),
                                judgement.deciding().stream().findFirst(),
                                Optional.ofNullable(judgement.failure())));
    }
}
