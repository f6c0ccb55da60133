package dev.blast.environment.build;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.ChangedWheelException;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Digest;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.DistInfo;
import dev.blast.solver.BuildException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One source on its way to its metadata or its wheel: had, laid out, judged, asked what it requires
 * to be built, built, read back, kept. One thread.
 */
final class Building {
    private final Means means;
    private final Source source;
    private final BuildConsent consent;

    Building(Means means, Source source) {
        this.means = means;
        this.source = source;
        this.consent = new BuildConsent(means.tools(), means.sandbox(), source);
    }

    /**
     * What all sources of a command are built with.
     *
     * @param folder where builds keep their own
     */
    record Means(
            BuildTools tools,
            Interpreter interpreter,
            Index index,
            Path folder,
            BuildSandbox sandbox,
            BuildEnvironments environments,
            BuildRequirements requirements,
            BuildLogs logs) {
        BuildCache cache(String kind) {
            return new BuildCache(folder.resolve(kind));
        }
    }

    Metadata metadata()
            throws BuildException,
                    IndexException,
                    EnvironmentException,
                    IOException,
                    InterruptedException {
        consent.requireWanted();
        BuildCache kept = means.cache("metadata");
        Optional<BuildCache.Entry> known = known(kept, "metadata");
        if (known.isPresent()) {
            return read(Files.readString(known.get().file()));
        }
        Path folder = source.folder();
        if (folder != null) {
            Optional<Metadata> declared = new SourceTree(folder.toRealPath()).declared();
            if (declared.isPresent()) {
                return declared.get();
            }
        }
        return source instanceof Source.Editable(Path path)
                ? editableMetadata(path)
                : builtMetadata(kept);
    }

    /** Where its folder cannot be written, or its backend knows no editable, as of a copy. */
    private Metadata editableMetadata(Path folder)
            throws BuildException,
                    IndexException,
                    EnvironmentException,
                    IOException,
                    InterruptedException {
        if (Files.isWritable(folder)) {
            try (WorkFolder work = WorkFolder.make(means.folder())) {
                LaidSource laid = LaidSource.of(source, means.index(), work);
                consent.requireAllowed(laid.backend().object());
                Optional<Metadata> prepared = prepared(laid, environment(laid));
                if (prepared.isPresent()) {
                    return prepared.get();
                }
            }
        }
        return new Building(means, new Source.Folder(folder)).metadata();
    }

    private Metadata builtMetadata(BuildCache kept)
            throws BuildException,
                    IndexException,
                    EnvironmentException,
                    IOException,
                    InterruptedException {
        try (WorkFolder work = WorkFolder.make(means.folder())) {
            LaidSource laid = LaidSource.of(source, means.index(), work);
            consent.requireAllowed(laid.backend().object());
            Optional<BuildCache.Entry> known = kept.find(key("metadata", laid.hash()));
            if (known.isPresent()) {
                return read(Files.readString(known.get().file()));
            }
            Optional<Metadata> fixed =
                    source instanceof Source.Archived
                            ? laid.tree().fixed(source.version())
                            : Optional.empty();
            Metadata metadata = fixed.isPresent() ? expected(fixed.get()) : asked(laid);
            Path text = Files.writeString(work.root().resolve("METADATA"), text(metadata));
            kept.keep(key("metadata", laid.hash()), "METADATA", text, laid.backend().object());
            return metadata;
        }
    }

    private static String text(Metadata metadata) {
        var text = new StringBuilder();
        metadata.fields()
                .forEach((field, values) ->
                        values.forEach(value -> {
                            if (value.indexOf('\n') < 0) {
                                text.append(field.spelling())
                                        .append(": ")
                                        .append(value)
                                        .append('\n');
                            }
                        }));
        return text.toString();
    }

    /** From the hook that only writes metadata, else from the wheel itself. */
    private Metadata asked(LaidSource laid)
            throws BuildException,
                    IndexException,
                    EnvironmentException,
                    IOException,
                    InterruptedException {
        Path environment = environment(laid);
        Optional<Metadata> prepared = prepared(laid, environment);
        return prepared.isPresent() ? prepared.get() : ofWheel(built(laid, environment).file());
    }

