package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.report.ShownWaysReport;
import dev.blast.cli.syntax.Nearest;
import dev.blast.cli.terminal.Console;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.environment.sync.SyncResult;
import dev.blast.packaging.PackageName;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.source.Layer;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.StrategyChoice;
import java.util.ArrayList;
import java.util.List;

/** What people are told where a sync reached nothing. */
final class SyncFailures {
    private final Console console;
    private final ConflictTelling conflict;
    private final String again;
    private final KeptDecisions decisions;
    private final boolean isRepairable;
    private final String lockAlone;

    /**
     * @param again the sync for what was asked, as it is typed
     * @param decisions that are kept of the environment
     * @param isRepairable whether {@code sync --repair} reaches what was asked
     * @param lockAlone what makes it one of the lock alone
     */
    SyncFailures(
            Console console,
            ConflictTelling conflict,
            String again,
            KeptDecisions decisions,
            boolean isRepairable,
            String lockAlone) {
        this.console = console;
        this.conflict = conflict;
        this.again = again;
        this.decisions = decisions;
        this.isRepairable = isRepairable;
        this.lockAlone = lockAlone;
    }

    /** What a sync without an answer is to people. */
    Failure of(SyncResult.NotReached no) {
        return switch (no) {
            case SyncResult.NoSolution(var unsolvable, var waysOut, var impasse) ->
                    conflict.ended(unsolvable, waysOut, isRepairable && impasse.number() > 0);
            case SyncResult.NothingShown() ->
                    new Failure(
                            Exit.USAGE,
                            "--repair: no ways out have been shown for this project",
                            "blast sync shows them where no versions fit together");
            case SyncResult.UnknownLetter(String letter, var shown) ->
                    new Failure(
                            Exit.USAGE,
                            "--repair %s: there is no such way out".formatted(letter),
                            ShownWaysReport.lines(shown.ways()));
            case SyncResult.NotNeeded(String letter) ->
                    new Failure(
                            Exit.FINDINGS,
                            "--repair %s: there is an answer without it now; nothing was changed"
                                    .formatted(letter),
                            "blast sync takes it");
            case SyncResult.Outdated(String letter, String why, var now) -> {
                console.complain(
                        "--repair %s: nothing was changed, because %s; it is now as follows"
                                .formatted(letter, why));
                yield conflict.ended(now.unsolvable(), now.waysOut(), now.impasse().number() > 0);
            }
            case SyncResult.ByHand(String letter, var todo) ->
                    new Failure(
                            Exit.NO_SOLUTION,
                            "--repair %s: nothing was changed; this has to be done by hand"
                                    .formatted(letter),
                            todo);
            case SyncResult.EditedMeanwhile() ->
                    new Failure(
                            Exit.FINDINGS,
                            "the project's files were changed meanwhile; nothing was changed",
                            "the same once more");
            case SyncResult.UnknownNames(var unknown, var known) ->
                    new Failure(
                            Exit.USAGE,
                            "--upgrade %s: nothing of that name is asked for or installed here"
                                    .formatted(unknown.getFirst()),
                            Nearest.hint(
                                    unknown.getFirst().normalized(),
                                    known.stream().map(PackageName::normalized).toList()));
            case SyncResult.NoInterpreter(var search) ->
                    new Failure(Exit.FINDINGS, search.message(), List.of());
            case SyncResult.StrategyConflict(var rules) -> conflict(rules);
            case SyncResult.Refused(var refusals) ->
                    new Failure(
                            Exit.FINDINGS,
                            "refused by policy; nothing was changed",
                            refused(refusals, decisions));
            case SyncResult.Denied(var name, var version, Judgement judgement) ->
                    new Failure(
                            Exit.FINDINGS,
                            "--lift %s==%s: it is denied, and only a hold can be lifted; nothing was changed"
                                    .formatted(name, version),
                            judgement.byDefault()
                                    ? List.of("no rule allows it")
                                    : judgement.deciding().stream()
                                            .map(SyncFailures::words)
                                            .toList());
            case SyncResult.LockNotCurrent(var why) ->
                    new Failure(
                            Exit.FINDINGS,
                            lockAlone + ": " + why,
                            "%s brings the lock up to date".formatted(again));
            case SyncResult.LockKept kept ->
                    new Failure(
                            Exit.FINDINGS,
                            kept.loss() + "; nothing was changed",
                            LockQuestion.offers(kept));
        };
    }

    /** Rules of one rank that choose different strategies. */
    static Failure conflict(List<StrategyChoice.Named> rules) {
        var help = new ArrayList<String>();
        for (StrategyChoice.Named named : rules) {
            String text = named.reason().text();
            help.add(
                    "'%s' by rule \"%s\", %s%s"
                            .formatted(
                                    named.strategy(),
                                    named.reason().rule(),
                                    named.reason().origin(),
                                    text.isEmpty() ? "" : ": " + text));
        }
        help.add(
                "--strategy NAME chooses one for this time; a rule that is about less, or of the project's own, goes before others");
        return new Failure(
                Exit.FINDINGS, "rules of the same rank choose different strategies", help);
    }

    /** Each with why, and what would let the first of them through. */
    static List<String> refused(List<SyncResult.Refusal> refusals, KeptDecisions decisions) {
        var lines = new ArrayList<String>();
        for (SyncResult.Refusal it : refusals) {
            lines.add(
                    "%s   why: blast check --explain '#%s'"
                            .formatted(words(it), decisions.shortest(it.decision())));
        }
        SyncResult.Refusal first = refusals.getFirst();
        if (refusals.size() > 1) {
            lines.add("of %s %s:".formatted(first.name(), first.version()));
        }
        ExplanationText.ways(first.explanation()).lines().forEach(lines::add);
        return lines;
    }

    private static String words(SyncResult.Refusal refusal) {
        Judgement judgement = refusal.explanation().judgement();
        List<Reason> deciding = judgement.deciding();
        List<Reason> untrusted = judgement.untrusted();
        return refusal.what()
                + ": "
                + (!deciding.isEmpty()
                        ? words(deciding.getFirst())
                        : untrusted.isEmpty()
                                ? "no rule allows it"
                                : "\"%s\" (%s) would allow it, and %s"
                                        .formatted(
                                                untrusted.getFirst().rule(),
                                                untrusted.getFirst().origin(),
                                                untrusted.getFirst().layer() == Layer.PROJECT
                                                        ? "is not trusted: blast trust"
                                                        : "others may write that file: chmod go-w, or chown"));
    }

    private static String words(Reason reason) {
        String text = reason.text().isEmpty() ? reason.verb() : reason.text();
        return text + " (\"" + reason.rule() + "\", " + reason.origin() + ")";
    }
}
