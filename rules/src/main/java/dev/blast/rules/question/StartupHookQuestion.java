package dev.blast.rules.question;

import dev.blast.rules.fact.StartupHook;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Verb;
import dev.blast.rules.vocabulary.Verbs;
import java.util.List;
import java.util.Optional;

final class StartupHookQuestion extends VerdictQuestion<StartupHook> {
    StartupHookQuestion() {
        super(
                "startup hook",
                "startup",
                "May this run at interpreter start?",
                Outcome.DENIED,
                StartupHook.class,
                Facts.STARTUP_HOOK);
    }

    @Override
    public List<Verb> verbs() {
        return List.of(Verbs.ALLOW, Verbs.DENY);
    }

    @Override
    public String asked(StartupHook it) {
        return "startup " + Quoted.plain(it.file()) + " of " + it.distribution();
    }

    @Override
    public String file() {
        return "startup";
    }

    @Override
    public Optional<String> condition(StartupHook it) {
        return Quoted.literal(it.file())
                .map(file ->
                        "StartupHook( distribution == \"%s\", version == \"%s\", file == %s )"
                                .formatted(it.distribution(), it.version(), file));
    }
}