    /** From the hook that only writes metadata; empty where the backend has none. */
    private Optional<Metadata> prepared(LaidSource laid, Path environment)
            throws BuildException, EnvironmentException, IOException, InterruptedException {
        BuildOutput output = new BuildOutput(laid.work().output());
        Optional<List<String>> returned =
                call(
                        laid,
                        environment,
                        HookCall.prepare(source.hook(), output.folder(), settings()));
        if (returned.isEmpty()) {
            return Optional.empty();
        }
        String name = BuildOutput.name(returned.get());
        Optional<String> text = output.text(name + "/METADATA");
        if (text.isEmpty()) {
            throw new RefusedSourceException("its backend wrote no METADATA into " + name);
        }
        return Optional.of(expected(read(text.get())));
    }

    Path wheel()
            throws BuildException,
                    IndexException,
                    EnvironmentException,
                    IOException,
                    InterruptedException {
        consent.requireWanted();
        Optional<BuildCache.Entry> known = known(means.cache("wheels"), "wheel");
        if (known.isPresent()) {
            return known.get().file();
        }
        try (WorkFolder work = WorkFolder.make(means.folder())) {
            LaidSource laid = LaidSource.of(source, means.index(), work);
            consent.requireAllowed(laid.backend().object());
            known = kept(laid);
            return known.isPresent() ? known.get().file() : built(laid, environment(laid)).file();
        }
    }

    /** Of an editable one never, since what it is depends on all around it. */
    private Optional<BuildCache.Entry> kept(LaidSource laid) throws IOException {
        return source instanceof Source.Editable
                ? Optional.empty()
                : means.cache("wheels").find(key("wheel", laid.hash()));
    }

    /**
     * What there is to see of it; nothing of it runs.
     *
     * @param name the project's, known from wherever
     */
    SeenSource seen(PackageName name, Version version)
            throws IndexException, IOException, BuildException, EnvironmentException {
        try (WorkFolder work = WorkFolder.make(means.folder())) {
            LaidSource laid = LaidSource.of(source, means.index(), work);
            Backend backend = laid.backend();
            return new SeenSource(
                    consent.fact(backend.object(), name, version),
                    means.sandbox().context(),
                    backend.requires(),
                    kept(laid).isPresent(),
                    means.logs().failed(source));
        }
    }

    /** What an earlier command, or an earlier question, came to; of archives that have a hash. */
    private Optional<BuildCache.Entry> known(BuildCache kept, String kind)
            throws IOException, BuildException {
        if (!(source instanceof Source.Archived(DistributionFile file)) || file.sha256() == null) {
            return Optional.empty();
        }
        Optional<BuildCache.Entry> known = kept.find(key(kind, file.sha256()));
        if (known.isPresent()) {
            consent.requireAllowed(known.get().backend());
        }
        return known;
    }

    /** The interpreter counts, by whichever of its names it was found. */
    private String key(String kind, String hash) throws IOException {
        Interpreter interpreter = means.interpreter();
        var digest =
                new Digest()
                        .add(kind)
                        .add(source.getClass().getSimpleName())
                        .add(hash)
                        .add(interpreter.executable().toRealPath().toString())
                        .add(interpreter.implementation())
                        .add(interpreter.version().toString());
        new TreeMap<>(means.tools().options().settings())
                .forEach((name, values) -> {
                    digest.add(name);
                    values.forEach(digest::add);
                });
        return digest.hex();
    }

    /** What its build requires is found out in two steps: its file says some, its backend more. */
    private Path environment(LaidSource laid)
            throws BuildException,
                    IndexException,
                    EnvironmentException,
                    IOException,
                    InterruptedException {
        laid.makeRepository();
        List<Requirement> declared = laid.backend().requires();
        Path environment = environment(laid, declared);
        Optional<List<String>> more =
                call(laid, environment, HookCall.requires(source.hook(), settings()));
        var all = new LinkedHashSet<>(declared);
        all.addAll(Backend.requirements(more.orElse(List.of())));
        return all.size() == declared.size()
                ? environment
                : environment(laid, new ArrayList<>(all));
    }

    private Path environment(LaidSource laid, List<Requirement> requirements)
            throws BuildException, IndexException, EnvironmentException, IOException {
        String origin = "the build of " + source.shown();
        List<StoredWheel> wheels =
                means.requirements().wheels(requirements, origin, laid.work().download());
        try {
            return means.environments().with(wheels);
        } catch (ChangedWheelException e) {
            if (!means.tools().store().discard(e.sha256())) {
                throw e;
            }
            return means.environments()
                    .with(
                            means.requirements()
                                    .wheels(requirements, origin, laid.work().download()));
        }
    }

