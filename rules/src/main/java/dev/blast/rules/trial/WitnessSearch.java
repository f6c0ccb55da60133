package dev.blast.rules.trial;

import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.mutant.Mutant;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Excerpt;
import dev.blast.rules.verdict.Answered;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a case that passes on the rules as they are and fails on changed ones. It begins with
 * cases that the rule answers, moves one field at a time to each side of its borders, then two, and
 * then begins with cases that are there already and with what other rules answer, since a change
 * may show only beside them. What it finds was asked of both.
 */
final class WitnessSearch {
    /** CaseDrafts of which both policies are asked. */
    private static final int MAX_TRIES = 3_000;

    /** Characters of the name of a case. */
    private static final int MAX_NAME = 120;

    /** Cases and rules to begin with. */
    private static final int MAX_SEEDS = 12;

    private final Policy policy;
    private final Policy other;
    private final Mutant mutant;
    private final Question question;
    private final List<Rule.Branch> branches = new ArrayList<>();
    private final List<TestCase> cases;
    private final BorderValues borders;
    private final NearRequests neighbours;
    private final CaseRun run;
    private final CaseRun otherRun;
    private final Set<CaseDraft> tried = new HashSet<>();

    WitnessSearch(Policy policy, Policy other, Mutant mutant, Rule changed, List<TestCase> cases) {
        this.policy = policy;
        this.other = other;
        this.mutant = mutant;
        this.cases = cases;
        question = mutant.rule().question();
        branches.addAll(mutant.rule().branches());
        branches.addAll(changed.branches());
        borders = new BorderValues(List.of(mutant.rule(), changed));
        neighbours = new NearRequests(borders);
        run = new CaseRun(policy);
        otherRun = new CaseRun(other);
    }

    /** As it stands in a test file; empty where none was found. */
    String find() {
        List<CaseDraft> matching = matching(CaseDrafts.base(question));
        String found = around(matching);
        if (found.isEmpty()) {
            found =
                    seeds().stream()
                            .map(seed -> around(matching(seed)))
                            .filter(it -> !it.isEmpty())
                            .findFirst()
                            .orElse("");
        }
        for (CaseDraft draft : found.isEmpty() ? matching : List.<CaseDraft>of()) {
            for (CaseDraft near : neighbours.of(draft)) {
                if (tried.size() < MAX_TRIES && found.isEmpty()) {
                    found = first(neighbours.of(near));
                }
            }
        }
        return found;
    }

    private List<CaseDraft> matching(CaseDraft seed) {
        var drafts = new LinkedHashSet<CaseDraft>();
        for (Rule.Branch branch : branches) {
            @Nullable CaseDraft draft = Satisfying.of(borders, branch, seed);
            if (draft != null) {
                drafts.add(draft);
            }
        }
        drafts.add(seed);
        return List.copyOf(drafts);
    }

    /** Of what is asked already, and of what other rules answer. */
    private List<CaseDraft> seeds() {
        var seeds = new LinkedHashSet<CaseDraft>();
        CaseDraft base = CaseDrafts.base(question);
        for (Rule rule : policy.rules(question)) {
            if (!rule.equals(mutant.rule()) && rule.has(Effect.OPENS) && seeds.size() < MAX_SEEDS) {
                @Nullable CaseDraft draft =
                        Satisfying.of(
                                new BorderValues(List.of(rule)), rule.branches().getFirst(), base);
                if (draft != null) {
                    seeds.add(draft);
                }
            }
        }
        for (TestCase it : cases) {
            if (seeds.size() < 2 * MAX_SEEDS) {
                CaseDraft draft = it.draft();
                seeds.add(
                        new CaseDraft(
                                draft.session(),
                                draft.installed(),
                                draft.thing().isEmpty() ? draft.facts() : base.facts(),
                                "",
                                ""));
            }
        }
        return List.copyOf(seeds);
    }

    private String around(List<CaseDraft> drafts) {
        String found = first(drafts);
        for (CaseDraft draft : drafts) {
            found = found.isEmpty() ? first(neighbours.of(draft)) : found;
        }
        return found;
    }

