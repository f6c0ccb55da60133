package dev.blast.solver.search;

import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Restraint;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Standing;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says of single packages of an answer which newer versions there are and what keeps each of them
 * out: as the search sees it, the request, the rules and the files, and the other packages as they
 * are in the answer. Nothing is solved. For one thread.
 */
public final class Standings {
    /** Metadata that are read for one package at most, from the newest version on. */
    private static final int READ = 8;

    private final Knowledge knowledge;
    private final DependencyGraph answer;

    /**
     * Nothing is asked of the index yet.
     *
     * @param answer what is chosen; its edges from the request do not count, the request does
     * @throws UnsupportedRequirementException for an address that no wheel is behind
     */
    public Standings(Request request, Index index, DependencyGraph answer) {
        this.knowledge = new Knowledge(request, index);
        this.answer = answer;
    }

    Standings(Knowledge knowledge, DependencyGraph answer) {
        this.knowledge = knowledge;
        this.answer = answer;
    }

    /** What keeps another version of a member out, what it needs itself included. */
    List<Restraint> against(DependencyGraph.Member member, Version version) throws IndexException {
        View view = view(Set.of());
        Domain domain = view.domain(member.name());
        int state = domain.state(version);
        List<Restraint> restraints = restraints(view, domain, state);
        if (restraints.isEmpty()) {
            clash(view, domain, state, member, restraints);
        }
        return restraints;
    }

    /** Where a package of the answer stands. Its page is read, and metadata of newer versions. */
    public Standing of(DependencyGraph.Member member) throws IndexException {
        View view = view(member.version().isPrerelease() ? Set.of(member.name()) : Set.of());
        Domain domain = view.domain(member.name());
        Version newest = null;
        Map<Version, List<Restraint>> newer = new TreeMap<>();
        Map<Object, Restraint> said = new HashMap<>();
        for (int state = domain.versions().size(); state > 0; state--) {
            Version version = domain.version(state);
            if (version.isPrerelease() && !member.version().isPrerelease()) {
                continue;
            }
            newest = newest == null ? version : newest;
            if (version.compareTo(member.version()) > 0) {
                List<Restraint> restraints = restraints(view, domain, state);
                restraints.replaceAll(it -> once(it, said));
                newer.put(version, restraints);
            }
        }
        Set<Version> known = lookInside(view, domain, member, newer);
        return new Standing(
                member.name(), member.version(), newest, free(newer, known), bonds(newer, known));
    }

    /**
     * What the rules say of the versions that a requirement lets through, where it is a no to each
     * that can be used; else empty. Metadata are read where a rule asks for them, of a few
     * versions: of more it is not known that the rules refuse each.
     */
    public Map<Version, Restraint.Ruled> refusals(Requirement requirement) throws IndexException {
        View view = view(Set.of());
        Domain domain = view.domain(requirement.name());
        Map<Version, Restraint.Ruled> refusals = new TreeMap<>();
        int read = 0;
        for (int state = domain.versions().size(); state > 0; state--) {
            Version version = domain.version(state);
            if (requirement.specifier().contains(version)
                    && view.fitness(domain, state) instanceof Fitness.Fit) {
                Optional<Restraint.Ruled> ruled = ruled(domain, state);
                if (ruled.isEmpty() && read++ < READ) {
                    ruled = lastWord(domain, state);
                }
                if (ruled.isEmpty()) {
                    return Map.of();
                }
                refusals.put(version, ruled.get());
            }
        }
        return refusals;
    }

    private Optional<Restraint.Ruled> lastWord(Domain domain, int state) throws IndexException {
        return knowledge
                .lastWord(domain, state)
                .filter(word -> !word.allowed() && !knowledge.lifts(domain, state, word))
                .map(Standings::ruled);
    }

    private View view(Set<PackageName> prereleases) {
        return new View(
                knowledge, new Ledger(Progress.SILENT), Concessions.prereleases(prereleases));
    }

    /** What keeps a version out, as far as that can be told without its metadata. */
    private List<Restraint> restraints(View view, Domain domain, int state) throws IndexException {
        Version version = domain.version(state);
        List<Restraint> restraints = new ArrayList<>();
        for (RootRequirement root : knowledge.request().requirements()) {
            if (knowledge.roots().applies(root.requirement())
                    && excludes(root.requirement(), domain.name(), version)) {
                restraints.add(new Restraint.Asked(root));
            }
        }
        for (DependencyGraph.Edge edge : answer.requirers(domain.name())) {
            if (edge.from() != null) {
                DependencyGraph.Member by = answer.member(edge.from()).orElseThrow();
                for (Requirement requirement : edge.requirements()) {
                    if (excludes(requirement, domain.name(), version)) {
                        restraints.add(new Restraint.Needed(by, requirement));
                    }
                }
            }
        }
        if (view.fitness(domain, state) instanceof Fitness.Unfit(var obstacle)) {
            restraints.add(new Restraint.Barred(obstacle));
        } else {
            ruled(domain, state).ifPresent(restraints::add);
            restraints.addAll(apart(view, domain, state));
        }
        return restraints;
    }

