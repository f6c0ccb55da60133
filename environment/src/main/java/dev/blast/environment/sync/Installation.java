package dev.blast.environment.sync;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.Snapshot;
import dev.blast.environment.change.Transaction;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.FileSource;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.InstallEntry;
import dev.blast.environment.install.InstallPlan;
import dev.blast.environment.install.InstallPlanner;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.Ownership;
import dev.blast.environment.install.Stage;
import dev.blast.environment.install.StartupHookFile;
import dev.blast.environment.install.StartupHooks;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.StoredFile;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.install.Trespass;
import dev.blast.environment.install.Uninstall;
import dev.blast.environment.install.Venv;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeScan;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.archive.RefusedWheelException;
import dev.blast.rules.Context;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.explain.ProposalTerms;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.StartupHook;
import dev.blast.rules.verdict.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns a plan and its wheels into the files that come and go, asks the rules about them, and
 * stages them.
 */
final class Installation {
    private final Situation situation;
    private final SyncPlan plan;
    private final List<InstallPlan> installs = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final List<KeptDecision> decisions = new ArrayList<>();
    private final Precedence precedence;
    private final InstallPlanner planner;
    private final Map<PackageName, StoredWheel> wheels;

    Installation(Situation situation, SyncPlan plan, Map<PackageName, StoredWheel> wheels)
            throws EnvironmentException {
        this.situation = situation;
        this.plan = plan;
        this.wheels = wheels;
        this.precedence =
                new Precedence(
                        plan.incoming().stream().map(Wanted::name).collect(Collectors.toSet()),
                        plan.kept());
        this.planner = new InstallPlanner(situation.interpreter(), root());
        for (Wanted wanted : plan.incoming()) {
            try {
                installs.add(
                        planner.plan(wheel(wanted.name()), wanted.requested(), wanted.directUrl()));
            } catch (RefusedWheelException e) {
                unusable.add(Unusable.of(wanted, e));
            } catch (IOException e) {
                throw new EnvironmentException(
                        Message.of(
                                "cannot install %s %s: %s\nnothing has been changed",
                                wanted.name(), wanted.version(), Cause.of(e)),
                        e);
            }
        }
    }

    /** What would bring files to places that are not for it, by name. */
    List<Unusable> unusable() {
        return unusable;
    }

    SyncPlan plan() {
        return plan;
    }

    private Path root() {
        return situation.job().environment().root();
    }

    StoredWheel wheel(PackageName name) {
        StoredWheel wheel = wheels.get(name);
        if (wheel == null) {
            throw new IllegalStateException("no wheel was brought for " + name);
        }
        return wheel;
    }