    private Map<String, Object> settings() {
        var settings = new TreeMap<String, Object>();
        means.tools()
                .options()
                .settings()
                .forEach((name, values) ->
                        settings.put(name, values.size() == 1 ? values.getFirst() : values));
        return settings;
    }

    /** Runs a hook; empty where the backend has none of this name. */
    private Optional<List<String>> call(LaidSource laid, Path environment, HookCall call)
            throws BuildException, EnvironmentException, IOException, InterruptedException {
        BuildOutput output = new BuildOutput(laid.work().output());
        Files.deleteIfExists(output.result());
        Path log = means.logs().next(source, call.name());
        var run =
                new BuildSandbox.Run(
                        List.of(
                                "-I",
                                BuildEnvironments.runner(environment).toString(),
                                call.request(laid.backend(), output.result())),
                        laid,
                        environment,
                        log);
        BuildSandbox.Ended ended = means.sandbox().run(run);
        var failure = new HookFailure(call.name(), laid.backend().object(), ended, log);
        if (failure.failed()) {
            throw failure.exception();
        }
        try {
            Optional<List<String>> returned = output.returned();
            Files.deleteIfExists(log);
            return returned;
        } catch (RefusedSourceException e) {
            throw failure.exception(e);
        }
    }

    /** Builds the wheel and keeps it. */
    private BuildCache.Entry built(LaidSource laid, Path environment)
            throws BuildException, EnvironmentException, IOException, InterruptedException {
        means.tools().progress().advance("building " + source.shown(), 0, -1);
        BuildOutput output = new BuildOutput(laid.work().output());
        Optional<List<String>> returned =
                call(laid, environment, HookCall.build(source.hook(), output.folder(), settings()));
        if (returned.isEmpty()) {
            throw new BuildException(
                    Message.line(
                            "cannot be installed editable: its backend, %s, has no hook %s (PEP 660)"
                                    .formatted(laid.backend().object(), source.hook())));
        }
        String name = BuildOutput.name(returned.get());
        WheelName wheel = wheelName(name);
        requireExpected(wheel.name(), wheel.version(), "its backend built");
        if (means.interpreter().tags().bestRank(wheel.tags()).isEmpty()) {
            throw new RefusedSourceException(
                    "its backend built %s, which is for another Python or platform"
                            .formatted(name));
        }
        Path made = output.ordinary(name);
        Metadata metadata = ofWheel(made);
        requireExpected(metadata.name(), metadata.version(), "the wheel that was built holds");
        if (source.name() == null) { // only now there is a name that rules can look at
            consent.requireAllowed(laid.backend().object(), metadata.name(), metadata.version());
        }
        BuildCache kept = means.cache("wheels");
        String key = key("wheel", laid.hash());
        if (source instanceof Source.Editable) {
            kept.forget(key);
        }
        return kept.keep(key, name, made, laid.backend().object());
    }

    private static WheelName wheelName(String name) throws RefusedSourceException {
        try {
            return WheelName.parse(name);
        } catch (InvalidSyntaxException e) {
            throw new RefusedSourceException(
                    "its backend built something that is no wheel: " + e.getMessage());
        }
    }

    private static Metadata ofWheel(Path wheel) throws IOException {
        try (Archive archive = Archive.open(wheel)) {
            String name = Objects.requireNonNull(wheel.getFileName()).toString();
            byte[] bytes = DistInfo.of(archive, wheelName(name)).bytes("METADATA");
            return read(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static Metadata read(String text) throws RefusedSourceException {
        try {
            return Metadata.read(text);
        } catch (InvalidSyntaxException e) {
            throw new RefusedSourceException("its metadata cannot be read: " + e.getMessage());
        }
    }

    private Metadata expected(Metadata metadata) throws RefusedSourceException {
        requireExpected(metadata.name(), metadata.version(), "its metadata name");
        return metadata;
    }

    private void requireExpected(PackageName name, Version version, String what)
            throws RefusedSourceException {
        @Nullable PackageName expectedName = source.name();
        @Nullable Version expected = source.version();
        if ((expectedName != null && !name.equals(expectedName))
                || (expectedName != null && expected != null && !version.equals(expected))) {
            throw new RefusedSourceException(
                    "%s %s %s, and not %s %s"
                            .formatted(what, name, version, expectedName, expected));
        }
    }
}
