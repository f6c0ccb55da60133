package dev.blast.solver.repair;

import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.fact.RelaxationKind;
import dev.blast.rules.verdict.Price;
import dev.blast.solver.Judge;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import java.util.HashMap;
import java.util.Map;

/**
 * What letting go of something costs: what the rules say, and where they say nothing, what Blast
 * does: nothing is worse than doing without. A widened requirement costs a point more for each
 * version on the way.
 */
final class Prices {
    /** Less than {@code DROP} together, however far away the versions are. */
    private static final int FURTHEST = 80;

    private final Request request;
    private final Map<LettingGo, Price> said = new HashMap<>();

    Prices(Request request) {
        this.request = request;
    }

    /** In points; a way out that is forbidden costs what it would without that rule. */
    Cost of(Relaxation relaxation) {
        LettingGo what = fact(relaxation);
        Price price = said(relaxation);
        int points = price instanceof Price.Named named ? named.points() : byDefault(what.kind());
        return new Cost(relaxation, points + distance(relaxation), price);
    }

    /** The rules' word on it. */
    Price said(Relaxation relaxation) {
        return said.computeIfAbsent(fact(relaxation), this::ask);
    }

    private Price ask(LettingGo what) {
        Judge judge = request.judge();
        return judge == null ? new Price.Unsaid() : judge.price(what);
    }

    static int byDefault(RelaxationKind kind) {
        return switch (kind) {
            case UNPIN -> 5;
            case WIDEN -> 10;
            case UNHOLD -> 20;
            case PRERELEASE -> 30;
            case DROP, PYTHON -> 100;
        };
    }

    private static int distance(Relaxation relaxation) {
        return relaxation instanceof Relaxation.Widen wide
                ? Math.min(wide.distance(), FURTHEST)
                : 0;
    }

    private LettingGo fact(Relaxation relaxation) {
        boolean direct =
                request.requirements().stream()
                        .anyMatch(root ->
                                !root.constraint()
                                        && root.requirement().name().equals(relaxation.name()));
        return switch (relaxation) {
            case Relaxation.Drop(RootRequirement root) ->
                    fact(RelaxationKind.DROP, relaxation, direct, root.origin());
            case Relaxation.Unpin(RootRequirement root) ->
                    fact(RelaxationKind.UNPIN, relaxation, direct, root.origin());
            case Relaxation.Widen(RootRequirement root, var _, int _) ->
                    fact(RelaxationKind.WIDEN, relaxation, direct, root.origin());
            case Relaxation.LiftHold(var _, var _, var reason) ->
                    fact(RelaxationKind.UNHOLD, relaxation, direct, reason.origin().toString());
            case Relaxation.AllowPrereleases _ ->
                    new LettingGo(RelaxationKind.PRERELEASE, relaxation.name(), direct, null);
        };
    }

    private static LettingGo fact(
            RelaxationKind kind, Relaxation relaxation, boolean direct, String origin) {
        return new LettingGo(kind, relaxation.name(), direct, origin);
    }
}
