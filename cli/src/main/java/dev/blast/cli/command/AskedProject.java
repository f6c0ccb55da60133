package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.syntax.Arguments;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.project.Project;
import dev.blast.index.Formats;
import dev.blast.index.settings.ForeignSettings;
import dev.blast.index.settings.FormatWords;
import dev.blast.index.settings.IndexStrategy;
import dev.blast.index.settings.SaidWord;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.solver.Cutoff;
import dev.blast.solver.PrereleaseWish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A project with what the command line says besides; the command line goes before all else. */
final class AskedProject {
    private static final String OPTION = "--exclude-newer";
    private static final String VARIABLE = "UV_EXCLUDE_NEWER";

    private static final String PRERELEASE = "--prerelease";
    private static final String STRATEGY_VARIABLE = "UV_INDEX_STRATEGY";

    private final Invocation invocation;

    AskedProject(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * A project with all that is said besides.
     *
     * @param foreign what people have set for pip and uv
     */
    Project of(Project declared, ForeignSettings foreign) throws EnvironmentException, Failure {
        Project project =
                besides(declared)
                        .overriddenBy(invocation.arguments().values("--override"))
                        .narrowedBy(foreign.constraints())
                        .taking(formats().over(foreign.formats()));
        sayWhichIndexes();
        PrereleaseWish wish = prereleases(foreign.prerelease());
        project = wish == null ? project : project.wanting(wish);
        Optional<Cutoff> cutoff = cutoff();
        return cutoff.isPresent() ? project.leavingOut(cutoff.get()) : project;
    }

    /** With the files that the command line names, and without what it leaves out. */
    private Project besides(Project declared) throws EnvironmentException, Failure {
        Arguments arguments = invocation.arguments();
        Project project =
                arguments.values("--only-group").isEmpty() ? declared : declared.withoutOwn();
        project =
                project.withRequirements(
                                arguments.values("--requirement"), invocation.environment())
                        .narrowedBy(arguments.values("--constraint"))
                        .building(settings(arguments.values("--config-settings")));
        return arguments.has("--no-project") ? project.withoutItself() : project;
    }

    /**
     * What of a project is asked for.
     *
     * @param groups null for the default ones
     */
    record Parts(@Nullable List<ExtraName> groups, Set<ExtraName> extras) {}

    static Parts parts(Arguments arguments, Project project) {
        return new Parts(groups(arguments, project).orElse(null), extras(arguments, project));
    }

    /** {@code --extra}, or all of them; what is edited is installed too. */
    static Set<ExtraName> extras(Arguments arguments, @Nullable Project project) {
        var extras = new LinkedHashSet<ExtraName>();
        for (String option : List.of("--extra", "--optional")) {
            arguments.values(option).stream().map(ExtraName::new).forEach(extras::add);
        }
        if (project != null && arguments.has("--all-extras")) {
            extras.addAll(project.extras().keySet());
        }
        return extras;
    }

    /**
     * {@code --group} comes on top of the project's default groups, {@code --only-group} in their
     * place.
     */
    static Optional<List<ExtraName>> groups(Arguments arguments, Project project) {
        List<String> only = arguments.values("--only-group");
        var asked = new ArrayList<>(arguments.values("--group"));
        if (arguments.has("--dev")) {
            asked.add(Project.DEV.normalized());
        }
        boolean fewer = arguments.has("--no-dev") || arguments.has("--no-default-groups");
        boolean all = arguments.has("--all-groups");
        if (asked.isEmpty() && only.isEmpty() && !fewer && !all) {
            return Optional.empty();
        }
        var groups = new LinkedHashSet<ExtraName>();
        if (only.isEmpty() && !arguments.has("--no-default-groups")) {
            groups.addAll(project.defaultGroups());
        }
        if (all) {
            groups.addAll(project.groups().keySet());
        }
        if (arguments.has("--no-dev")) {
            groups.remove(Project.DEV);
        }
        only.stream().map(ExtraName::new).forEach(groups::add);
        asked.stream().map(ExtraName::new).forEach(groups::add);
        return Optional.of(List.copyOf(groups));
    }

    private static Map<String, List<String>> settings(List<String> words) throws Failure {
        var settings = new TreeMap<String, List<String>>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw new Failure(
                        Exit.USAGE,
                        "--config-settings takes KEY=VALUE, not '%s'".formatted(word),
                        "blast sync --config-settings editable_mode=compat");
            }
            settings.computeIfAbsent(word.substring(0, equals), _ -> new ArrayList<>())
                    .add(word.substring(equals + 1));
        }
        return settings;
    }

    /** The words of the command line in their order by option: first all that is not built. */
    private Formats formats() throws Failure {
        Arguments arguments = invocation.arguments();
        var words = new FormatWords();
        try {
            if (arguments.has("--no-build")) {
                words.onlyBinary(":all:", "--no-build");
            }
            for (String value : arguments.values("--only-binary")) {
                words.onlyBinary(value, "--only-binary " + value);
            }
            for (String value : arguments.values("--no-binary")) {
                words.noBinary(value, "--no-binary " + value);
            }
            return words.formats();
        } catch (InvalidSyntaxException e) {
            throw new Failure(
                    Exit.USAGE,
                    "--only-binary and --no-binary take names of packages with commas between them, :all: or :none:; "
                            + e.getMessage());
        }
    }

    private void sayWhichIndexes() {
        String variable = invocation.environment().getOrDefault(STRATEGY_VARIABLE, "").strip();
        if (!variable.isEmpty()
                && !variable.equals(IndexStrategy.FIRST_INDEX.word())
                && !invocation.arguments().has("--index-strategy")) {
            invocation
                    .console()
                    .complain("%s=%s is followed".formatted(STRATEGY_VARIABLE, variable));
        }
    }

    /** Null where neither the command line nor a variable says it. */
    private @Nullable PrereleaseWish prereleases(@Nullable SaidWord foreign) throws Failure {
        Optional<String> option = invocation.arguments().value(PRERELEASE);
        if (option.isPresent()) {
            return prereleases(option.get(), PRERELEASE);
        }
        if (foreign == null) {
            return null;
        }
        PrereleaseWish wish = prereleases(foreign.word(), foreign.by());
        if (wish.mode() != PrereleaseWish.USUAL.mode()) {
            invocation
                    .console()
                    .complain(
                            "%s is followed: pre-releases, %s"
                                    .formatted(wish.by(), wish.mode().word()));
        }
        return wish;
    }

    private static PrereleaseWish prereleases(String word, String by) throws Failure {
        try {
            return PrereleaseWish.of(word, by);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "%s: %s".formatted(by, e.getMessage()));
        }
    }

    private Optional<Cutoff> cutoff() throws Failure {
        Optional<String> option = invocation.arguments().value(OPTION);
        if (option.isPresent()) {
            return Optional.of(cutoff(option.get(), OPTION));
        }
        String variable = invocation.environment().getOrDefault(VARIABLE, "").strip();
        if (variable.isEmpty()) {
            return Optional.empty();
        }
        Cutoff cutoff = cutoff(variable, VARIABLE);
        invocation.console().complain("%s=%s is followed".formatted(VARIABLE, cutoff.said()));
        return Optional.of(cutoff);
    }

    private static Cutoff cutoff(String text, String by) throws Failure {
        try {
            return Cutoff.of(text, by, Instant.now());
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "%s: %s".formatted(by, e.getMessage()));
        }
    }
}
