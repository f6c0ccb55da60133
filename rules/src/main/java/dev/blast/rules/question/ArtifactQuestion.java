package dev.blast.rules.question;

import dev.blast.rules.fact.Artifact;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

final class ArtifactQuestion extends VerdictQuestion<Artifact> {
    ArtifactQuestion() {
        super(
                "artifact",
                "install",
                "May this file be installed?",
                Outcome.DENIED,
                Artifact.class,
                Facts.ARTIFACT);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verbs.ALLOW, Verbs.DENY, Verbs.WARN);
    }

    @Override
    public String asked(Artifact it) {
        return "install " + it.name() + "==" + it.version();
    }

    @Override
    public String file() {
        return "artifacts";
    }

    @Override
    public Optional<String> condition(Artifact it) {
        return Optional.of(
                "Artifact( name == \"%s\", version == \"%s\", kind == %s )"
                        .formatted(it.name(), it.version(), it.kind()));
    }
}