    private String first(List<CaseDraft> drafts) {
        for (CaseDraft draft : drafts) {
            if (tried.size() < MAX_TRIES && tried.add(draft)) {
                String found = witness(draft);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private String witness(CaseDraft draft) {
        for (CaseDraft asked : asked(draft)) {
            @Nullable String text = tells(asked);
            if (text != null) {
                return shortest(asked, text);
            }
        }
        return "";
    }

    /** Nobody reads what does not matter. */
    private String shortest(CaseDraft asked, String text) {
        CaseDraft best = asked;
        String written = text;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (CaseDraft less : CaseDrafts.shorter(best)) {
                @Nullable String it = tells(less);
                if (it != null) {
                    best = less;
                    written = it;
                    shorter = true;
                    break;
                }
            }
        }
        return written;
    }

    /** What is asked where the rules answer differently; nothing where they answer the same. */
    private List<CaseDraft> asked(CaseDraft draft) {
        Set<Answer> differing;
        try {
            Context context = draft.context();
            List<Object> subjects = draft.subjects(context.session());
            differing = differing(context, subjects);
        } catch (IllegalArgumentException | ArithmeticException | Undecided _) {
            return List.of();
        }
        if (differing.isEmpty()) {
            return List.of();
        }
        var asked = new ArrayList<CaseDraft>();
        if (question.equals(Questions.SESSION)) {
            differing.forEach(answer -> things(draft, answer, asked));
        } else if (question.equals(Questions.STRATEGY)) {
            Map<String, @Nullable Object> fields =
                    draft.facts().getOrDefault(Facts.STRATEGY.name(), Map.of());
            asked.add(
                    thing(
                            draft,
                            Facts.STRATEGY.name(),
                            String.valueOf(fields.getOrDefault("name", ""))));
        } else {
            asked.add(draft);
        }
        return asked;
    }

    private Set<Answer> differing(Context context, List<Object> subjects) {
        Map<Answer, Integer> counts = new HashMap<>();
        for (Answered it : policy.ask(question, context, subjects)) {
            counts.merge(it.answer(), 1, Integer::sum);
        }
        for (Answered it : other.ask(question, context, subjects)) {
            counts.merge(it.answer(), -1, Integer::sum);
        }
        var differing = new LinkedHashSet<Answer>();
        counts.forEach((answer, count) -> {
            if (count != 0) {
                differing.add(answer);
            }
        });
        return differing;
    }

    private static CaseDraft thing(CaseDraft draft, String thing, String value) {
        return new CaseDraft(draft.session(), draft.installed(), Map.of(), thing, value);
    }

    private static void things(CaseDraft draft, Answer answer, List<CaseDraft> asked) {
        switch (answer) {
            case Answer.Grant grant -> {
                String path = written(grant.path().toString(), draft);
                for (String thing : List.of("access", "read", "write")) {
                    asked.add(thing(draft, thing, path));
                    asked.add(thing(draft, thing, path + "/x"));
                }
            }
            case Answer.Restrict(Resource resource, long _) ->
                    asked.add(
                            thing(
                                    draft,
                                    "limit",
                                    resource.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            case Answer.Syscall(String name, boolean _) -> asked.add(thing(draft, "syscall", name));
            case Answer.Pass(String variable) ->
                    asked.add(thing(draft, "variable", variable.replace("*", "X")));
            case Answer.Set(String variable, String _) ->
                    asked.add(thing(draft, "variable", variable));
            case Answer.Verdict _, Answer.Choice _, Answer.Cost _ -> {}
        }
    }

    /** Below the home and the project as a person writes it. */
    private static String written(String path, CaseDraft draft) {
        String project = draft.somebody().project() + "/";
        String home = draft.somebody().home() + "/";
        return path.startsWith(project)
                ? "./" + path.substring(project.length())
                : path.startsWith(home) ? "~/" + path.substring(home.length()) : path;
    }

    /** The case, read again and asked of both; null where it does not tell them apart. */
    private @Nullable String tells(CaseDraft draft) {
        try {
            TestCase asked = cased(draft);
            CaseResult one = run.ask(asked);
            CaseResult two = otherRun.ask(asked);
            boolean differs = !one.value().equals(two.value());
            boolean isItsReason = one.reasons().contains(mutant.rule().name());
            boolean reasonDiffers = isItsReason && !two.reasons().contains(mutant.rule().name());
            boolean pointsDiffer = one.points() != two.points();
            boolean isBroken = one.value().equals(List.of("error"));
            if ((!differs && !pointsDiffer && !reasonDiffers)
                    || (isBroken && !question.equals(Questions.STRATEGY))) {
                return null;
            }
            String text =
                    CaseText.of(
                            Excerpt.beginning(
                                    "%s: notices %s"
                                            .formatted(mutant.rule().name(), mutant.change()),
                                    MAX_NAME),
                            draft,
                            written(draft, one.value()),
                            pointsDiffer ? one.points() : null,
                            isItsReason ? mutant.rule().name() : null);
            return isVerified(text) ? text : null;
        } catch (IllegalArgumentException | ArithmeticException | Undecided _) {
            return null;
        }
    }

    /** What came out, amounts with their unit. */
    private static List<String> written(CaseDraft draft, List<String> value) {
        return draft.thing().equals("limit")
                ? Resource.named(draft.value())
                        .map(it -> value.stream().map(one -> amount(it, one)).toList())
                        .orElse(value)
                : value;
    }

    private static String amount(Resource resource, String value) {
        return value.matches("[0-9]{1,18}")
                ? AmountText.of(resource, Long.parseLong(value))
                : value;
    }

    private boolean isVerified(String text) {
        TestCase it = read(text);
        try {
            return PolicyTests.difference(it, run.ask(it)).isEmpty()
                    && PolicyTests.difference(it, otherRun.ask(it)).isPresent();
        } catch (CaseFlaw _) {
            return false;
        }
    }

    /**
     * @throws IllegalArgumentException where it is not one case
     */
    static TestCase read(String text) {
        CaseFile read = CaseFile.read(new TestFile("found.test.toml", text));
        if (!read.failures().isEmpty() || read.cases().size() != 1) {
            throw new IllegalArgumentException("not one case: " + text);
        }
        return read.cases().getFirst();
    }

    static TestCase cased(CaseDraft draft) {
        Context context = draft.context();
        return new TestCase(
                CaseTable.NONE,
                "",
                draft,
                context,
                draft.subjects(context.session()),
                List.of(),
                null,
                null);
    }
}
