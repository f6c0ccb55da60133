package dev.blast.rules.lint;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.Action;
import dev.blast.rules.lint.Covering.Side;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds answers that decide nothing, because wherever they are given another rule of the same layer
 * or of one outside it answers as well, and that is the same or counts more. Of two rules that say
 * the same on the same conditions the second is found. All rules are of one question.
 */
final class Shadows {
    private final List<RuleCondition> conditions;
    private final WiderRules widerRules;
    private final Budget budget;

    /** An answer that decides nothing. */
    private record Shadow(Action own, Covering covering, Rule other, Action wider) {}

    /**
     * Looks at the rules of one question.
     *
     * @param conditions of rules that may fire, by layer and origin
     */
    Shadows(List<RuleCondition> conditions, Budget budget) {
        this.conditions = conditions;
        this.budget = budget;
        widerRules = new WiderRules(conditions);
    }

    List<Diagnostic> found() {
        List<Diagnostic> found = new ArrayList<>();
        for (RuleCondition condition : conditions) {
            Rule rule = condition.rule();
            boolean mayMatter = rule.closes() || condition.mayBreakOff();
            if (rule.layer() != Layer.SHIPPED && condition.saysOneThing() && !mayMatter) {
                found.addAll(of(condition));
            }
        }
        return found;
    }

    private List<Diagnostic> of(RuleCondition condition) {
        Rule rule = condition.rule();
        List<Shadow> shadows = new ArrayList<>();
        for (Action action : rule.actions()) {
            shadow(condition, action).ifPresent(shadows::add);
        }
        if (shadows.isEmpty()) {
            return List.of();
        }
        if (shadows.size() == rule.actions().size()) {
            return List.of(whole(rule, shadows.getFirst()));
        }
        return shadows.stream().map(shadow -> part(rule, shadow)).toList();
    }

    private Optional<Shadow> shadow(RuleCondition own, Action action) {
        @Nullable Shadow best = null;
        for (RuleCondition other : widerRules.of(own)) {
            if (other.rule().layer().compareTo(own.rule().layer()) > 0 || !budget.spend(1)) {
                break;
            }
            if (!other.equals(own)
                    && other.saysOneThing()
                    && own.mayImply(other)
                    && !opensWhatOnlyItMeans(own.rule(), action)) {
                @Nullable Shadow shadow = shadow(own, action, other);
                if (shadow != null && follows(own, other, shadow)) {
                    best = shadow;
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** A wider rule does not open an inner address, see VerdictQuestion.ordinary. */
    private static boolean opensWhatOnlyItMeans(Rule rule, Action action) {
        return action.verb().effect() == Effect.OPENS && InnerAddresses.mayBeMeantBy(rule);
    }

    private static @Nullable Shadow shadow(RuleCondition own, Action action, RuleCondition other) {
        for (Action wider : other.rule().actions()) {
            Optional<Covering> covering =
                    Covering.of(
                            new Side(own.rule(), action, own.values()),
                            new Side(other.rule(), wider, other.values()));
            if (covering.isPresent()) {
                return new Shadow(action, covering.get(), other.rule(), wider);
            }
        }
        return null;
    }

    /** Of two that say the same the first one stays. */
    private boolean follows(RuleCondition own, RuleCondition other, Shadow shadow) {
        if (!own.implies(other, budget)) {
            return false;
        }
        boolean either =
                shadow.covering() == Covering.SAME
                        && own.rule().layer() == other.rule().layer()
                        && own.place() < other.place();
        return !either || !other.implies(own, budget) || !isSameBack(own, other, shadow);
    }

    /** Whether the other answer says no more either. */
    private static boolean isSameBack(RuleCondition own, RuleCondition other, Shadow shadow) {
        return Covering.of(
                        new Side(other.rule(), shadow.wider(), other.values()),
                        new Side(own.rule(), shadow.own(), own.values()))
                .filter(Covering.SAME::equals)
                .isPresent();
    }

    private static Diagnostic whole(Rule rule, Shadow shadow) {
        return switch (shadow.covering()) {
            case SAME ->
                    finding(
                            rule,
                            rule.head(),
                            shadow,
                            "always shadowed",
                            "take this rule out, or narrow that one");
            case BEATEN ->
                    finding(
                            rule,
                            rule.head(),
                            shadow,
                            "never counts",
                            "narrow that rule, or take this one out");
            case LOOSER -> part(rule, shadow);
        };
    }

    private static Diagnostic part(Rule rule, Shadow shadow) {
        String own = words(rule, shadow.own());
        Span place = shadow.own().span();
        return switch (shadow.covering()) {
            case SAME -> finding(rule, place, shadow, own + " changes nothing", "take it out");
            case BEATEN ->
                    finding(
                            rule,
                            place,
                            shadow,
                            own + " never counts",
                            "narrow that rule, or take this out");
            case LOOSER ->
                    finding(
                            rule,
                            place,
                            shadow,
                            "looser than the limit in force",
                            "the smaller one counts: make this one smaller, or take it out");
        };
    }

    private static Diagnostic finding(
            Rule rule, Span place, Shadow shadow, String what, String help) {
        Code code =
                switch (shadow.covering()) {
                    case SAME -> Code.SHADOWED;
                    case BEATEN -> Code.NEVER_COUNTS;
                    case LOOSER -> Code.LOOSER_LIMIT;
                };
        String message =
                "%s: \"%s\" (%s) says %s wherever this rule applies"
                        .formatted(
                                what,
                                shadow.other().name(),
                                shadow.other().origin(),
                                words(shadow.other(), shadow.wider()));
        return rule.source().diagnostic(code, place, message, help);
    }

    private static String words(Rule rule, Action action) {
        return rule.source().text(action.span()).replaceAll("\\s+", " ").replaceAll("\\s*;$", "");
    }
}
