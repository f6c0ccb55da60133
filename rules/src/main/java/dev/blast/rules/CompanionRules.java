package dev.blast.rules;

import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.checked.Value;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.question.Questions;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules on two candidates that would be chosen together. Two candidates of one kind are judged
 * alike, whatever stands beside them: they pass the same constraints, and where a constraint looks
 * at both candidates they have the same values. For any thread.
 */
public final class CompanionRules {
    /** In the place of a pattern that does not match, whatever else is there. */
    private static final Object NONE = "no match";

    /** In the place of a constraint that cannot be decided. */
    private static final Object UNDECIDED = "undecided";

    private final Policy policy;
    private final Context context;
    private final List<Rule.Branch> branches;

    CompanionRules(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
        this.branches =
                policy.rules(Questions.COMPANIONS).stream()
                        .flatMap(rule -> rule.branches().stream())
                        .toList();
    }

    /** The word of the rules, either way round. */
    public Judgement judge(Candidate one, Candidate other) {
        Judgement judgement = policy.judge(one, new Companion(other), context);
        return judgement.allowed() ? policy.judge(other, new Companion(one), context) : judgement;
    }

    /** What the rules tell candidates apart by; empty for one that no rule is about. */
    public Optional<Object> kind(Candidate candidate) {
        List<Object> kind = new ArrayList<>();
        boolean meant = role(Facts.CANDIDATE, candidate, kind);
        meant |= role(Facts.COMPANION, new Companion(candidate), kind);
        return meant ? Optional.of(List.copyOf(kind)) : Optional.empty();
    }

    /** Adds what the rules see of a fact; whether any of them may match it. */
    private boolean role(FactType type, Object fact, List<Object> kind) {
        boolean meant = false;
        for (Rule.Branch branch : branches) {
            var seen = new Sight(type, fact, branch);
            kind.addAll(seen.kind);
            meant |= !seen.excluded;
        }
        return meant;
    }

    /** What one alternative of a rule sees of one fact. */
    private final class Sight {
        private final FactType type;
        private final Rule.Branch branch;
        private final Object fact;
        private final List<Object> kind = new ArrayList<>();

        /** Whether it cannot match with this fact. */
        private boolean excluded;

        Sight(FactType type, Object fact, Rule.Branch branch) {
            this.type = type;
            this.fact = fact;
            this.branch = branch;
            for (Element element : branch.elements()) {
                boolean matches = look(element);
                excluded |= element instanceof Element.Match && !matches;
            }
        }

        private boolean look(Element element) {
            return switch (element) {
                case Element.Match match -> !match.fact().equals(type) || match(match);
                case Element.Absent(var _, var elements) -> all(elements);
                case Element.Present(var _, var elements) -> all(elements);
            };
        }

        private boolean all(List<Element> elements) {
            boolean all = true;
            for (Element element : elements) {
                all &= look(element);
            }
            return all;
        }

        private boolean match(Element.Match match) {
            @Nullable Object[] facts = new Object[branch.slots()];
            facts[match.slot()] = fact;
            var frame = new Frame(context.session(), facts);
            List<Object> values = new ArrayList<>();
            for (Check test : match.tests()) {
                if (isAboutAlone(test, match.slot())) {
                    Object holds = holds(test, frame);
                    if (holds.equals(false)) {
                        kind.add(NONE);
                        return false;
                    }
                    values.add(holds);
                }
            }
            new Uses(match.slot(), frame, values).of(branch.elements());
            branch.actions()
                    .forEach(it ->
                            it.arguments().forEach(value -> known(value, match, frame, values)));
            kind.add(List.copyOf(values));
            return true;
        }
    }

    private static Object holds(Check test, Frame frame) {
        try {
            return test.holds(frame);
        } catch (Undecided e) {
            return UNDECIDED;
        }
    }

    /** Whether a constraint looks at one pattern and at nothing else. */
    private static boolean isAboutAlone(Check test, int slot) {
        return switch (test) {
            case Check.Comparison it ->
                    it.field().slot() == slot
                            && it.values().stream().allMatch(value -> isAboutAlone(value, slot));
            case Check.IsUnknown it -> it.field().slot() == slot;
            case Check.All(var _, var parts) ->
                    parts.stream().allMatch(part -> isAboutAlone(part, slot));
            case Check.Any(var _, var parts) ->
                    parts.stream().allMatch(part -> isAboutAlone(part, slot));
        };
    }

    private static boolean isAboutAlone(Value value, int slot) {
        return fields(value).stream().allMatch(field -> field.slot() == slot);
    }

    /** Of what a verb says it matters only whether it is known: its words decide nothing. */
    private static void known(
            Value argument, Element.Match match, Frame frame, List<Object> values) {
        for (Value.OfField field : fields(argument)) {
            if (field.slot() == match.slot()) {
                values.add(field.in(frame) != null);
            }
        }
    }

    private static List<Value.OfField> fields(Value value) {
        return switch (value) {
            case Value.Literal _, Value.LiteralPath _ -> List.of();
            case Value.OfField field -> List.of(field);
            case Value.Computed(var _, var _, var left, var right) -> {
                List<Value.OfField> both = new ArrayList<>(fields(left));
                both.addAll(fields(right));
                yield both;
            }
            case Value.LongerPath(var path, var _) -> fields(path);
            case Value.Template(var parts) ->
                    parts.stream()
                            .filter(Value.class::isInstance)
                            .flatMap(part -> fields((Value) part).stream())
                            .toList();
        };
    }

    /** The values of one pattern's fields in constraints that look at other patterns too. */
    private record Uses(int slot, Frame frame, List<Object> values) {

        void of(List<Element> elements) {
            for (Element element : elements) {
                switch (element) {
                    case Element.Match match ->
                            match.tests().forEach(test -> of(test, match.slot()));
                    case Element.Absent(var _, var inner) -> of(inner);
                    case Element.Present(var _, var inner) -> of(inner);
                }
            }
        }

        private void of(Check test, int owner) {
            if (isAboutAlone(test, owner)) {
                return;
            }
            switch (test) {
                case Check.Comparison it -> {
                    add(it.field());
                    it.values().forEach(value -> fields(value).forEach(this::add));
                }
                case Check.IsUnknown it -> add(it.field());
                case Check.All(var _, var parts) -> parts.forEach(part -> of(part, owner));
                case Check.Any(var _, var parts) -> parts.forEach(part -> of(part, owner));
            }
        }

        /** A value that is not known is one of its own. */
        private void add(Value.OfField field) {
            if (field.slot() == slot) {
                values.add(Objects.requireNonNullElse(field.in(frame), NONE));
            }
        }
    }
}