    /** Pages of the other packages are read only where rules on two versions are about this one. */
    private List<Restraint> apart(View view, Domain domain, int state) throws IndexException {
        Pairs pairs = knowledge.pairs().orElse(null);
        if (pairs == null || !pairs.concern(domain, state)) {
            return List.of();
        }
        List<Restraint> apart = new ArrayList<>();
        for (DependencyGraph.Member other : answer.members()) {
            if (other.name().equals(domain.name())) {
                continue;
            }
            Domain beside = view.domain(other.name());
            int its = beside.state(other.version());
            if (its != States.ABSENT) {
                pairs.between(domain, state, beside, its)
                        .map(it -> new Restraint.Apart(other, it.reason(), it.failure()))
                        .ifPresent(apart::add);
            }
        }
        return apart;
    }

    /** One rule is one thing, also where it has words of its own for each version. */
    private static Restraint once(Restraint restraint, Map<Object, Restraint> said) {
        return switch (restraint) {
            case Restraint.Ruled(boolean held, Reason reason) ->
                    reason == null
                            ? restraint
                            : once(restraint, List.of(held, reason.origin()), said);
            case Restraint.Apart(var beside, Reason reason, _) ->
                    reason == null
                            ? restraint
                            : once(restraint, List.of(beside, reason.origin()), said);
            case Restraint.Asked _, Restraint.Needed _, Restraint.Barred _, Restraint.Clashing _ ->
                    restraint;
        };
    }

    private static Restraint once(Restraint restraint, Object by, Map<Object, Restraint> said) {
        Restraint before = said.putIfAbsent(by, restraint);
        return before == null ? restraint : before;
    }

    private static boolean excludes(Requirement requirement, PackageName name, Version version) {
        return requirement.name().equals(name)
                && (requirement.url() != null || !requirement.specifier().contains(version));
    }

    private Optional<Restraint.Ruled> ruled(Domain domain, int state) {
        return knowledge.isAllowed(domain, state)
                ? Optional.empty()
                : knowledge.judgement(domain, state).map(Standings::ruled);
    }

    private static Restraint.Ruled ruled(Judgement judgement) {
        return new Restraint.Ruled(
                judgement.outcome() == Outcome.HELD,
                judgement.deciding().isEmpty() ? null : judgement.deciding().getFirst());
    }

    /**
     * Adds what a version needs itself and does not find. Only where that decides anything: nothing
     * else keeps the version out, or one thing alone.
     *
     * @return the versions of which it is known what keeps them out
     */
    private Set<Version> lookInside(
            View view,
            Domain domain,
            DependencyGraph.Member member,
            Map<Version, List<Restraint>> newer)
            throws IndexException {
        Set<Restraint> settled = new HashSet<>();
        Set<Version> known = new HashSet<>();
        for (Version version : List.copyOf(newer.keySet()).reversed()) {
            List<Restraint> restraints = newer.get(version);
            if (restraints == null || restraints.size() > 1 || known.size() == READ) {
                continue;
            }
            Restraint only = restraints.isEmpty() ? null : restraints.getFirst();
            if (only instanceof Restraint.Barred || (only != null && settled.contains(only))) {
                continue;
            }
            known.add(version);
            int before = restraints.size();
            clash(view, domain, domain.state(version), member, restraints);
            if (restraints.size() == before) {
                if (only == null) {
                    break; // free
                }
                settled.add(only);
            }
        }
        return known;
    }

    private void clash(
            View view,
            Domain domain,
            int state,
            DependencyGraph.Member member,
            List<Restraint> restraints)
            throws IndexException {
        List<@Nullable ExtraName> parts = new ArrayList<>(member.extras());
        parts.addFirst(null);
        for (ExtraName part : parts) {
            switch (view.needs(domain, state, part)) {
                case Needs.Unknown(var obstacle) -> {
                    restraints.add(new Restraint.Barred(obstacle));
                    return;
                }
                case Needs.Refused(var cause) -> {
                    restraints.add(new Restraint.Ruled(cause.held(), cause.reason()));
                    return;
                }
                case Needs.Known(List<Requirement> requirements) -> {
                    for (Requirement requirement : requirements) {
                        answer.member(requirement.name())
                                .filter(it -> !it.name().equals(domain.name()))
                                .filter(it -> !requirement.specifier().contains(it.version()))
                                .ifPresent(it ->
                                        restraints.add(new Restraint.Clashing(requirement, it)));
                    }
                }
            }
        }
    }

    private static @Nullable Version free(Map<Version, List<Restraint>> newer, Set<Version> known) {
        return newer.entrySet().stream()
                .filter(it -> it.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(known::contains)
                .reduce((_, later) -> later)
                .orElse(null);
    }

    private static List<Standing.Bond> bonds(
            Map<Version, List<Restraint>> newer, Set<Version> known) {
        Map<Restraint, List<Version>> kept = new LinkedHashMap<>();
        newer.forEach((version, restraints) ->
                restraints.forEach(
                        it -> kept.computeIfAbsent(it, _ -> new ArrayList<>()).add(version)));
        List<Standing.Bond> bonds = new ArrayList<>();
        kept.forEach((restraint, versions) ->
                bonds.add(
                        new Standing.Bond(
                                restraint,
                                versions.getFirst(),
                                versions.getLast(),
                                versions.size(),
                                without(restraint, versions, newer, known))));
        return bonds;
    }

    /** Nothing lets a version be used that cannot be. */
    private static @Nullable Version without(
            Restraint restraint,
            List<Version> versions,
            Map<Version, List<Restraint>> newer,
            Set<Version> known) {
        return restraint instanceof Restraint.Barred
                ? null
                : versions.reversed().stream()
                        .filter(known::contains)
                        .filter(version -> List.of(restraint).equals(newer.get(version)))
                        .findFirst()
                        .orElse(null);
    }
}
