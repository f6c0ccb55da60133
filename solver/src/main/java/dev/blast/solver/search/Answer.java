package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexLocation;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Cutoff;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Improvement;
import dev.blast.solver.Note;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.Restraint;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statistics;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a search decided into pins: follows the requirements from the request on, so that
 * nothing else gets in.
 */
final class Answer {
    private final View view;
    private final Knowledge knowledge;
    private final Map<PackageName, Node> nodes = new HashMap<>();
    private final Map<Node, Integer> decided;
    private final Set<PackageName> untried;
    private final Map<PackageName, Chosen> reached = new TreeMap<>();
    private final Deque<Chosen> open = new ArrayDeque<>();

    /** A version that something in the answer requires. */
    private record Chosen(Domain domain, int state, Set<ExtraName> extras) {
        PackageName name() {
            return domain.name();
        }

        Version version() {
            return domain.version(state);
        }
    }

    /**
     * @param open packages of which better versions were not all tried
     */
    Answer(View view, Map<Node, Integer> decided, Set<PackageName> open) {
        this.view = view;
        this.untried = Set.copyOf(open);
        this.knowledge = view.knowledge();
        this.decided = decided;
        decided.keySet().stream()
                .filter(node -> node.base() == node)
                .forEach(node -> nodes.put(node.name(), node));
    }

    /** What is chosen for some of the requirements of the request. */
    Resolution resolution(
            List<RootRequirement> asked,
            List<Improvement> improvements,
            boolean bounded,
            Statistics statistics)
            throws IndexException {
        List<RootRequirement> requirements =
                asked.stream()
                        .filter(root ->
                                !root.constraint() && knowledge.roots().applies(root.requirement()))
                        .toList();
        requirements.forEach(root -> reach(root.requirement()));
        while (!open.isEmpty()) {
            needs(open.removeFirst()).forEach(this::reach);
        }
        var pins = new ArrayList<Pin>();
        var notes = new ArrayList<Note>();
        for (Chosen chosen : reached.values()) {
            pins.add(pin(chosen));
        }
        DependencyGraph graph =
                DependencyGraph.of(
                        pins.stream().map(DependencyGraph.Member::of).toList(), requirements);
        for (Chosen chosen : reached.values()) {
            noteRules(chosen, notes);
            if (view.isLastResort(chosen.domain(), chosen.state())) {
                notes.add(prerelease(chosen, graph));
            }
            noteVersion(chosen, notes);
        }
        notes.addAll(Replaced.notes(asked, pins, knowledge.request().target().markers()));
        Map<Domain, Integer> states = new LinkedHashMap<>();
        reached.values().forEach(chosen -> states.put(chosen.domain(), chosen.state()));
        return new Resolution(
                pins,
                requirements,
                notes,
                statistics,
                view.appraiser(asked).appraise(states, improvements, bounded),
                turns(asked));
    }

    private Set<Version> turns(List<RootRequirement> asked) throws IndexException {
        var turns = new TreeSet<Version>();
        for (RootRequirement root : asked) {
            if (root.requirement().marker() != null) {
                turns.addAll(root.requirement().marker().turns());
            }
        }
        for (Chosen chosen : reached.values()) {
            turns.addAll(knowledge.readings().turns(chosen.domain(), chosen.state()));
        }
        return turns;
    }

    private void reach(Requirement requirement) {
        Chosen known = reached.get(requirement.name());
        if (known == null) {
            Node node = nodes.get(requirement.name());
            Integer state = node == null ? null : decided.get(node);
            if (node == null || state == null) {
                throw new IllegalStateException("needed, but not decided: " + requirement);
            }
            known = new Chosen(node.domain(), state, new TreeSet<>(requirement.extras()));
            reached.put(requirement.name(), known);
            open.addLast(known);
        } else if (known.extras().addAll(requirement.extras())) {
            open.addLast(known);
        }
    }

    /** The requirements of a chosen version with its extras, each once. */
    private Set<Requirement> needs(Chosen chosen) throws IndexException {
        var needs = new LinkedHashSet<Requirement>(needs(chosen, null));
        for (ExtraName extra : chosen.extras()) {
            needs.addAll(needs(chosen, extra));
        }
        return needs;
    }

    private List<Requirement> needs(Chosen chosen, @Nullable ExtraName extra)
            throws IndexException {
        return switch (view.needs(chosen.domain(), chosen.state(), extra)) {
            case Needs.Known(List<Requirement> requirements) -> requirements;
            case Needs.Unknown _, Needs.Refused _ ->
                    throw new IllegalStateException(
                            "%s %s was chosen".formatted(chosen.name(), chosen.version()));
        };
    }

    /** The same as its metadata write them: a lock is to hold without overrides too. */
    private Set<Requirement> written(Chosen chosen) throws IndexException {
        Readings readings = knowledge.readings();
        var written =
                new LinkedHashSet<Requirement>(
                        readings.written(chosen.domain(), chosen.state(), null));
        for (ExtraName extra : chosen.extras()) {
            written.addAll(readings.written(chosen.domain(), chosen.state(), extra));
        }
        return written;
    }

