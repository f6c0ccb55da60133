package dev.blast.environment.health;

import dev.blast.environment.Cause;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.KnownProject;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is installed, as rules see versions: what an index says of them is not known here. Reads the
 * metadata only where licenses are wanted.
 */
public final class InstalledCandidates {
    private InstalledCandidates() {}

    /**
     * All of an environment.
     *
     * @param interpreter the environment's
     * @param licensed whether a rule asks for their licenses
     * @throws EnvironmentException where the packages cannot be read
     */
    public static List<Candidate> of(
            Project project, Environment environment, Interpreter interpreter, boolean licensed)
            throws EnvironmentException {
        Path folder = environment.root().resolve(interpreter.venvScheme().purelib());
        try {
            List<InstalledDistribution> installed = InstalledDistributions.scan(folder);
            List<RootRequirement> asked =
                    KnownProject.of(project, installed, interpreter.markers()).usual();
            var candidates = new ArrayList<Candidate>();
            for (InstalledDistribution each : installed) {
                Candidate candidate =
                        Candidate.of(each.name(), each.version())
                                .broughtBy(each.installerName())
                                .licensed(licensed ? license(each) : null);
                candidates.add(placed(candidate, asked));
            }
            return candidates;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
    }

    /** What cannot be read says nothing; that it cannot is another finding. */
    private static @Nullable String license(InstalledDistribution distribution) throws IOException {
        try {
            String text = OrdinaryFile.text(distribution.distInfo().resolve("METADATA"));
            return Metadata.read(text).license().orElse(null);
        } catch (InvalidSyntaxException | NoSuchFileException | CharacterCodingException _) {
            return null;
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
}
