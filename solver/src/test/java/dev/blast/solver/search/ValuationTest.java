package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Motive;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer counted by a strategy that did not find it, and why single versions were taken. */
final class ValuationTest {
    private static final PackageName BASE = new PackageName("base");

    private final MemoryIndex index = new MemoryIndex();

    @BeforeEach
    void fill() {
        index.release("app", "1").needs("base");
        index.release("app", "2").needs("base<3");
        index.release("base", "1");
        index.release("base", "2");
        index.release("base", "3");
        index.release("base", "4").python(">=3.99");
    }

    @Test
    void anAnswerIsCountedByAnotherStrategy() throws IndexException {
        Request request = Requests.of("app");
        Resolution lowest = resolve(request.with(strategy(Objective.LOWEST)));
        Appraisal byNewest =
                new Valuation(request.with(strategy(Objective.NEWEST)), index).of(lowest);
        assertThat(byNewest.lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.count()).isEqualTo(3); // one app and two of base are newer
                    assertThat(line.bound()).isZero();
                });
    }

    @Test
    void byItsOwnStrategyItIsWorthWhatTheSearchSaid() throws IndexException {
        for (Objective objective : List.of(Objective.NEWEST, Objective.LOWEST, Objective.SETTLED)) {
            Request request = Requests.of("app").with(strategy(objective));
            Resolution resolution = resolve(request);
            assertThat(new Valuation(request, index).of(resolution).lines())
                    .isEqualTo(resolution.appraisal().lines());
        }
    }

    @Test
    void anAnswerOfALockIsCountedAgainstTheIndex() throws IndexException {
        Request request = Requests.of("app<2", "base<3").with(Strategy.STABLE);
        Resolution first = resolve(request);
        var locked =
                new Preferences(
                        first.pins().stream()
                                .collect(Collectors.toMap(it -> it.name(), Function.identity())),
                        Map.of(),
                        true);
        Request again = request.with(locked);
        Resolution answer = resolve(again);
        assertThat(count(answer.appraisal())).isZero();
        assertThat(count(new Valuation(again, index).of(answer))).isEqualTo(2);
    }

    private static long count(Appraisal appraisal) {
        return appraisal.lines().stream()
                .filter(line -> line.aim().objective() == Objective.NEWEST)
                .findFirst()
                .orElseThrow()
                .count();
    }

    @Test
    void aVersionIsTakenForTheFirstPlaceInWhichItIsBetter() throws IndexException {
        Request request =
                Requests.of("app<2")
                        .with(strategy(Objective.FEWEST_CHANGES, Objective.NEWEST))
                        .with(new Preferences(Map.of(), Map.of()));
        assertThat(motive(request, "1"))
                .isEqualTo(new Motive.Better(Aim.of(2, Objective.NEWEST), 0, 2));
    }

    @Test
    void aVersionThatIsWantedMoreDidNotFit() throws IndexException {
        Request request = Requests.of("app>1").with(strategy(Objective.NEWEST));
        assertThat(motive(request, "3")).isEqualTo(new Motive.NotFitting());
    }

    @Test
    void whatCannotBeUsedHereIsNoChoice() throws IndexException {
        Request request = Requests.of("app>1").with(strategy(Objective.NEWEST));
        assertThat(motive(request, "4")).isEqualTo(new Motive.NotUsable());
        assertThat(motive(request, "0.9")).isEqualTo(new Motive.NotUsable());
    }

    @Test
    void whereNothingIsWantedOfSingleVersionsBothAreEqual() throws IndexException {
        Request request = Requests.of("app<2").with(strategy(Objective.FEWEST_PACKAGES));
        assertThat(motive(request, "1")).isEqualTo(new Motive.Equal());
    }

    private Motive motive(Request request, String there) throws IndexException {
        return new Valuation(request, index)
                .motive(resolve(request).pin(BASE).orElseThrow(), Version.parse(there));
    }

    private static Strategy strategy(Objective... objectives) {
        var aims = new ArrayList<Aim>();
        for (Objective objective : objectives) {
            aims.add(Aim.of(aims.size() + 1, objective));
        }
        return new Strategy("test", aims);
    }

    private Resolution resolve(Request request) throws IndexException {
        return (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
    }
}
