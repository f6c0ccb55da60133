package dev.blast.cli.command;

import dev.blast.cli.terminal.Figures;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.ledger.LoggedRun;
import dev.blast.environment.session.Habitat;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.Remade;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.question.Questions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a proposal would open besides, of all that programs were refused lately. */
final class AlsoOpened {
    /** The newest; each is judged twice. */
    private static final int MOST_JUDGED = 500;

    private static final int MOST_NAMED = 3;

    private AlsoOpened() {}

    /** A sentence on each that changes rules; none where nothing else was refused. */
    static List<String> notes(Habitat habitat, Explanation explanation, Connection asked)
            throws EnvironmentException {
        List<Connection> others = others(habitat, asked);
        if (others.isEmpty()) {
            return List.of();
        }
        Policy now = habitat.policies().policy();
        var notes = new ArrayList<String>();
        int proposal = 0;
        for (Explanation.Remedy remedy : explanation.remedies()) {
            proposal++;
            if (!remedy.changes().stream().allMatch(Change.OtherFact.class::isInstance)) {
                String what =
                        explanation.remedies().size() == 1
                                ? "what is proposed"
                                : "proposal %d of %d"
                                        .formatted(proposal, explanation.remedies().size());
                Remade.of(now, remedy.changes())
                        .map(made -> opened(others, now, made, habitat.context()))
                        .map(opened -> sentence(what, opened, others.size()))
                        .ifPresent(notes::add);
            }
        }
        return notes;
    }

    /** The newest first, each once, whichever program it was. */
    private static List<Connection> others(Habitat habitat, Connection asked)
            throws EnvironmentException {
        List<LoggedRun> runs = habitat.workspace().ledgers(habitat.environment()).runs();
        var known = new HashSet<String>();
        known.add(words(asked));
        return runs.reversed().stream()
                .flatMap(run -> run.attempts().reversed().stream())
                .filter(it -> it.matter().isRefused())
                .map(it -> it.matter().asked())
                .filter(it -> known.add(words(it)))
                .limit(MOST_JUDGED)
                .toList();
    }

    private static List<String> opened(
            List<Connection> others, Policy now, Policy made, Context context) {
        return others.stream()
                .filter(it -> !now.judge(it, context).allowed())
                .filter(it -> made.judge(it, context).allowed())
                .map(AlsoOpened::words)
                .toList();
    }

    private static String words(Connection it) {
        return Questions.about(it).asked(it);
    }

    private static String sentence(String what, List<String> opened, int others) {
        String refused =
                "%s refused lately (blast log --denied)"
                        .formatted(Figures.count(others, "other request"));
        if (opened.isEmpty()) {
            return "%s opens none of %s".formatted(what, refused);
        }
        String more = opened.size() > MOST_NAMED ? ", …" : "";
        return "%s opens %d of %s as well: %s%s"
                .formatted(
                        what,
                        opened.size(),
                        refused,
                        String.join(", ", opened.subList(0, Math.min(MOST_NAMED, opened.size()))),
                        more);
    }
}
