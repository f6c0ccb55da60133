package dev.blast.environment.sync;

import dev.blast.environment.Caller;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.address.Repositories;
import dev.blast.environment.build.Builds;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.Patience;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.Store;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.interpreter.Interpreters;
import dev.blast.environment.project.Project;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.saves.Saves;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.repair.RepairListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A project, a home and an index of wheels built here, all in one folder; syncs them with the
 * machine's own Python.
 */
public final class SyncBench {
    private static final List<PolicyFile> RULES =
            List.of(
                    new PolicyFile(
                            Layer.SHIPPED,
                            "test.drl",
                            """
                            package test
                            rule "any version" when Candidate() then allow(); end
                            rule "any file" when Artifact( overwrites == null ) then allow(); end
                            rule "friends" when Artifact( name == "guest", overwrites contains "host" ) or Artifact( name == "host", overwrites contains "guest" ) then allow(); end
                            rule "stable" when Sync() then use( "stable" ); end
                            rule "stable is" when Strategy( name == "stable" ) then rank( 1, "fewest-changes" ); rank( 2, "newest" ); end
                            """,
                            true));

    private final Path project;
    private final Path home;
    private final WheelhouseIndex index = new WheelhouseIndex();
    private Policy policy;
    private boolean offline;
    private Runnable whenAsked = () -> {};

    public SyncBench(Path folder) throws IOException {
        project = Files.createDirectories(folder.resolve("a shop"));
        home = Files.createDirectories(folder.resolve("home"));
        policy = load(RULES);
    }

    private static Policy load(List<PolicyFile> files) {
        return switch (Policy.load(files)) {
            case Loading.Loaded(Policy loaded) -> loaded;
            case Loading.Refused(var errors) -> throw new IllegalStateException(errors.toString());
        };
    }

    /** From now on the project has a rule of its own, in {@code policies/own.drl}. */
    public void rule(String text) {
        var files = new ArrayList<>(RULES);
        files.add(new PolicyFile(Layer.PROJECT, "policies/own.drl", text, false));
        policy = load(files);
    }

    public WheelhouseIndex index() {
        return index;
    }

    Directories directories() {
        return Directories.of(Map.of(), home);
    }

    public Environment environment() {
        return Environment.in(project);
    }

    public Dossier dossier() {
        return Dossier.of(directories(), environment());
    }

    public Path project() {
        return project;
    }

    public void pyproject(String text) throws IOException {
        Files.writeString(project.resolve("pyproject.toml"), text);
    }

    public Store store() {
        return new Store(directories().data().resolve("store"));
    }

    private Interpreters interpreters() {
        return new Interpreters(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                directories().data().resolve("interpreters"),
                List::of);
    }

    /** The environment's own. */
    public Interpreter interpreter() {
        var at = new InterpreterRequest.At(environment().root().resolve("bin/python"));
        return ((InterpreterSearch.Found) interpreters().find(at)).interpreter();
    }

    /** The machine's. */
    Interpreter anyInterpreter() {
        return ((InterpreterSearch.Found)
                        interpreters().find(InterpreterRequest.fitting(SpecifierSet.parse(""))))
                .interpreter();
    }

    /** The names for which an index was opened that is to ask one place alone. */
    final Map<PackageName, String> bound = new TreeMap<>();

    /** Nothing is built here. */
    private final class NoBuilds implements Sync.BuildsSource {
        @Override
        public Builds open(
                Sync.Job job,
                Session session,
                Interpreter interpreter,
                Index index,
                UnaryOperator<Request> asking) {
            throw new IllegalStateException("nothing is built here");
        }

        @Override
        public Repositories repositories() {
            return new Repositories(home.resolve("cache"), home, Map.of(), true);
        }
    }

    public SyncResult run(SyncOptions options) throws EnvironmentException, IndexException {
        var tools =
                new Sync.Tools(
                        directories(),
                        interpreters(),
                        store(),
                        (_, names) -> {
                            bound.putAll(names);
                            whenAsked.run();
                            if (offline) {
                                throw new IndexException(
                                        IndexException.Kind.OFFLINE, "no network", null);
                            }
                            return index;
                        },
                        new NoBuilds(),
                        Progress.SILENT,
                        RepairListener.SILENT,
                        () -> Instant.parse("2026-05-01T10:00:00Z"));
        var job =
                new Sync.Job(
                        Project.at(project),
                        environment(),
                        policy,
                        List.of(),
                        caller(),
                        options,
                        patience());
        return new Sync(tools).run(job);
    }

    private Caller caller() {
        return new Caller("somebody", false, false, home);
    }

    static Patience patience() {
        return new Patience(Duration.ZERO, _ -> {});
    }

    /** Takes the environment away. */
    Optional<Generation> clean() throws EnvironmentException {
        return Clean.run(dossier(), store(), caller(), "blast clean", Instant.EPOCH, patience());
    }

    GoingBack.Answer go(GoingBack.To to) throws EnvironmentException {
        return go(to, Disk.real());
    }

