package dev.blast.rules.lint;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.Action;
import dev.blast.rules.checked.Value;
import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Effect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Glob;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * How the answer of another rule, which answers wherever one's own does, makes one's own needless:
 * without it what is decided is the same.
 */
enum Covering {
    /** The other says the same. */
    SAME,
    /** The other has the last word. */
    BEATEN,
    /** The other's limit is smaller. */
    LOOSER;

    /** What the other's answer makes of one's own; empty where one's own may count. */
    static Optional<Covering> of(Side own, Side other) {
        return counts(own.rule(), other.rule(), other.action())
                ? new Pair(own, other).covering()
                : Optional.empty();
    }

    /**
     * An answer of a rule.
     *
     * @param values names the values of its arguments
     */
    record Side(Rule rule, Action action, Propositions values) {
        String verb() {
            return action.verb().name();
        }

        String words(int place) {
            return values.words(action.arguments().get(place));
        }

        List<String> words() {
            return action.arguments().stream().map(values::words).toList();
        }

        Layer layer() {
            return rule.layer();
        }

        boolean isTrusted() {
            return rule.source().file().trusted();
        }
    }

    /** The project's files are trusted together, or none of them is. */
    private static boolean counts(Rule own, Rule other, Action answer) {
        return answer.verb().effect() == Effect.NARROWS || standsWith(own, other);
    }

    private static boolean standsWith(Rule own, Rule other) {
        return other.source().file().trusted() || own.layer() == other.layer();
    }

    private record Pair(Side own, Side other) {

        Optional<Covering> covering() {
            return switch (own.action().verb().aspect()) {
                case VERDICT, PRICE -> verdict();
                case LIMITS, BANDWIDTH -> limit();
                case PATHS -> paths();
                case SYSCALLS -> each(String::equals);
                case VARIABLES -> own.verb().equals("setVariable") ? set() : each(Pair::passes);
                case STRATEGY -> strategy();
                case POINTS -> Optional.empty();
            };
        }

        private Optional<Covering> verdict() {
            boolean sameVerb = own.verb().equals(other.verb());
            return switch (other.verb()) {
                case "deny" -> own.verb().equals("warn") ? Optional.empty() : denied(sameVerb);
                case "stop" ->
                        switch (own.verb()) {
                            case "stop" -> Optional.of(SAME);
                            case "freeze" -> Optional.of(BEATEN);
                            default -> Optional.empty();
                        };
                case "warn" ->
                        when(
                                sameVerb
                                        && own.words().equals(other.words())
                                        && own.rule().reason().equals(other.rule().reason()),
                                SAME);
                case "cost" -> Optional.empty();
                default -> when(sameVerb, SAME);
            };
        }

        private static Optional<Covering> denied(boolean sameVerb) {
            return Optional.of(sameVerb ? SAME : BEATEN);
        }

        private static Optional<Covering> when(boolean holds, Covering covering) {
            return holds ? Optional.of(covering) : Optional.empty();
        }

        /** A shipped limit stands aside as soon as a file of one's own names the same. */
        private Optional<Covering> limit() {
            boolean stands =
                    (other.layer() != Layer.SHIPPED || own.layer() == Layer.SHIPPED)
                            && (!own.isTrusted() || standsWith(own.rule(), other.rule()));
            return stands && own.verb().equals(other.verb()) ? amount(0) : Optional.empty();
        }

        /** Both have to be literals. */
        private Optional<Covering> amount(int place) {
            Value mine = own.action().arguments().get(place);
            Value theirs = other.action().arguments().get(place);
            if (mine instanceof Value.Literal(Type _, BigDecimal amount)
                    && theirs instanceof Value.Literal(Type _, BigDecimal less)) {
                int order = less.compareTo(amount);
                return when(order <= 0, order == 0 ? SAME : LOOSER);
            }
            return Optional.empty();
        }

        private Optional<Covering> paths() {
            Access mine = access(own.verb());
            Access theirs = access(other.verb());
            if (theirs == Access.HIDDEN) {
                boolean all =
                        paths(own).stream().allMatch(path -> isUnderOneOf(path, paths(other)));
                return when(all, mine == Access.HIDDEN ? SAME : BEATEN);
            }
            if (mine == Access.HIDDEN || theirs.compareTo(mine) > 0) {
                return Optional.empty();
            }
            boolean all = paths(other).containsAll(paths(own));
            return mine == Access.TEMPORARY && all
                    ? amount(1)
                    : when(all, mine == theirs ? SAME : BEATEN);
        }

        private static Access access(String verb) {
            return switch (verb) {
                case "hidden" -> Access.HIDDEN;
                case "temporary" -> Access.TEMPORARY;
                case "writable" -> Access.WRITABLE;
                default -> Access.READABLE;
            };
        }

        private static List<String> paths(Side side) {
            return access(side.verb()) == Access.TEMPORARY ? List.of(side.words(0)) : side.words();
        }

        private static boolean isUnderOneOf(String path, List<String> folders) {
            return folders.stream()
                    .anyMatch(folder ->
                            path.equals(folder)
                                    || (path.startsWith(folder + "/") && !path.contains("..")));
        }

        private Optional<Covering> each(BiPredicate<String, String> covers) {
            boolean all =
                    own.verb().equals(other.verb())
                            && own.words().stream()
                                    .allMatch(name ->
                                            other.words().stream()
                                                    .anyMatch(it -> covers.test(it, name)));
            return when(all, SAME);
        }

        /** Names of variables may hold stars, which pass whatever stands for them. */
        private static boolean passes(String pattern, String name) {
            return pattern.equals(name)
                    || (name.indexOf('*') < 0 && Glob.of(pattern, Glob.FLAT).matches(name));
        }

        private Optional<Covering> set() {
            return when(
                    other.verb().equals("setVariable")
                            && own.layer() == other.layer()
                            && own.words().equals(other.words()),
                    SAME);
        }

        /** Of equal weight, for the same. */
        private Optional<Covering> strategy() {
            return when(
                    own.verb().equals("use")
                            && own.layer() == other.layer()
                            && own.words().equals(other.words())
                            && looksAt(own.rule(), "name") == looksAt(other.rule(), "name")
                            && looksAt(own.rule(), "group") == looksAt(other.rule(), "group"),
                    SAME);
        }

        private static boolean looksAt(Rule rule, String field) {
            return rule.looksAt().keySet().stream()
                    .anyMatch(it ->
                            it.fact().equals(Facts.REQUIREMENT) && it.field().name().equals(field));
        }
    }
}