    private Pin pin(Chosen chosen) throws IndexException {
        return new Pin(
                chosen.name(),
                chosen.version(),
                wheel(chosen),
                knowledge.releases().release(chosen.domain(), chosen.state()).files(),
                chosen.extras(),
                List.copyOf(written(chosen)),
                knowledge.readings().license(chosen.domain(), chosen.state()),
                knowledge.roots().isDirect(chosen.name()));
    }

    private void noteRules(Chosen chosen, List<Note> notes) throws IndexException {
        Optional<Judgement> word = knowledge.lastWord(chosen.domain(), chosen.state());
        if (word.isEmpty()) {
            return;
        }
        for (Reason reason : word.get().warnings()) {
            notes.add(new Note.Warned(chosen.name(), chosen.version(), reason));
        }
        if (knowledge.lifts(chosen.domain(), chosen.state(), word.get())) {
            for (Reason hold : word.get().deciding()) {
                notes.add(new Note.Lifted(chosen.name(), chosen.version(), hold));
            }
        }
        // The newest of the newer ones that are held back, not all of them.
        for (int state : newerFirst(view.ledger().judged(chosen.domain()), chosen)) {
            Optional<Judgement> judgement =
                    view.ledger().read(chosen.domain()).contains(state)
                            ? knowledge.lastWord(chosen.domain(), state)
                            : knowledge.judgement(chosen.domain(), state);
            if (judgement.isPresent()
                    && judgement.get().outcome() == Outcome.HELD
                    && !knowledge.lifts(chosen.domain(), state, judgement.get())) {
                notes.add(held(chosen, state, judgement.get()));
                return;
            }
        }
    }

    private static List<Integer> newerFirst(NavigableSet<Integer> states, Chosen chosen) {
        return List.copyOf(states.tailSet(chosen.state(), false).descendingSet());
    }

    private static Note held(Chosen chosen, int state, Judgement judgement) {
        return new Note.Held(
                chosen.name(), chosen.domain().version(state), judgement.deciding().getFirst());
    }

    private Note prerelease(Chosen chosen, DependencyGraph graph) throws IndexException {
        Version stable =
                chosen.domain().versions().reversed().stream()
                        .filter(it -> !it.isPrerelease())
                        .findFirst()
                        .orElse(null);
        DependencyGraph.Member member = graph.member(chosen.name()).orElseThrow();
        List<Restraint> why =
                stable == null
                        ? List.of()
                        : new Standings(knowledge, graph).against(member, stable);
        return new Note.Prerelease(
                chosen.name(), chosen.version(), stable, why.isEmpty() ? null : why.getFirst());
    }

    private void noteVersion(Chosen chosen, List<Note> notes) throws IndexException {
        if (untried.contains(chosen.name())) {
            notes.add(new Note.NotAllTried(chosen.name(), chosen.version()));
        }
        new Shortfall(view, chosen.domain(), chosen.state(), chosen.extras())
                .note()
                .ifPresent(notes::add);
        DistributionFile wheel = wheel(chosen);
        if (wheel.yanked() != null) {
            notes.add(new Note.Yanked(chosen.name(), chosen.version(), wheel.yanked().reason()));
        }
        if (wheel.isUnproven()) {
            notes.add(new Note.Unproven(chosen.name(), chosen.version(), wheel.filename()));
        }
        ProjectPage page = knowledge.releases().page(chosen.domain());
        if (page != null) {
            noteProject(chosen, page, notes);
        }
        knowledge.readings().mends(chosen.domain(), chosen.state()).stream()
                .map(mend -> new Note.Mended(chosen.name(), chosen.version(), mend))
                .forEach(notes::add);
        Set<ExtraName> provided = knowledge.readings().extras(chosen.domain(), chosen.state());
        for (ExtraName extra : chosen.extras()) {
            if (!provided.contains(extra)) {
                notes.add(new Note.NoSuchExtra(chosen.name(), chosen.version(), extra));
            }
        }
    }

    private void noteProject(Chosen chosen, ProjectPage page, List<Note> notes) {
        IndexLocation first = page.from();
        IndexLocation from = page.from(chosen.version());
        if (first != null && from != null && !from.equals(first)) {
            notes.add(new Note.OtherIndex(chosen.name(), chosen.version(), from, first));
        }
        Cutoff cutoff = knowledge.request().cutoff();
        if (cutoff != null) {
            int undated =
                    (int) page.files().stream().filter(file -> file.uploadTime() == null).count();
            if (undated > 0) {
                notes.add(new Note.Undated(chosen.name(), chosen.version(), undated, cutoff));
            }
        }
        ProjectStatus status = page.status();
        if (!status.state().equals(ProjectStatus.ACTIVE.state())) {
            notes.add(new Note.Inactive(chosen.name(), chosen.version(), status));
        }
        page.remarks()
                .forEach(remark ->
                        notes.add(new Note.Remarked(chosen.name(), chosen.version(), remark)));
    }

    private DistributionFile wheel(Chosen chosen) {
        return view.file(chosen.domain(), chosen.state());
    }
}