    /** Goes back, or on, on a disk that may stop. */
    GoingBack.Answer go(GoingBack.To to, Disk disk) throws EnvironmentException {
        return new GoingBack(directories(), store(), caller(), disk)
                .run(dossier(), to, "blast rollback", patience());
    }

    Saves saves() {
        return new Saves(directories());
    }

    private Interpreters careful() {
        return interpreters().startingNothingIn(project);
    }

    /** Saves it under a name. */
    Saving.Answer save(String name) throws EnvironmentException {
        return save(name, Optional.empty(), false);
    }

    /** Saves it, or writes it into a file. */
    Saving.Answer save(String name, Optional<Path> file, boolean replaces)
            throws EnvironmentException {
        return new Saving(directories(), store(), careful(), caller())
                .run(
                        dossier(),
                        "shop",
                        new SaveName(name),
                        file,
                        replaces,
                        "blast save " + name,
                        patience());
    }

    Reviving reviving(Disk disk) {
        return new Reviving(new Reviving.Tools(directories(), store(), careful(), caller()), disk);
    }

    Reviving.Job loading(Optional<String> python, boolean takesLock) throws EnvironmentException {
        return new Reviving.Job(
                Project.at(project),
                environment(),
                "shop",
                Optional.of(policy),
                python,
                takesLock,
                "blast load",
                patience());
    }

    /** Loads what was saved under a name. */
    Reviving.Answer load(String name) throws EnvironmentException {
        return load(name, Disk.real());
    }

    /** The same on a disk that may stop. */
    Reviving.Answer load(String name, Disk disk) throws EnvironmentException {
        return reviving(disk)
                .named(
                        saves().find(new SaveName(name)).orElseThrow(),
                        loading(Optional.empty(), false));
    }

    /** Loads a file. */
    Reviving.Answer load(Path file) throws EnvironmentException {
        return reviving(Disk.real()).file(file, loading(Optional.empty(), false));
    }

    public SyncResult.Done done(SyncOptions options) throws EnvironmentException, IndexException {
        return (SyncResult.Done) run(options);
    }

    SyncOptions dryRun() {
        return with(it -> it.dryRun = true);
    }

    public SyncOptions frozen() {
        return with(it -> it.frozen = true);
    }

    /** The same with an extra. */
    public SyncOptions frozen(ExtraName extra) {
        return with(it -> {
            it.frozen = true;
            it.extras = Set.of(extra);
        });
    }

    /** From now on the index fails. */
    void goOffline() {
        offline = true;
    }

    /** Runs when the index is first asked, in the middle of a sync. */
    void whenAsked(Runnable what) {
        whenAsked = what;
    }

    SyncOptions reverting() {
        return with(it -> it.foreigners = SyncPlan.Foreigners.REVERT);
    }

    public SyncOptions forced() {
        return with(it -> it.force = true);
    }

    public SyncOptions withExtra(ExtraName extra) {
        return with(it -> it.extras = Set.of(extra));
    }

    /** One that leaves a lock as it is where it would lose something. */
    public SyncOptions keepingLock() {
        return with(it -> it.keepsLock = true);
    }

    private static SyncOptions with(Consumer<SyncOptionsParts> change) {
        return SyncOptions.of("blast sync").copy(change);
    }

    /** The plan, a line for each package; pip's version is the machine's and is left out. */
    public List<String> lines(SyncResult.Done done) {
        return done.answer().plan().changes().stream()
                .map(change ->
                        switch (change) {
                            case Change.Add(Wanted to) -> "+ " + describe(to);
                            case Change.Replace(var from, Wanted to) ->
                                    "^ %s %s -> %s (%s)"
                                            .formatted(to.name(), from, to.version(), to.reason());
                            case Change.Repair(Wanted to, String reason) ->
                                    "! %s (%s)".formatted(to.name(), reason);
                            case Change.Remove(var name, _, String reason) ->
                                    "- %s (%s)".formatted(name, reason);
                            case Change.Keep(var name, var version) ->
                                    name.equals(InstalledDistribution.PIP)
                                            ? "= pip"
                                            : "= %s %s".formatted(name, version);
                            case Change.Foreign(var name, _, String installer) ->
                                    "? %s by %s".formatted(name, installer);
                        })
                .toList();
    }

    private static String describe(Wanted to) {
        return to.name().equals(InstalledDistribution.PIP)
                ? "pip"
                : "%s %s (%s)".formatted(to.name(), to.version(), to.reason());
    }

    public Path sitePackages() throws IOException {
        try (var pythons = Files.list(environment().root().resolve("lib"))) {
            return pythons.findFirst().orElseThrow().resolve("site-packages");
        }
    }

    /** What the environment's own Python prints: of a program text, or with these arguments. */
    String python(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(environment().root().resolve("bin/python").toString()));
        if (arguments.length == 1) {
            command.add("-c");
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return output;
    }
}
