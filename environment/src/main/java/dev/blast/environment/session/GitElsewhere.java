package dev.blast.environment.session;

import dev.blast.environment.install.OrdinaryFile;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The repository of a worktree or of a submodule, which git keeps in another folder
 * (gitrepository-layout(5)). The file {@code .git} that names it came with the project; so the
 * repository has to name the project too, which nobody but git has written there.
 */
public final class GitElsewhere {
    private static final String LEADS = "gitdir: ";
    private static final Pattern WORKTREE = Pattern.compile("(?m)^\\s*worktree\\s*=\\s*(.+?)\\s*$");

    private static final Reason REASON =
            Reason.ofBlast(
                    "the repository of this worktree or submodule",
                    "readable",
                    "git finds nothing without it");

    private GitElsewhere() {}

    /** The same policy, with that repository to be read where there is one. */
    public static SandboxPolicy shown(SandboxPolicy policy, Path project) {
        Optional<Path> repository = of(project);
        if (repository.isEmpty()) {
            return policy;
        }
        var paths = new ArrayList<>(policy.paths());
        paths.add(new PathGrant(repository.get(), Access.READABLE, OptionalLong.empty(), REASON));
        paths.sort(Comparator.comparing(PathGrant::path));
        return policy.with(paths, policy.setVariables());
    }

    /** Without links; empty where there is none, or none that names the project. */
    static Optional<Path> of(Path project) {
        Path link = project.resolve(".git");
        if (!Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            String text = OrdinaryFile.text(link);
            if (!text.startsWith(LEADS)) {
                return Optional.empty();
            }
            Path real = project.toRealPath();
            Path own = real.resolve(text.substring(LEADS.length()).strip()).toRealPath();
            Optional<Path> repository =
                    Files.isRegularFile(own.resolve("commondir"), LinkOption.NOFOLLOW_LINKS)
                            ? ofWorktree(own, real)
                            : ofSubmodule(own, real);
            return repository.filter(folder -> !folder.startsWith(real));
        } catch (IOException | InvalidPathException _) {
            return Optional.empty(); // git will say what is wrong with it
        }
    }

    /** In {@code worktrees/NAME} of the repository. */
    private static Optional<Path> ofWorktree(Path own, Path project) throws IOException {
        Path repository = named(own, "commondir");
        boolean isOne =
                repository.resolve("worktrees").equals(own.getParent())
                        && project.resolve(".git").equals(named(own, "gitdir"));
        return isOne ? Optional.of(repository) : Optional.empty();
    }

    private static Path named(Path own, String file) throws IOException {
        return own.resolve(OrdinaryFile.text(own.resolve(file)).strip()).toRealPath();
    }

    private static Optional<Path> ofSubmodule(Path own, Path project) throws IOException {
        Matcher worktree = WORKTREE.matcher(OrdinaryFile.text(own.resolve("config")));
        return worktree.find() && own.resolve(worktree.group(1)).toRealPath().equals(project)
                ? Optional.of(own)
                : Optional.empty();
    }
}
