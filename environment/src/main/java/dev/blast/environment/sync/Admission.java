package dev.blast.environment.sync;

import dev.blast.environment.Environment;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.HolesInUse;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.install.InstallPlan;
import dev.blast.environment.install.Ownership;
import dev.blast.environment.install.StartupHookFile;
import dev.blast.environment.install.StartupHooks;
import dev.blast.environment.install.TravelledPackage;
import dev.blast.environment.install.Trespass;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.explain.ProposalTerms;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.fact.Session;
import dev.blast.rules.fact.StartupHook;
import dev.blast.solver.Advisories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the rules of a place about packages that come to it as they were installed elsewhere: each
 * version, each file of an index that it was once, what it brings to another's place, and what of
 * it would run at every start. Nothing is known of them but what they hold, so a rule that waits
 * for an age or wants an index refuses them.
 */
final class Admission {
    private final List<TravelledPackage> packages;
    private final Interpreter interpreter;
    private final Environment environment;
    private final Explanations why;
    private final Advisories advisories;
    private final String command;
    private final List<KeptDecision> decisions = new ArrayList<>();
    private final List<SyncResult.Refusal> refusals = new ArrayList<>();

    /**
     * @param session who asks
     * @param known holes, if any are
     * @param command as it was typed
     */
    Admission(
            List<TravelledPackage> packages,
            Interpreter interpreter,
            Environment environment,
            Project project,
            Policy policy,
            Session session,
            Optional<AdvisorySet> known,
            String command,
            Instant now) {
        this.packages = packages;
        this.interpreter = interpreter;
        this.environment = environment;
        this.command = command;
        var context =
                new Context(
                        session,
                        packages.stream()
                                .map(it ->
                                        new Distribution(
                                                it.plan().name(),
                                                it.plan().version(),
                                                it.requested(),
                                                null))
                                .toList());
        this.why =
                new Explanations(
                        policy,
                        context,
                        new ProposalTerms(List.of(), kind -> PolicySources.place(project, kind)));
        this.advisories =
                known.isPresent()
                        ? new HolesInUse(known.get(), policy, context, now, Map.of())
                        : Advisories.NONE;
    }

    /** What they do not allow. */
    List<SyncResult.Refusal> refusals() throws IOException {
        List<InstallPlan> plans = packages.stream().map(TravelledPackage::plan).toList();
        var ownership = new Ownership(interpreter.venvScheme(), environment.root());
        plans.forEach(ownership::comes);
        // what is there now goes, so nothing of it counts
        Path nothing = environment.folder().resolve("nothing");
        var hooks = new StartupHooks(plans, interpreter, nothing, Map.of());
        for (TravelledPackage each : packages) {
            InstallPlan plan = each.plan();
            String what = plan.name() + " " + plan.version();
            ask(candidate(each), plan, what);
            ask(artifact(plan.name(), List.of()), plan, "the files of " + what);
            for (Trespass trespass : ownership.by(plan)) {
                PackageName other = trespass.owner();
                if (!isAllowed(artifact(other, List.of(plan.name().normalized())))) {
                    ask(
                            artifact(plan.name(), List.of(other.normalized())),
                            plan,
                            what + ", which " + trespass);
                }
            }
            for (StartupHookFile hook : hooks.of(plan)) {
                ask(
                        new StartupHook(
                                plan.name(),
                                plan.version(),
                                hook.file(),
                                hook.kind(),
                                hook.executes(),
                                hook.known()),
                        plan,
                        "%s of %s, which Python reads at every start".formatted(hook.file(), what));
            }
        }
        return refusals;
    }

    /** What was refused, as it is kept. */
    List<KeptDecision> decisions() {
        return decisions;
    }

    private boolean isAllowed(Artifact artifact) {
        return why.policy().judge(artifact, why.context()).allowed();
    }

    private void ask(Judged subject, InstallPlan plan, String what) {
        Explanation explanation = why.of(subject);
        if (explanation.judgement().allowed()) {
            return;
        }
        var decision =
                KeptDecision.of(
                        Instant.now(), command, why.context().session(), subject, explanation);
        decisions.add(decision);
        refusals.add(
                new SyncResult.Refusal(
                        plan.name(), plan.version(), what, explanation, decision, false));
    }

    private Candidate candidate(TravelledPackage each) {
        PackageName name = each.plan().name();
        Version version = each.plan().version();
        return new Candidate(
                name,
                version,
                0L,
                null,
                version.isPrerelease(),
                false,
                null,
                true,
                null,
                each.license(),
                null,
                advisories.of(name, version),
                false,
                each.requested(),
                null,
                false,
                false,
                false,
                null);
    }

    private Artifact artifact(PackageName name, List<String> overwrites) {
        TravelledPackage each =
                packages.stream()
                        .filter(it -> it.plan().name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return new Artifact(
                name,
                each.plan().version(),
                ArtifactKind.WHEEL,
                null,
                each.plan().entries().stream().mapToLong(it -> it.sizeBytes()).sum(),
                !each.pure(),
                false,
                overwrites);
    }
}
