package dev.blast.rules.assist;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Token.Kind;
import dev.blast.rules.question.Questions;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Verb;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be said of a word of a policy file that somebody points at. */
public final class Telling {
    private Telling() {}

    /** Empty where nothing is to be said of what stands there. */
    public static Optional<Saying> at(String text, int offset) {
        Place place = Place.pointed(text, offset);
        Token word = place.word();
        return word == null
                ? Optional.empty()
                : said(place, word).map(said -> new Saying(word.span(), said, field(place, word)));
    }

    private static Optional<String> said(Place place, Token word) {
        Optional<RuleStretch> rule = place.rule();
        if (rule.isPresent() && rule.get().name().equals(word)) {
            return Optional.of(rule(rule.get()));
        }
        if (word.kind() == Kind.VARIABLE) {
            return rule.map(it -> it.variables().get(word.text())).map(Telling::bound);
        }
        Optional<Operator> operator = Operator.of(word.text());
        return switch (place.spot()) {
            case Spot.OfConditions _ ->
                    Facts.named(word.text()).map(Meanings::of).or(() -> keyword(word));
            case Spot.OfFields it ->
                    it.fact().field(word.text()).map(field -> Meanings.of(it.fact(), field));
            case Spot.OfOperators _ when operator.isPresent() -> operator.map(Meanings::of);
            case Spot.OfAnswers _ -> verb(word.text()).map(Meanings::of).or(() -> keyword(word));
            case Spot.OfAnnotation _ -> Optional.ofNullable(Meanings.ANNOTATIONS.get(word.text()));
            case Spot.OfValues it -> choice(it, word);
            case Spot.OfArguments it ->
                    it.parameter().choices().contains(plain(word))
                            ? Optional.of(Meanings.of(Objective.of(plain(word))))
                            : Optional.empty();
            case Spot.OfFile _, Spot.OfHead _, Spot.OfOperators _, Spot.Elsewhere _ ->
                    keyword(word);
        };
    }

    /** The field that a word is, or stands for; else null. */
    private static Saying.@Nullable Meant field(Place place, Token word) {
        if (place.spot() instanceof Spot.OfFields it) {
            return it.fact()
                    .field(word.text())
                    .map(field -> new Saying.Meant(it.fact(), field))
                    .orElse(null);
        }
        RuleStretch.@Nullable Bound bound =
                place.rule().map(it -> it.variables().get(word.text())).orElse(null);
        return bound == null || bound.field() == null
                ? null
                : new Saying.Meant(bound.fact(), bound.field());
    }

    private static Optional<Verb> verb(String name) {
        return Questions.verbs().stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    private static Optional<String> keyword(Token word) {
        return word.kind() == Kind.WORD
                ? Optional.ofNullable(Meanings.KEYWORDS.get(word.text()))
                        .map(it -> "**%s**: %s".formatted(word.text(), it))
                : Optional.empty();
    }

    private static String plain(Token word) {
        return word.kind() == Kind.TEXT
                ? word.text().substring(1, word.text().length() - 1)
                : word.text();
    }

    private static Optional<String> choice(Spot.OfValues spot, Token word) {
        if (!spot.field().choices().contains(plain(word))) {
            return Optional.empty();
        }
        String said = "**%s**: one of the values of %s".formatted(plain(word), spot.field().name());
        return Optional.of(
                NotYet.about(new Rule.FieldOf(spot.fact(), spot.field()), plain(word))
                        .map(it -> said + "; it is **" + it + "**")
                        .orElse(said));
    }

    private static String bound(RuleStretch.Bound bound) {
        FactType fact = bound.fact();
        return bound.field() == null ? Meanings.of(fact) : Meanings.of(fact, bound.field());
    }

    /** What a rule does, in a few lines. */
    private static String rule(RuleStretch rule) {
        var lines = new ArrayList<String>();
        rule.question().ifPresent(question -> lines.add(Meanings.of(question)));
        String reason = rule.annotation("reason");
        if (!reason.isEmpty()) {
            lines.add("Because: " + Saying.letters(reason));
        }
        String answers =
                rule.answers().stream()
                        .filter(token -> verb(token.text()).isPresent())
                        .map(token -> verb(token.text()).orElseThrow())
                        .distinct()
                        .map(verb -> "`%s`: %s".formatted(verb.name(), verb.meaning()))
                        .collect(Collectors.joining("\n\n"));
        if (!answers.isEmpty()) {
            lines.add(answers);
        }
        return String.join("\n\n", lines);
    }
}
