package dev.blast.rules.compare;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.trial.BorderValues;
import dev.blast.rules.trial.CaseDraft;
import dev.blast.rules.trial.CaseDrafts;
import dev.blast.rules.trial.FarRequests;
import dev.blast.rules.trial.NearRequests;
import dev.blast.rules.trial.Satisfying;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for requests about one question that two policies answer differently. First come those that
 * were made before. Then, for each rule that differs, requests that it answers, the same with each
 * field moved over each of its borders, and the same beside what other rules answer, since a change
 * may show only there; where nothing is found, two fields are moved at once, and then several, over
 * the borders of all rules, at random but the same each time.
 */
final class TurnSearch {
    /** Requests about all rules that differ, and at least about each. */
    private static final int MAX_TRIES = 6_000;

    private static final int MIN_TRIES = 150;

    /** About one rule. */
    private static final int MAX_FOR_ONE = 3_000;

    /** Rules to begin with. */
    private static final int MAX_SEEDS = 12;

    private static final int MAX_TURNS = 30;
    private static final int MAX_MASKED = 60;

    /** At random, where nothing else finds anything. */
    private static final int MAX_STEPS = 6_000;

    /** Until it begins elsewhere. */
    private static final int STEPS_FROM_ONE = 25;

    private static final long FIRST_STEP = 1;

    private final Question question;
    private final Asking asking;
    private final Differing differing;
    private final List<Rule> all;

    private final Map<Contrast.Kind, Group> groups = new LinkedHashMap<>();
    private final Set<CaseDraft> tried = new HashSet<>();

    /** Of shorter requests: several things are shortened from one. */
    private final Map<CaseDraft, List<Contrast>> known = new HashMap<>();

    /** Ways of rules for which no request was found; looking for one is dear. */
    private final Set<Rule.Branch> hopeless = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Requests that meet what differs, and are answered alike for what else is answered. */
    private final Set<CaseDraft> masked = new LinkedHashSet<>();

    /** The rules that are looked at now. */
    private List<Rule> current = List.of();

    private int triesLeft;

    /**
     * @param all the rules that answer the question, before and after
     */
    TurnSearch(Question question, Asking asking, Differing differing, List<Rule> all) {
        this.question = question;
        this.asking = asking;
        this.differing = differing;
        this.all = all;
    }

    /** How many requests were tried. */
    int requests() {
        return tried.size();
    }

    List<Turn> turns() {
        return groups.values().stream()
                .limit(MAX_TURNS)
                .map(it -> it.turn(question.name()))
                .toList();
    }

    /** How many turns are not among them. */
    int left() {
        return Math.max(0, groups.size() - MAX_TURNS);
    }

    /** Tries what was asked before. */
    void earlier(List<EarlierRequest> requests, List<Rule> changed) {
        for (EarlierRequest it : requests) {
            if (it.question().equals(question) && tried.add(it.draft()) && meets(it.draft())) {
                var text =
                        new RequestText(
                                it.draft(),
                                (type, field) ->
                                        looksAt(changed, type, field)
                                                || isSaid(CaseDrafts.base(question), type, field));
                for (Contrast contrast : contrasts(it.draft())) {
                    Group group = group(contrast);
                    if (group.takes(contrast.thing())) {
                        group.add(new Turn.Example(text.of(contrast.thing()), it.by(), it.draft()));
                    }
                }
            }
        }
    }

    private static boolean looksAt(List<Rule> rules, FactType type, Field field) {
        return rules.stream()
                .anyMatch(rule -> rule.looksAt().containsKey(new Rule.FieldOf(type, field)));
    }

    private static boolean isSaid(CaseDraft draft, FactType type, Field field) {
        return type.equals(Facts.SESSION)
                ? draft.session().containsKey(field.name())
                : type.equals(Facts.DISTRIBUTION)
                        ? draft.installed().stream().anyMatch(it -> it.containsKey(field.name()))
                        : draft.facts()
                                .getOrDefault(type.name(), Map.of())
                                .containsKey(field.name());
    }

