package dev.blast.environment.sync;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.Inode;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.install.TravelledPackage;
import dev.blast.environment.install.TravelledPackages;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterRequest;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.saves.RefusedSaveException;
import dev.blast.environment.saves.Save;
import dev.blast.environment.tree.Tree;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Looks at a save that comes to a place where it was not: which interpreter it can have, whether
 * its files are packages, and what the rules say of them. Changes nothing but what is taken into
 * the contents.
 */
final class Arrival {
    private final Reviving.Tools tools;
    private final Reviving.Job job;
    private final Save save;
    private final boolean isForeign;
    private final Contents contents;
    private final Policy policy;

    /**
     * @param isForeign whether it came in a file
     * @param contents holds all that travels
     */
    Arrival(
            Reviving.Tools tools,
            Reviving.Job job,
            Save save,
            boolean isForeign,
            Contents contents) {
        this.tools = tools;
        this.job = job;
        this.save = save;
        this.isForeign = isForeign;
        this.contents = contents;
        this.policy = job.policy().orElseThrow();
    }

    /** Whether it can be laid out. */
    sealed interface Outcome {
        record Yes(Revival revival) implements Outcome {}

        record No(Reviving.Answer why) implements Outcome {}
    }

    Outcome look() throws IOException, EnvironmentException {
        InterpreterSearch search = interpreter();
        if (search instanceof InterpreterSearch.NotFound none) {
            return new Outcome.No(new Reviving.Answer.NoInterpreter(save, none));
        }
        Interpreter interpreter = ((InterpreterSearch.Found) search).interpreter();
        List<String> others = Fit.others(save, interpreter, contents);
        if (!save.python().isLike(interpreter) || !others.isEmpty()) {
            return new Outcome.No(
                    new Reviving.Answer.Elsewhere(
                            save,
                            interpreter.version(),
                            interpreter.tags().tags().getFirst().platform(),
                            others));
        }
        Travelling.Luggage luggage =
                isForeign
                        ? new Travelling.Luggage(save.tree(), List.of())
                        : Travelling.of(save.tree(), interpreter, contents);
        Tree tree = luggage.tree();
        List<TravelledPackage> packages =
                TravelledPackages.of(
                        Travelling.files(tree, interpreter, contents),
                        interpreter.venvScheme(),
                        interpreter.standardLibrary());
        requireSaid(luggage.of(save.packages()), packages);
        Inode made = Inode.of(contents.scratch());
        tree = Travelling.asMadeHere(tree, made.permissions(), made.modifiedNanos());
        List<SyncResult.Refusal> refusals = refusals(packages, interpreter);
        return refusals.isEmpty()
                ? new Outcome.Yes(
                        revival(tree, packages, interpreter, luggage.remarks(save.packages())))
                : new Outcome.No(new Reviving.Answer.Refused(refusals));
    }

    /**
     * The one that is asked for; else the environment's own where it is the same, the one that it
     * had where that was this user's word, or one that was found here. No path that a file names is
     * started.
     */
    private InterpreterSearch interpreter() throws EnvironmentException {
        if (job.python().isPresent()) {
            try {
                return tools.interpreters().findNamed(InterpreterRequest.parse(job.python().get()));
            } catch (InvalidSyntaxException e) {
                throw new EnvironmentException(
                        "which Python is meant by --python? %s".formatted(e.getMessage()), e);
            }
        }
        var known = new ArrayList<Path>();
        known.add(job.environment().root().resolve("bin/python"));
        save.applied().ifPresent(it -> known.add(Applied.parse(it).interpreter()));
        for (Path executable : known) {
            if (tools.interpreters().find(new InterpreterRequest.At(executable))
                            instanceof InterpreterSearch.Found found
                    && save.python().isLike(found.interpreter())
                    && save.python().version().equals(found.interpreter().version())) {
                return found;
            }
        }
        InterpreterSearch exactly = tools.interpreters().find(save.python().request(true));
        return exactly instanceof InterpreterSearch.Found
                ? exactly
                : tools.interpreters().find(save.python().request(false));
    }

    /** What a manifest says of packages is what they say of themselves. */
    private static void requireSaid(
            List<Generation.Installed> named, List<TravelledPackage> packages)
            throws RefusedSaveException {
        var said = new TreeSet<String>();
        named.forEach(it -> said.add(it.name() + " " + it.version()));
        var there = new TreeSet<String>();
        packages.forEach(it -> there.add(it.plan().name() + " " + it.plan().version()));
        var missing = new TreeSet<>(said);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw new RefusedSaveException(
                    "its manifest names %s, which is not among its packages"
                            .formatted(missing.first()));
        }
        there.removeAll(said);
        if (!there.isEmpty()) {
            throw new RefusedSaveException(
                    "it holds %s, which its manifest does not name".formatted(there.first()));
        }
    }

    private List<SyncResult.Refusal> refusals(
            List<TravelledPackage> packages, Interpreter interpreter)
            throws IOException, EnvironmentException {
        Environment environment = job.environment();
        var admission =
                new Admission(
                        packages,
                        interpreter,
                        environment,
                        job.project(),
                        policy,
                        tools.caller()
                                .session(
                                        job.name(),
                                        environment.project(),
                                        environment,
                                        interpreter,
                                        Purpose.RESOLVE,
                                        "blast"),
                        new AdvisoryStore(tools.directories()).read(),
                        job.command(),
                        Instant.now());
        List<SyncResult.Refusal> refusals = admission.refusals();
        new KeptDecisions(Dossier.of(tools.directories(), environment)).keep(admission.decisions());
        return refusals;
    }

    private Revival revival(
            Tree tree,
            List<TravelledPackage> packages,
            Interpreter interpreter,
            List<String> remarks)
            throws IOException {
        Relocation.Relocated relocated =
                Relocation.of(
                        tree,
                        Path.of(save.root()),
                        job.environment().root(),
                        interpreter,
                        job.name(),
                        contents);
        var installed = new ArrayList<Generation.Installed>();
        var distInfos = new TreeSet<String>();
        for (TravelledPackage each : packages) {
            installed.add(installed(each));
            distInfos.add(Path.of(each.plan().distInfo()).getFileName().toString());
        }
        return new Revival(
                relocated.tree(),
                relocated.other(),
                remarks,
                interpreter.version().toString(),
                "",
                policy.revision(),
                installed,
                List.of(),
                Optional.of(
                        new Applied(
                                job.name(),
                                0,
                                Instant.EPOCH,
                                interpreter.version().toString(),
                                interpreter.executable(),
                                interpreter.venvScheme().purelib(),
                                List.of(),
                                "",
                                "",
                                policy.revision(),
                                List.of(),
                                List.of(),
                                List.copyOf(distInfos),
                                List.of())),
                false);
    }

    /** That it came from a wheel is believed where the store has that wheel. */
    private Generation.Installed installed(TravelledPackage each) throws IOException {
        String name = each.plan().name().normalized();
        String version = each.plan().version().toString();
        for (Generation.Installed said : save.packages()) {
            if (said.name().equals(name) && !said.sha256().isEmpty()) {
                Optional<StoredWheel> wheel = tools.store().find(said.sha256());
                boolean isIt =
                        wheel.filter(it ->
                                        it.wheel().name().equals(each.plan().name())
                                                && it.wheel()
                                                        .version()
                                                        .equals(each.plan().version()))
                                .isPresent();
                return new Generation.Installed(
                        name,
                        version,
                        isIt ? said.wheel() : "",
                        isIt ? said.sha256() : "",
                        each.requested());
            }
        }
        return new Generation.Installed(name, version, "", "", each.requested());
    }
}
