package dev.blast.environment;

import dev.blast.environment.install.InstallPlan;
import dev.blast.environment.install.InstallPlanner;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.Ownership;
import dev.blast.environment.install.Stage;
import dev.blast.environment.install.StartupHookFile;
import dev.blast.environment.install.StartupHooks;
import dev.blast.environment.install.Store;
import dev.blast.environment.install.StoredWheel;
import dev.blast.environment.install.Trespass;
import dev.blast.environment.install.Uninstall;
import dev.blast.environment.install.Venv;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Tag;
import dev.blast.packaging.WheelName;
import dev.blast.rules.Context;
import dev.blast.rules.Judgement;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.fact.HookKind;
import dev.blast.rules.fact.StartupHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns a plan and its wheels into the files that come and go, asks the rules about them, and
 * stages them.
 */
final class Installation {
    /**
     * What a venv is made of; a file of somebody else's beside these stays when the venv is laid
     * out anew.
     */
    static final Set<String> VENV =
            Set.of("bin", "lib", "lib64", "include", "share", "etc", "pyvenv.cfg");

    private static final String GIT_IGNORE = ".gitignore";

    private final Situation situation;
    private final SyncPlan plan;
    private final List<InstallPlan> installs = new ArrayList<>();
    private final Map<PackageName, StoredWheel> wheels;

    Installation(Situation situation, SyncPlan plan, Map<PackageName, StoredWheel> wheels)
            throws EnvironmentException {
        this.situation = situation;
        this.plan = plan;
        this.wheels = wheels;
        var planner = new InstallPlanner(situation.interpreter(), root());
        for (Wanted wanted : plan.incoming()) {
            try {
                installs.add(
                        planner.plan(wheel(wanted.name()), wanted.requested(), wanted.directUrl()));
            } catch (IOException e) {
                throw new EnvironmentException(
                        "cannot install %s %s: %s\nnothing has been changed"
                                .formatted(wanted.name(), wanted.version(), Cause.of(e)),
                        e);
            }
        }
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
     */
    List<SyncResult.Refusal> refusals(Context context) throws EnvironmentException {
        try {
            var hooks = new StartupHooks(installs, situation.interpreter().venvScheme(), root());
            Ownership ownership = ownership();
            List<SyncResult.Refusal> refusals = new ArrayList<>();
            for (InstallPlan install : installs) {
                files(install, ownership, context, refusals);
                hooks(install, hooks, context, refusals);
            }
            return refusals;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot tell whose the files of %s are: %s\nnothing has been changed"
                            .formatted(root(), Cause.of(e, root())),
                    e);
        }
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
            Context context,
            List<SyncResult.Refusal> refusals)
            throws IOException {
        String file = wanted(install).filename();
        refuse(refusals, file, judge(install, List.of(), context));
        for (Trespass trespass : ownership.by(install)) {
            refuse(
                    refusals,
                    "%s, which %s".formatted(file, trespass),
                    judge(install, List.of(trespass.owner().normalized()), context));
        }
    }

    private void hooks(
            InstallPlan install,
            StartupHooks hooks,
            Context context,
            List<SyncResult.Refusal> refusals)
            throws IOException {
        for (StartupHookFile hook : hooks.of(install)) {
            var fact =
                    new StartupHook(
                            install.name(),
                            install.version(),
                            hook.file(),
                            HookKind.valueOf(hook.kind().name()),
                            hook.executes(),
                            hook.known());
            refuse(
                    refusals,
                    "%s of %s %s, which Python reads at every start"
                            .formatted(hook.file(), install.name(), install.version()),
                    situation.job().policy().judge(fact, context));
        }
    }

    private static void refuse(
            List<SyncResult.Refusal> refusals, String what, Judgement judgement) {
        if (!judgement.allowed()) {
            refusals.add(new SyncResult.Refusal(what, judgement));
        }
    }

    private Judgement judge(InstallPlan install, List<String> overwrites, Context context) {
        return situation
                .job()
                .policy()
                .judge(artifact(install, wheel(install.name()), overwrites), context);
    }

    private Artifact artifact(InstallPlan install, StoredWheel wheel, List<String> overwrites) {
        long sizeBytes = wheel.files().stream().mapToLong(f -> f.sizeBytes()).sum();
        return new Artifact(
                install.name(),
                install.version(),
                ArtifactKind.WHEEL,
                wanted(install).indexHost(),
                sizeBytes,
                isNative(wheel.wheel()),
                situation.lock().pins().containsKey(install.name()),
                overwrites);
    }

    private Wanted wanted(InstallPlan install) {
        return plan.incoming().stream()
                .filter(w -> w.name().equals(install.name()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isNative(WheelName wheel) {
        return wheel.tags().stream().map(Tag::platform).anyMatch(p -> !p.equals("any"));
    }

    /** Lays out what comes and names what goes. */
    void stage(Transaction transaction, Store store) throws EnvironmentException {
        try {
            if (situation.base().isFresh()) {
                Venv.lay(transaction.staging(), root(), situation.interpreter(), situation.name());
                ignoreForGit(transaction.staging());
                transaction.remove(VENV);
            }
            Stage.lay(installs, transaction.staging(), store);
            store.keepSeals(wheels.values());
            transaction.remove(going());
            transaction.keep(lasting());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot lay out the files for %s: %s%s\nnothing has been changed"
                            .formatted(root(), Cause.of(e, root()), Cause.advice(e, root())),
                    e);
        }
    }

    /**
     * The environment is nothing to commit. A file that is there already is somebody's own word.
     */
    private void ignoreForGit(Path staging) throws IOException {
        if (!Files.exists(root().resolve(GIT_IGNORE), LinkOption.NOFOLLOW_LINKS)) {
            Files.writeString(staging.resolve(GIT_IGNORE), "*\n");
        }
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