    /** Makes requests about rules that differ. */
    void made(List<Rule> gone, List<Rule> come) {
        List<List<Rule>> edits = edits(gone, come);
        for (List<Rule> edit : edits) {
            current = edit;
            triesLeft = Math.clamp(MAX_TRIES / edits.size(), MIN_TRIES, MAX_FOR_ONE);
            masked.clear();
            int before = groups.size();
            var borders = new BorderValues(edit);
            List<CaseDraft> matching = matching(CaseDrafts.base(question), edit, borders);
            around(matching, borders);
            around(matching(elsewhere(), edit, borders), borders);
            boolean isFound = groups.size() > before;
            for (CaseDraft seed : seeds(edit)) {
                List<CaseDraft> beside = matching(seed, edit, borders);
                if (isFound) {
                    beside.forEach(this::tryOne);
                } else {
                    around(beside, borders);
                }
            }
            for (CaseDraft draft : List.copyOf(masked)) {
                if (groups.size() == before) {
                    unmask(draft, edit);
                }
            }
            if (groups.size() == before) {
                twoSteps(matching, borders);
            }
            if (groups.size() == before) {
                wander(matching);
            }
        }
    }

    /**
     * Goes on from requests that are near to what differs, over the borders of all rules, and stays
     * where it is met; that what others answer hides it no more takes several fields at once.
     */
    private void wander(List<CaseDraft> matching) {
        var far = new FarRequests(new BorderValues(all), FIRST_STEP);
        if (far.isEmpty()) {
            return;
        }
        int before = groups.size();
        var starts = new ArrayList<CaseDraft>(matching);
        starts.addAll(masked);
        CaseDraft at = starts.getFirst();
        int hiding = Integer.MAX_VALUE;
        for (int step = 0; step < MAX_STEPS && triesLeft > 0 && groups.size() == before; step++) {
            if (step % STEPS_FROM_ONE == 0) {
                at = far.any(starts);
                hiding = Integer.MAX_VALUE;
            }
            CaseDraft next = far.of(at);
            if (tryOne(next)) {
                int answering = differing.answering(next, current).size();
                if (answering <= hiding) {
                    at = next;
                    hiding = answering;
                    starts.add(next);
                }
            }
        }
    }

    /**
     * From a request whose other answers hide what differs to one with fewer of them, until none
     * hides it any more.
     */
    private void unmask(CaseDraft draft, List<Rule> edit) {
        int found = groups.size();
        CaseDraft best = draft;
        List<Rule> hiding = differing.answering(best, edit);
        boolean fewer = true;
        while (fewer && !hiding.isEmpty()) {
            fewer = false;
            for (CaseDraft near : new NearRequests(new BorderValues(hiding)).of(best)) {
                tryOne(near);
                if (groups.size() > found || triesLeft == 0) {
                    return;
                }
                if (masked.contains(near)) {
                    List<Rule> rest = differing.answering(near, edit);
                    if (rest.size() < hiding.size()) {
                        best = near;
                        hiding = rest;
                        fewer = true;
                        break;
                    }
                }
            }
        }
    }

    /** A rule and what took its place, by their name. */
    private static List<List<Rule>> edits(List<Rule> gone, List<Rule> come) {
        var byName = new LinkedHashMap<String, List<Rule>>();
        Stream.of(gone, come)
                .flatMap(List::stream)
                .forEach(it -> byName.computeIfAbsent(it.name(), _ -> new ArrayList<>()).add(it));
        return List.copyOf(byName.values());
    }

    /**
     * A request for each way of the rules, as near to a seed as can be, one with what the way does
     * not want, and the seed.
     */
    private List<CaseDraft> matching(CaseDraft seed, List<Rule> rules, BorderValues borders) {
        var drafts = new LinkedHashSet<CaseDraft>();
        for (Rule rule : rules) {
            for (Rule.Branch branch : rule.branches()) {
                @Nullable CaseDraft draft =
                        hopeless.contains(branch) ? null : Satisfying.of(borders, branch, seed);
                if (draft == null) {
                    hopeless.add(branch);
                    continue;
                }
                drafts.add(draft);
                @Nullable CaseDraft excluded = Satisfying.excluded(borders, branch, draft);
                if (excluded != null) {
                    drafts.add(excluded);
                }
            }
        }
        drafts.add(seed);
        return List.copyOf(drafts);
    }