    /**
     * What the rules do not allow to be installed: a file, or what of it would run at every start
     * of the interpreter.
     *
     * @param index where other versions are that the rules might allow
     */
    List<SyncResult.Refusal> refusals(Context context, Index index)
            throws EnvironmentException, IndexException {
        try {
            var hooks =
                    new StartupHooks(
                            installs,
                            situation.interpreter(),
                            root(),
                            situation.addressed().editables());
            var artifacts = new Artifacts(situation, context, incoming());
            Ownership ownership = ownership();
            Explanations why = explanations(context);
            List<SyncResult.Refusal> refusals = new ArrayList<>();
            for (InstallPlan install : installs) {
                files(install, ownership, artifacts, why, refusals);
                hooks(install, hooks, index, why, refusals);
            }
            giveWay();
            return refusals;
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot tell whose the files of %s are: %s\nnothing has been changed",
                            root(), Cause.of(e, root())),
                    e);
        }
    }

    private Explanations explanations(Context context) {
        Sync.Job job = situation.job();
        return new Explanations(
                job.policy(),
                context,
                new ProposalTerms(List.of(), kind -> PolicySources.place(job.project(), kind)));
    }

    private Map<PackageName, Artifacts.Incoming> incoming() {
        Map<PackageName, Artifacts.Incoming> incoming = new HashMap<>();
        for (Wanted wanted : plan.incoming()) {
            incoming.put(wanted.name(), Artifacts.Incoming.of(wanted, wheel(wanted.name())));
        }
        return incoming;
    }

    /** Of what stays and what comes; read only where something comes. */
    private Ownership ownership() throws IOException {
        var ownership = new Ownership(situation.interpreter().venvScheme(), root());
        if (!installs.isEmpty() && !situation.base().isFresh()) {
            Set<PackageName> outgoing = plan.outgoing();
            for (InstalledDistribution distribution : situation.installed()) {
                if (!outgoing.contains(distribution.name())) {
                    ownership.stays(distribution);
                }
            }
        }
        installs.forEach(ownership::comes);
        return ownership;
    }

    /** The rules are asked about the file as such, and again for each whose files it brings. */
    private void files(
            InstallPlan install,
            Ownership ownership,
            Artifacts artifacts,
            Explanations why,
            List<SyncResult.Refusal> refusals)
            throws IOException, EnvironmentException {
        PackageName name = install.name();
        String file = wanted(install).filename();
        Artifact alone = artifacts.of(name);
        if (!artifacts.judge(alone).allowed()) {
            refusals.add(refusal(asked(alone, why), install, file, !artifacts.refusesEach(name)));
        }
        for (Trespass trespass : ownership.by(install)) {
            PackageName other = trespass.owner();
            Artifact over = artifacts.overwriting(name, other);
            boolean ours = artifacts.judge(over).allowed();
            boolean theirs = artifacts.judge(artifacts.overwriting(other, name)).allowed();
            boolean either = ours || theirs;
            if (either && trespass.kind() == Trespass.Kind.BLOCKS) {
                throw new EnvironmentException(
                        Message.of(
                                "cannot install %s: it %s\nno rule can have both; nothing has been changed",
                                file, trespass));
            }
            boolean settled =
                    either
                            && (trespass.kind() != Trespass.Kind.REPLACES
                                    || precedence.settle(name, ours, other, theirs, ownership));
            if (!settled && !ours) {
                refusals.add(
                        refusal(asked(over, why), install, file + ", which " + trespass, false));
            }
        }
    }

    /** What has to be brought again before this can be carried out, with the reason. */
    Map<PackageName, String> repairs() {
        return precedence.repairs();
    }

    private void giveWay() throws IOException {
        for (int i = 0; i < installs.size(); i++) {
            PackageName name = installs.get(i).name();
            Map<PackageName, Set<String>> above = precedence.above(name);
            if (!above.isEmpty()) {
                Wanted wanted = wanted(installs.get(i));
                installs.set(
                        i,
                        planner.plan(wheel(name), wanted.requested(), wanted.directUrl(), above));
            }
        }
    }

    private void hooks(
            InstallPlan install,
            StartupHooks hooks,
            Index index,
            Explanations why,
            List<SyncResult.Refusal> refusals)
            throws IOException, IndexException {
        boolean isLocked = new PassedOver(situation).isLocked(install.name(), install.version());
        for (StartupHookFile hook : hooks.of(install)) {
            var fact =
                    new StartupHook(
                            install.name(),
                            install.version(),
                            hook.file(),
                            hook.kind(),
                            hook.executes(),
                            hook.known());
            Asked asked = asked(fact, why);
            if (!asked.explanation().judgement().allowed()) {
                refusals.add(
                        refusal(
                                asked,
                                install,
                                "%s of %s %s, which Python reads at every start"
                                        .formatted(hook.file(), install.name(), install.version()),
                                !isLocked && ofAnother(fact, index, why)));
            }
        }
    }

    /**
     * Whether a rule, trusted or not, would allow the same in another version, as somebody has read
     * it. Where none does no older one is brought, in which it might not be: nobody asked for that.
     * A locked one is not gone past, so that no index is asked about it.
     */
    private static boolean ofAnother(StartupHook refused, Index index, Explanations why)
            throws IndexException {
        for (Version version : index.page(refused.distribution()).versions()) {
            var other =
                    new StartupHook(
                            refused.distribution(),
                            version,
                            refused.file(),
                            refused.kind(),
                            refused.executes(),
                            refused.known());
            Judgement judgement = why.policy().judge(other, why.context());
            if (judgement.allowed() || !judgement.untrusted().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What was asked, with the rules' word. */
    private record Asked(Explanation explanation, KeptDecision decision) {}

    private Asked asked(Judged subject, Explanations why) {
        Explanation explanation = why.of(subject);
        var decision =
                KeptDecision.of(
                        Instant.now(),
                        situation.job().options().command(),
                        why.context().session(),
                        subject,
                        explanation);
        decisions.add(decision);
        return new Asked(explanation, decision);
    }

    private static SyncResult.Refusal refusal(
            Asked asked, InstallPlan install, String what, boolean ofVersionAlone) {
        return new SyncResult.Refusal(
                install.name(),
                install.version(),
                what,
                asked.explanation(),
                asked.decision(),
                ofVersionAlone);
    }

    /** What is worth keeping: what was refused, and what runs at a start. */
    List<KeptDecision> decisions() {
        return decisions;
    }

    private Wanted wanted(InstallPlan install) {
        return plan.incoming().stream()
                .filter(w -> w.name().equals(install.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Lays out what comes and names what goes. */
    void stage(Transaction transaction, Store store, Snapshot snapshot)
            throws EnvironmentException {
        try {
            if (situation.base().isFresh()) {
                Venv.lay(transaction.fresh(), root(), situation.interpreter(), situation.name());
                transaction.remove(Venv.PARTS);
            } else {
                Venv.lay(
                        transaction.fresh(),
                        root(),
                        situation.interpreter(),
                        situation.name(),
                        situation.base().missing());
            }
            Stage.lay(installs, transaction.fresh(), store);
            store.keepSeals(wheels.values());
            transaction.trees(snapshot.tree(), coming(transaction.fresh(), snapshot.contents()));
            transaction.remove(going());
            transaction.keep(lasting());
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot lay out the files for %s: %s%s\nnothing has been changed",
                            root(), Cause.of(e, root()), Cause.advice(e, root())),
                    e);
        }
    }

    /** What is laid out, and kept where the store does not have it: all but the wheels' files. */
    private Tree coming(HeldFolder fresh, Contents contents) throws IOException {
        wheels.values().forEach(contents::know);
        Map<String, String> linked = new HashMap<>();
        for (InstallPlan install : installs) {
            for (InstallEntry entry : install.entries()) {
                if (entry.source() instanceof FileSource.Stored(_, StoredFile file)) {
                    linked.put(entry.target(), file.hash());
                }
            }
        }
        Tree coming =
                TreeScan.of(
                        fresh,
                        (path, _, place) -> {
                            String known = linked.get(path);
                            return known == null ? contents.take(place) : known;
                        });
        contents.keep();
        return coming;
    }

    /** The files of what is uninstalled, without those that what stays has too. */
    private Set<String> going() throws IOException {
        Set<PackageName> outgoing = plan.outgoing();
        var going = new TreeSet<String>();
        var staying = new HashSet<String>();
        if (!outgoing.isEmpty()) {
            for (InstalledDistribution distribution : situation.installed()) {
                Set<String> files = outgoing.contains(distribution.name()) ? going : staying;
                switch (Uninstall.plan(distribution, root())) {
                    case Uninstall.Planned(var uninstall) -> files.addAll(uninstall.files());
                    case Uninstall.Refused _ ->
                            // Only its metadata is known to be its own. Where it is put in again,
                            // what is in the way of
                            // the new files is kept aside.
                            files.add(root().relativize(distribution.distInfo()).toString());
                }
            }
        }
        for (String file : staying) { // nor a folder that holds any of them
            for (String path = file; !path.isEmpty(); path = parent(path)) {
                going.remove(path);
            }
        }
        return going;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private Set<String> lasting() {
        var lasting = new HashSet<>(Set.of(Venv.INCLUDE));
        var scheme = situation.interpreter().venvScheme();
        for (String folder : List.of(scheme.purelib(), scheme.platlib(), scheme.scripts())) {
            for (Path path = Path.of(folder); path != null; path = path.getParent()) {
                lasting.add(path.toString());
            }
        }
        return lasting;
    }

    /** The dist-info folders that are ours afterwards. */
    List<String> distInfos() {
        var names = new TreeSet<String>(situation.distInfosAfter(plan));
        for (InstallPlan install : installs) {
            names.add(install.distInfo().substring(install.distInfo().lastIndexOf('/') + 1));
        }
        return List.copyOf(names);
    }
}
