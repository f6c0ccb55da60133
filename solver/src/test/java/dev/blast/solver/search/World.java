package dev.blast.solver.search;

import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Companions;
import dev.blast.solver.Judge;
import dev.blast.solver.Judgements;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A small index and what is asked of it: many packages with few versions, or few with many. */
final class World {
    final MemoryIndex index = new MemoryIndex();
    final List<RootRequirement> roots;
    final Map<PackageName, Map<Version, List<Requirement>>> releases = new TreeMap<>();

    /** What is wrong with versions that cannot be used; of several things the one that is said. */
    final Map<PackageName, Map<Version, Class<? extends Obstacle>>> flaws = new HashMap<>();

    /** Versions without the extra {@code x}; all others have it. */
    private final Map<PackageName, Set<Version>> lacking = new HashMap<>();

    /** The rules on two packages. */
    final List<Denial> apart = new ArrayList<>();

    /** Whether sources are built where there is no wheel. */
    private boolean builds;

    /** What the roots override, whichever of them count. */
    private final Set<PackageName> overridden = new TreeSet<>();

    private World(List<RootRequirement> roots) {
        this.roots = roots;
        roots.stream()
                .filter(RootRequirement::isOverride)
                .forEach(root -> overridden.add(root.requirement().name()));
    }

    /** The same as {@link #of}, where all requirements of one package or two are overridden. */
    static World overridden(Random random) {
        World plain = of(random);
        List<RootRequirement> roots = new ArrayList<>(plain.roots);
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            Requirement override =
                    Requirement.parse("p%d>=%d".formatted(random.nextInt(5), random.nextInt(4)));
            roots.add(RootRequirement.override(override, "pyproject.toml:%d".formatted(50 + i)));
        }
        var world = new World(roots);
        plain.releases.forEach((name, releases) ->
                releases.forEach((version, needs) -> {
                    String[] texts =
                            needs.stream().map(Requirement::toString).toArray(String[]::new);
                    world.index
                            .release(name.normalized(), version.toString())
                            .needs(texts)
                            .extra("x");
                    world.releases
                            .computeIfAbsent(name, _ -> new LinkedHashMap<>())
                            .put(version, needs);
                }));
        return world;
    }

    /** Whether a requirement that somebody wrote lets a version through here. */
    private boolean accepts(Requirement requirement, Version version) {
        return overridden.contains(requirement.name()) || requirement.specifier().contains(version);
    }

    /** Requirements of all forms, an extra here and there. */
    static World of(Random random) {
        int packages = 3 + random.nextInt(5);
        var roots = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            roots.add(requirement(random, random.nextInt(packages)));
        }
        List<RootRequirement> all = new ArrayList<>(Requests.roots(roots.toArray(String[]::new)));
        if (random.nextInt(3) == 0) {
            Requirement constraint =
                    Requirement.parse(requirement(random, random.nextInt(packages)));
            all.add(RootRequirement.constraint(constraint, "pyproject.toml:40"));
        }
        World world = new World(all);
        for (int p = 0; p < packages; p++) {
            int versions = 1 + random.nextInt(5);
            for (int v = 1; v <= versions; v++) {
                var needs = new ArrayList<String>();
                for (int d = random.nextInt(4); d > 0; d--) {
                    int target = random.nextInt(packages);
                    if (target != p) {
                        String extra = random.nextInt(5) == 0 ? " ; extra == 'x'" : "";
                        needs.add(requirement(random, target) + extra);
                    }
                }
                world.index
                        .release("p" + p, v + ".0")
                        .needs(needs.toArray(String[]::new))
                        .extra("x");
                world.add(p, v + ".0", needs);
            }
        }
        return world;
    }

    /** The same with pre-releases, and with versions that cannot be used, each in its own way. */
    static World wild(Random random) {
        int packages = 3 + random.nextInt(4);
        var roots = new ArrayList<String>();
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            roots.add(requirement(random, random.nextInt(packages)));
        }
        World world = new World(Requests.roots(roots.toArray(String[]::new)));
        world.builds = random.nextBoolean();
        for (int p = 0; p < packages; p++) {
            for (int v = 1 + random.nextInt(2); v <= 5; v++) {
                String version = v + (random.nextInt(3) == 0 ? "rc1" : ".0");
                MemoryIndex.Release release = world.index.release("p" + p, version).extra("x");
                var needs = new ArrayList<String>();
                for (int d = random.nextInt(3); d > 0; d--) {
                    needs.add(requirement(random, (p + 1 + random.nextInt(2)) % packages));
                }
                world.add(p, version, needs);
                Class<? extends Obstacle> flaw =
                        switch (random.nextInt(20)) {
                            case 0 -> {
                                release.yanked();
                                yield Obstacle.Yanked.class;
                            }
                            case 1 -> {
                                release.wheels().sdist();
                                yield world.builds
                                        ? Obstacle.Prerelease.class
                                        : Obstacle.OnlySource.class;
                            }
                            case 4 -> {
                                release.wheels().sdist();
                                world.index.broken.put(
                                        "p%d-%s.tar.gz".formatted(p, version),
                                        IndexException.Kind.FORMAT);
                                yield world.builds
                                        ? Obstacle.Unbuilt.class
                                        : Obstacle.OnlySource.class;
                            }
                            case 2 -> {
                                release.python(">=3.13");
                                yield Obstacle.OtherPython.class;
                            }
                            case 3 -> {
                                world.index.broken.put(
                                        "p%d-%s-py3-none-any.whl".formatted(p, version),
                                        IndexException.Kind.FORMAT);
                                yield Obstacle.Unreadable.class;
                            }
                            default -> Obstacle.Prerelease.class;
                        };
                if (flaw != Obstacle.Prerelease.class || version.contains("rc")) {
                    world.flaws
                            .computeIfAbsent(new PackageName("p" + p), _ -> new HashMap<>())
                            .put(Version.parse(version), flaw);
                }
                release.needs(needs.toArray(String[]::new));
            }
        }
        return world;
    }

    /** Where many versions are pre-releases, or do not have the extra that is often asked for. */
    static World withLastResorts(Random random) {
        int packages = 3 + random.nextInt(3);
        var roots = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            roots.add(requirement(random, random.nextInt(packages)));
        }
        World world = new World(Requests.roots(roots.toArray(String[]::new)));
        for (int p = 0; p < packages; p++) {
            for (int v = 1; v <= 5; v++) {
                String version = v + (random.nextInt(3) == 0 ? "rc1" : ".0");
                MemoryIndex.Release release = world.index.release("p" + p, version);
                if (random.nextInt(3) > 0) {
                    release.extra("x");
                } else {
                    world.lacking
                            .computeIfAbsent(new PackageName("p" + p), _ -> new TreeSet<>())
                            .add(Version.parse(version));
                }
                var needs = new ArrayList<String>();
                for (int d = random.nextInt(4); d > 0; d--) {
                    needs.add(requirement(random, (p + 1 + random.nextInt(2)) % packages));
                }
                world.add(p, version, needs);
                release.needs(needs.toArray(String[]::new));
            }
        }
        return world;
    }

    /** Whether a version has the extra {@code x}. */
    boolean hasExtra(PackageName name, Version version) {
        return !lacking.getOrDefault(name, Set.of()).contains(version);
    }

    private void add(int number, String version, Collection<String> needs) {
        releases.computeIfAbsent(new PackageName("p" + number), _ -> new LinkedHashMap<>())
                .put(Version.parse(version), needs.stream().map(Requirement::parse).toList());
    }

    /**
     * Few packages with many versions: what a version needs, its neighbours mostly need too, so
     * that conflicts go on for many releases.
     */
    static World tall(Random random) {
        int packages = 3 + random.nextInt(3);
        int tallest = 6 + random.nextInt(8);
        var roots = new ArrayList<String>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            int target = random.nextInt(packages);
            roots.add(random.nextBoolean() ? "p" + target : bound(random, target, tallest));
        }
        World world = new World(Requests.roots(roots.toArray(String[]::new)));
        for (int p = 0; p < packages; p++) {
            var needs = new TreeMap<Integer, String>();
            for (int v = 1; v <= tallest; v++) {
                for (int target = 0; target < packages; target++) {
                    boolean begins = !needs.containsKey(target) && random.nextInt(8) == 0;
                    boolean changes = needs.containsKey(target) && random.nextInt(5) == 0;
                    if (target != p && (begins || changes)) {
                        needs.put(target, bound(random, target, tallest));
                    } else if (random.nextInt(40) == 0) {
                        needs.remove(target);
                    }
                }
                String[] all = needs.values().toArray(String[]::new);
                world.index.release("p" + p, v + ".0").needs(all).extra("x");
                world.add(p, v + ".0", needs.values());
            }
        }
        return world;
    }

    private static String bound(Random random, int target, int tallest) {
        int version = 1 + random.nextInt(tallest);
        return "p"
                + target
                + switch (random.nextInt(6)) {
                    case 0 -> "==" + version;
                    case 1 -> ">=" + version + ",<" + (version + 3);
                    case 2 -> "!=" + version;
                    case 3, 4 -> "<" + version;
                    default -> ">=" + version;
                };
    }

    private static String requirement(Random random, int target) {
        String extra = random.nextInt(5) == 0 ? "[x]" : "";
        int version = 1 + random.nextInt(5);
        return "p"
                + target
                + extra
                + switch (random.nextInt(6)) {
                    case 0 -> "";
                    case 1 -> "==" + version;
                    case 2 -> "<" + version;
                    case 3 -> ">=" + version + ",<" + (version + 2);
                    case 4 -> "!=" + version;
                    default -> ">=" + version;
                };
    }

    Request request(List<RootRequirement> requirements) {
        Request request = Request.of(requirements, Requests.TARGET, Requests.NOW);
        if (builds) {
            request = request.with(index.building(Formats.ANY));
        }
        return apart.isEmpty() ? request : request.with(judge());
    }

    /** The same with rules that keep versions apart: below, from, or at some of them. */
    World keepingApart(Random random) {
        List<PackageName> names = List.copyOf(releases.keySet());
        for (int rule = 0; rule < 1 + random.nextInt(4) && names.size() > 1; rule++) {
            apart.add(
                    new Denial(
                            rule,
                            names.get(random.nextInt(names.size())),
                            test(random),
                            names.get(random.nextInt(names.size())),
                            test(random)));
        }
        return this;
    }

    private SpecifierSet test(Random random) {
        int version = 1 + random.nextInt(5);
        return SpecifierSet.parse(List.of("<=", ">=", "==", "!=").get(random.nextInt(4)) + version);
    }

    /** A rule on two packages. */
    record Denial(
            int number,
            PackageName one,
            SpecifierSet ofOne,
            PackageName other,
            SpecifierSet ofOther) {
        boolean forbids(PackageName name, Version version, PackageName its, Version theirs) {
            return !name.equals(its)
                    && name.equals(one)
                    && its.equals(other)
                    && ofOne.contains(version)
                    && ofOther.contains(theirs);
        }
    }

    boolean isApart(PackageName name, Version version, PackageName its, Version theirs) {
        return apart.stream()
                .anyMatch(it ->
                        it.forbids(name, version, its, theirs)
                                || it.forbids(its, theirs, name, version));
    }

    /** Whether no two versions of an answer are kept apart. */
    boolean standTogether(Map<PackageName, Version> answer) {
        return answer.entrySet().stream()
                .noneMatch(one ->
                        answer.entrySet().stream()
                                .anyMatch(other ->
                                        isApart(
                                                one.getKey(),
                                                one.getValue(),
                                                other.getKey(),
                                                other.getValue())));
    }

    private Judge judge() {
        return new Judge() {
            @Override
            public Judgement judge(Candidate candidate) {
                return judgement(List.of());
            }

            @Override
            public Optional<Companions> companions() {
                return Optional.of(new Rules());
            }
        };
    }

    /** What tells versions apart is what the rules look at. */
    private final class Rules implements Companions {
        @Override
        public Judgement judge(Candidate one, Candidate other) {
            return judgement(
                    apart.stream()
                            .filter(it ->
                                    it.forbids(
                                                    one.name(),
                                                    one.version(),
                                                    other.name(),
                                                    other.version())
                                            || it.forbids(
                                                    other.name(),
                                                    other.version(),
                                                    one.name(),
                                                    one.version()))
                            .map(it ->
                                    new Reason(
                                            new Origin("rules.drl", it.number() + 1, 1),
                                            "rule " + it.number(),
                                            Layer.PROJECT,
                                            "deny",
                                            ""))
                            .toList());
        }

        @Override
        public Optional<Object> kind(Candidate candidate) {
            List<String> kind = new ArrayList<>();
            for (Denial it : apart) {
                if (it.one().equals(candidate.name()) && it.ofOne().contains(candidate.version())) {
                    kind.add("one of " + it.number());
                }
                if (it.other().equals(candidate.name())
                        && it.ofOther().contains(candidate.version())) {
                    kind.add("other of " + it.number());
                }
            }
            return kind.isEmpty() ? Optional.empty() : Optional.of(kind);
        }
    }

    static Judgement judgement(List<Reason> denied) {
        return Judgements.of(
                denied.isEmpty()
                        ? dev.blast.rules.vocabulary.Outcome.ALLOWED
                        : dev.blast.rules.vocabulary.Outcome.DENIED,
                denied);
    }

    /** Whether a fact of a proof is true here, read from the releases themselves. */
    boolean holds(Incompatibility fact) {
        return switch (fact.cause()) {
            case Cause.Asked(RootRequirement root, Node node) ->
                    roots.contains(root) && excludes(root.requirement(), node, fact.statesOf(node));
            case Cause.Needs need -> holdsForEach(fact, need.from(), need.to());
            case Cause.Several(List<Incompatibility> parts)
                    when parts.getFirst().cause() instanceof Cause.Apart ->
                    keepsApart(fact);
            case Cause.Apart _ -> keepsApart(fact);
            case Cause.Several(List<Incompatibility> parts) -> {
                var need = (Cause.Needs) parts.getFirst().cause();
                yield holdsForEach(fact, need.from(), need.to());
            }
            case Cause.SameVersion _ ->
                    fact.terms().getFirst().node().base() == fact.terms().getLast().node()
                            && fact.terms()
                                    .getFirst()
                                    .states()
                                    .equals(fact.terms().getLast().states().not());
            case Cause.Unusable _, Cause.Ruled _, Cause.Wished _, Cause.Derived _ -> false;
        };
    }

    private boolean keepsApart(Incompatibility fact) {
        Node one = fact.terms().getFirst().node();
        Node other = fact.terms().getLast().node();
        States theirs = fact.statesOf(other);
        for (int state = fact.statesOf(one).next(0);
                state >= 0;
                state = fact.statesOf(one).next(state + 1)) {
            for (int its = theirs.next(0); its >= 0; its = theirs.next(its + 1)) {
                if (!isApart(
                        one.name(),
                        one.domain().version(state),
                        other.name(),
                        other.domain().version(its))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Whether each of the versions has a requirement that lets none of the target's states through.
     */
    private boolean holdsForEach(Incompatibility fact, Node from, Node to) {
        States states = fact.statesOf(from);
        Set<ExtraName> extras = from.extra() == null ? Set.of() : Set.of(from.extra());
        for (int state = states.next(0); state >= 0; state = states.next(state + 1)) {
            List<Requirement> needs = needs(from.name(), from.domain().version(state));
            if (needs.stream()
                    .filter(need -> need.appliesTo(Requests.TARGET.markers(), extras))
                    .filter(need -> need.name().equals(to.name()))
                    .filter(need -> to.extra() == null || need.extras().contains(to.extra()))
                    .noneMatch(need -> shutsOut(need, to, fact.statesOf(to)))) {
                return false;
            }
        }
        return true;
    }

    List<Requirement> needs(PackageName name, Version version) {
        return releases.getOrDefault(name, Map.of()).getOrDefault(version, List.of());
    }

    private boolean shutsOut(Requirement need, Node node, States states) {
        return overridden.contains(need.name()) ? states.next(1) < 0 : excludes(need, node, states);
    }

    private static boolean excludes(Requirement requirement, Node node, States states) {
        for (int state = states.next(1); state >= 0; state = states.next(state + 1)) {
            if (requirement.specifier().contains(node.domain().version(state))) {
                return false;
            }
        }
        return true;
    }

    boolean hasAnswer(List<RootRequirement> roots) {
        return answer(roots, (_, _) -> true, _ -> true).isPresent();
    }

    /** Everything that meets the requirements, each package with its version. */
    List<Map<PackageName, Version>> answers(List<RootRequirement> roots) {
        var answers = new LinkedHashSet<Map<PackageName, Version>>();
        answer(
                roots,
                (_, _) -> true,
                answer -> {
                    answers.add(Map.copyOf(answer));
                    return false;
                });
        return List.copyOf(answers);
    }

    /**
     * The first answer of some kind.
     *
     * @param allowed which versions may be chosen
     * @param wanted which answers are meant
     */
    Optional<Map<PackageName, Version>> answer(
            List<RootRequirement> roots,
            BiPredicate<PackageName, Version> allowed,
            Predicate<Map<PackageName, Version>> wanted) {
        List<Requirement> constraints =
                roots.stream()
                        .filter(RootRequirement::constraint)
                        .map(RootRequirement::requirement)
                        .toList();
        List<Requirement> asked =
                roots.stream()
                        .filter(root -> !root.constraint())
                        .map(RootRequirement::requirement)
                        .toList();
        return new Enumeration(
                        (name, version) ->
                                isAllowed(constraints, name, version)
                                        && allowed.test(name, version),
                        answer -> standTogether(answer) && wanted.test(answer))
                .extend(new HashMap<>(), new HashMap<>(), asked);
    }

    private static boolean isAllowed(
            List<Requirement> constraints, PackageName name, Version version) {
        return constraints.stream()
                .allMatch(constraint ->
                        !constraint.name().equals(name)
                                || constraint.specifier().contains(version));
    }

    /** All answers, one after another. */
    private final class Enumeration {
        private final BiPredicate<PackageName, Version> allowed;
        private final Predicate<Map<PackageName, Version>> wanted;

        Enumeration(
                BiPredicate<PackageName, Version> allowed,
                Predicate<Map<PackageName, Version>> wanted) {
            this.allowed = allowed;
            this.wanted = wanted;
        }

        /** Meets the open requirements one after another, trying every version for each. */
        Optional<Map<PackageName, Version>> extend(
                Map<PackageName, Version> chosen,
                Map<PackageName, Set<ExtraName>> extras,
                List<Requirement> open) {
            if (open.isEmpty()) {
                return wanted.test(chosen) ? Optional.of(chosen) : Optional.empty();
            }
            Requirement first = open.getFirst();
            List<Requirement> rest = open.subList(1, open.size());
            Version version = chosen.get(first.name());
            if (version != null) {
                return accepts(first, version)
                        ? enter(chosen, extras, first, version, rest)
                        : Optional.empty();
            }
            for (Version candidate : releases.getOrDefault(first.name(), Map.of()).keySet()) {
                if (allowed.test(first.name(), candidate) && accepts(first, candidate)) {
                    var more = new HashMap<>(chosen);
                    more.put(first.name(), candidate);
                    Optional<Map<PackageName, Version>> found =
                            enter(more, extras, first, candidate, rest);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<Map<PackageName, Version>> enter(
                Map<PackageName, Version> chosen,
                Map<PackageName, Set<ExtraName>> extras,
                Requirement requirement,
                Version version,
                List<Requirement> rest) {
            Set<ExtraName> before = extras.get(requirement.name());
            var after = new TreeSet<>(requirement.extras());
            if (before != null) {
                after.addAll(before);
            }
            var open = new ArrayList<>(rest);
            if (before == null || !before.equals(after)) {
                for (Requirement need : needs(requirement.name(), version)) {
                    if (need.appliesTo(Requests.TARGET.markers(), after)) {
                        open.add(need);
                    }
                }
            }
            var more = new HashMap<>(extras);
            more.put(requirement.name(), after);
            return extend(chosen, more, open);
        }
    }

    @Override
    public String toString() {
        return roots + " in " + releases + (apart.isEmpty() ? "" : " with " + apart);
    }
}
