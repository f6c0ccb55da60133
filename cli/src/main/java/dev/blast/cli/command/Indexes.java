package dev.blast.cli.command;

import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.Environment;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Sync;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.http.HttpIndex;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.IndexOptions;
import dev.blast.index.settings.InstalledPip;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of one command: opened when something first asks, closed with the command. For one
 * thread.
 */
final class Indexes implements Sync.IndexSource, AutoCloseable {
    private final Workspace workspace;
    private final Path project;
    private final IndexOptions options;

    /** What else is said of which files there are. */
    private final List<String> besides;

    private @Nullable HttpIndex open;

    private Indexes(Workspace workspace, Path project, IndexOptions options, List<String> besides) {
        this.workspace = workspace;
        this.project = project;
        this.options = options;
        this.besides = besides;
    }

    static Indexes of(Arguments arguments, Workspace workspace, Environment environment) {
        return new Indexes(
                workspace,
                environment.project(),
                new IndexOptions(
                        arguments.value("--index-url").orElse(null),
                        arguments.values("--extra-index-url"),
                        List.of(),
                        false,
                        arguments.has("--offline"),
                        false,
                        environment.root(),
                        strategy(arguments, workspace)),
                besides(arguments));
    }

    /**
     * The same with the indexes that a project names, in {@code [tool.blast]} and in requirements
     * files. The command line goes before them.
     */
    Indexes forProject(Project project) {
        var extra = new ArrayList<>(options.extraIndexUrls());
        extra.addAll(project.settings().indexes());
        extra.addAll(project.options().extraIndexUrls());
        var findLinks = new ArrayList<>(options.findLinks());
        findLinks.addAll(project.options().findLinks());
        String fromFile =
                project.options().indexUrl().or(() -> project.settings().main()).orElse(null);
        return new Indexes(
                workspace,
                this.project,
                new IndexOptions(
                        options.indexUrl() == null ? fromFile : options.indexUrl(),
                        extra,
                        findLinks,
                        options.noIndex() || project.options().noIndex(),
                        options.offline(),
                        options.refresh(),
                        options.environment(),
                        options.strategy() == null
                                ? project.settings().indexStrategy().orElse(null)
                                : options.strategy()),
                besides);
    }

    /** The command line goes before a variable, and this one before what a project says. */
    private static @Nullable String strategy(Arguments arguments, Workspace workspace) {
        String variable = workspace.variables().getOrDefault("UV_INDEX_STRATEGY", "").strip();
        return arguments.value("--index-strategy").orElse(variable.isEmpty() ? null : variable);
    }

    private static List<String> besides(Arguments arguments) {
        var words = new ArrayList<String>();
        for (String flag :
                List.of("--no-build", "--no-dev", "--no-default-groups", "--no-project")) {
            if (arguments.has(flag)) {
                words.add(flag);
            }
        }
        for (String option :
                List.of(
                        "--index-strategy",
                        "--exclude-newer",
                        "--prerelease",
                        "--override",
                        "--requirement",
                        "--constraint",
                        "--only-group",
                        "--config-settings",
                        "--only-binary",
                        "--no-binary")) {
            for (String value : arguments.values(option)) {
                words.add(option + "=" + value);
            }
        }
        return words;
    }

    /**
     * Where packages are looked for, as far as it was said for this command: made without reading a
     * file.
     */
    String inWords() {
        var words = new ArrayList<String>(options.extraIndexUrls());
        words.addFirst(String.valueOf(options.indexUrl()));
        words.addAll(besides);
        new TreeMap<>(workspace.variables())
                .forEach((name, value) -> {
                    boolean says =
                            name.contains("INDEX")
                                    || name.contains("CONSTRAINT")
                                    || name.contains("FIND_LINKS")
                                    || name.contains("REQUIRE_HASHES")
                                    || name.contains("EXCLUDE_NEWER")
                                    || name.contains("PRERELEASE")
                                    || name.equals("PIP_PRE")
                                    || name.contains("_BINARY")
                                    || name.contains("NO_BUILD");
                    if (says
                            && !name.endsWith("_PASSWORD")
                            && (name.startsWith("PIP_") || name.startsWith("UV_"))) {
                        words.add(name + "=" + value);
                    }
                });
        return String.join(" ", words);
    }

    IndexConfiguration configuration(Path interpreter) throws IndexException {
        Path cache = workspace.directories().cache().resolve("index");
        var pip =
                new InstalledPip(
                        workspace.interpreters().startingNothingIn(project).startable(interpreter),
                        cache);
        return IndexConfiguration.discover(workspace.variables(), workspace.home(), options, pip);
    }

    @Override
    public Index open(Interpreter interpreter, Map<PackageName, String> bound)
            throws IndexException {
        HttpIndex index = open;
        if (index == null) {
            index =
                    new HttpIndex(
                            configuration(interpreter.executable())
                                    .binding(bound, workspace.home()),
                            workspace.directories().cache().resolve("index"));
            open = index;
        }
        return index;
    }

    /** What has been read up to now. */
    IndexStatistics statistics() {
        return open == null ? IndexStatistics.NONE : open.statistics();
    }

    /** Why answers could not be kept for the next command, if that happened. */
    Optional<String> cacheProblem() {
        return open == null ? Optional.empty() : open.cacheProblem();
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