    /** A project and an interpreter that lie where none of the usual ones do. */
    private CaseDraft elsewhere() {
        return new CaseDraft(
                Map.of(
                        "project", "/srv/elsewhere",
                        "prefix", "/srv/elsewhere/.venv",
                        "basePrefix", "/opt/python"),
                List.of(),
                CaseDrafts.base(question).facts(),
                "",
                "");
    }

    /** What other rules answer. */
    private List<CaseDraft> seeds(List<Rule> edit) {
        var seeds = new LinkedHashSet<CaseDraft>();
        CaseDraft base = CaseDrafts.base(question);
        for (Rule rule : all) {
            if (!edit.contains(rule) && rule.has(Effect.OPENS) && seeds.size() < MAX_SEEDS) {
                @Nullable CaseDraft draft =
                        Satisfying.of(
                                new BorderValues(List.of(rule)), rule.branches().getFirst(), base);
                if (draft != null) {
                    seeds.add(draft);
                }
            }
        }
        seeds.remove(base);
        return List.copyOf(seeds);
    }

    private void around(List<CaseDraft> drafts, BorderValues borders) {
        drafts.forEach(this::tryOne);
        var neighbours = new NearRequests(borders);
        for (CaseDraft draft : drafts) {
            if (triesLeft > 0) {
                neighbours.of(draft).forEach(this::tryOne);
            }
        }
    }

    private void twoSteps(List<CaseDraft> drafts, BorderValues borders) {
        var neighbours = new NearRequests(borders);
        for (CaseDraft draft : drafts) {
            for (CaseDraft near : neighbours.of(draft)) {
                if (triesLeft > 0) {
                    neighbours.of(near).forEach(this::tryOne);
                }
            }
        }
    }

    /** Whether it meets what differs. */
    private boolean tryOne(CaseDraft draft) {
        if (triesLeft == 0 || !tried.add(draft)) {
            return false;
        }
        triesLeft--;
        if (!meets(draft)) {
            return false;
        }
        List<Contrast> found = contrasts(draft);
        found.forEach(contrast -> tell(draft, contrast));
        if (found.isEmpty() && masked.size() < MAX_MASKED) {
            masked.add(draft);
        }
        return true;
    }

    private void tell(CaseDraft draft, Contrast contrast) {
        Group group = group(contrast);
        if (group.wantsMore(contrast.thing())) {
            group.add(example(shortest(draft, contrast), contrast));
        }
    }

    private Group group(Contrast contrast) {
        return groups.computeIfAbsent(contrast.kind(), _ -> new Group(contrast));
    }

    private Turn.Example example(CaseDraft draft, Contrast contrast) {
        var text =
                new RequestText(
                        draft,
                        (type, field) ->
                                isSaid(draft, type, field) || looksAt(current, type, field));
        return new Turn.Example(text.of(contrast.thing()), "", draft);
    }

    private boolean meets(CaseDraft draft) {
        try {
            return differing.isMetBy(draft);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return false;
        }
    }

    /** Nothing where there is no such request. */
    private List<Contrast> contrasts(CaseDraft draft) {
        try {
            return asking.contrasts(draft);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return List.of();
        }
    }

    /** Nobody reads what does not matter. */
    private CaseDraft shortest(CaseDraft draft, Contrast contrast) {
        CaseDraft best = draft;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (CaseDraft less : CaseDrafts.plainer(best, CaseDrafts.base(question))) {
                if (turns(less, contrast)) {
                    best = less;
                    shorter = true;
                    break;
                }
            }
        }
        return best;
    }

    private boolean turns(CaseDraft draft, Contrast contrast) {
        return known.computeIfAbsent(draft, this::contrasts).stream()
                .anyMatch(it ->
                        it.kind().equals(contrast.kind()) && it.thing().equals(contrast.thing()));
    }
}
