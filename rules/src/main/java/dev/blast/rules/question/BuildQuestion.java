package dev.blast.rules.question;

import dev.blast.rules.fact.Build;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

final class BuildQuestion extends VerdictQuestion<Build> {
    BuildQuestion() {
        super(
                "build",
                "build",
                "May this source be built?",
                Outcome.DENIED,
                Build.class,
                Facts.BUILD);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verbs.ALLOW, Verbs.DENY);
    }

    @Override
    public String asked(Build it) {
        return "build " + it.name() + (it.version() == null ? "" : "==" + it.version());
    }

    @Override
    public String file() {
        return "builds";
    }

    @Override
    public Optional<String> condition(Build it) {
        return it.name() == null
                ? Optional.empty()
                : Optional.of(
                        it.version() == null
                                ? "Build( name == \"%s\" )".formatted(it.name())
                                : "Build( name == \"%s\", version == \"%s\" )"
                                        .formatted(it.name(), it.version()));
    }
}
