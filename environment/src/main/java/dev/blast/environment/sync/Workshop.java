package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.address.SourceFinder;
import dev.blast.environment.build.Builds;
import dev.blast.environment.build.SeenSource;
import dev.blast.environment.build.Source;
import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.Project;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.BuildException;
import dev.blast.solver.Builder;
import dev.blast.solver.Sourcing;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the sources of one sync are read and built; opened when the first of them is asked for. For
 * any thread.
 */
final class Workshop implements Builder {
    private final Sync.Tools tools;
    private final Situation situation;
    private @Nullable Builds builds;

    Workshop(Sync.Tools tools, Situation situation) {
        this.tools = tools;
        this.situation = situation;
    }

    /** How the solver comes by what has no wheel. */
    Sourcing sourcing() {
        return new Sourcing(
                situation.job().project().settings().formats(),
                this,
                situation.addressed().files());
    }

    private synchronized Builds builds() throws BuildException {
        Builds open = builds;
        if (open == null) {
            Index index = situation.index(tools.index());
            try {
                Inquiry inquiry = Inquiry.of(tools, situation.job(), situation);
                open =
                        tools.builds()
                                .open(
                                        situation.job(),
                                        situation.context().session(),
                                        situation.interpreter(),
                                        index,
                                        inquiry::asking);
            } catch (EnvironmentException e) {
                throw new BuildException(Message.of(e));
            }
            builds = open;
        }
        return open;
    }

    /** Finds out what is behind addresses. */
    SourceFinder addresses() throws EnvironmentException {
        try {
            return new SourceFinder(
                    tools.directories().cache(),
                    tools.builds().repositories(),
                    builds(),
                    situation.index(tools.index()));
        } catch (BuildException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    @Override
    public Metadata metadata(DistributionFile source) throws BuildException, IndexException {
        Optional<Metadata> addressed =
                situation.addressed().metadata(source, situation.target().markers());
        if (addressed.isPresent()) {
            return addressed.get();
        }
        try {
            return builds().metadata(source);
        } catch (BuildException e) {
            throw told(source, e);
        }
    }

    /** The project itself, where it is left out and something needs it. */
    @Override
    public Optional<Metadata> standIn(PackageName name) throws BuildException, IndexException {
        Project project = situation.job().project();
        OwnName own = project.ownName().filter(it -> it.name().equals(name)).orElse(null);
        if (own == null) {
            return Optional.empty();
        }
        Metadata known = OwnMetadata.known(project, own);
        return known == null && project.itself().isPresent()
                ? Optional.of(builds().metadata(new Source.Folder(project.directory())))
                        .filter(it -> it.name().equals(name))
                : Optional.ofNullable(known);
    }

    private BuildException told(DistributionFile source, BuildException e) {
        tools.builds().failed(source, e);
        return e;
    }

    /** What there is to see of the source of a version; nothing of it runs. */
    SeenSource seen(DistributionFile source, PackageName name, Version version)
            throws BuildException, IndexException {
        Optional<SourceFinder.Found> addressed = situation.addressed().of(source);
        return builds().seen(
                        addressed.isPresent() ? addressed.get().source() : Source.of(source),
                        name,
                        version);
    }

    /** The wheel of a source. */
    Path wheel(DistributionFile source) throws BuildException, IndexException {
        try {
            return built(source);
        } catch (BuildException e) {
            throw told(source, e);
        }
    }

    private Path built(DistributionFile source) throws BuildException, IndexException {
        Optional<SourceFinder.Found> addressed = situation.addressed().of(source);
        if (addressed.isEmpty() && source.kind() == DistributionFile.Kind.CHECKOUT) {
            return locked(source);
        }
        if (addressed.isEmpty()) {
            return builds().wheel(source);
        }
        try {
            return builds().wheel(addressed.get().source());
        } catch (BuildException e) {
            throw addressed.get().told(e);
        }
    }

    /** A commit that a lock alone names. */
    private Path locked(DistributionFile commit) throws BuildException, IndexException {
        try {
            if (LockedSearch.isElsewhere(commit, situation.job().project())) {
                throw BuildException.forbidden(
                        Message.line(
                                "is not built: a lock alone names no repository of this machine outside of the project"));
            }
            SourceFinder.Found there = addresses().find(commit.uri().toString(), false, commit);
            try {
                return builds().wheel(there.source());
            } catch (BuildException e) {
                throw there.told(e);
            }
        } catch (EnvironmentException e) {
            throw new BuildException(Message.of("cannot be built: %s", Message.of(e)));
        }
    }
}
