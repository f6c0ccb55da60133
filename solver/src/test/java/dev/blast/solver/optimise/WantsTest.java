package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.test.ConstraintVerifier;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.PackagePart;
import dev.blast.solver.logic.States;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each sentence by itself, without a solver. */
final class WantsTest {
    private static final SlotValue ABSENT =
            new SlotValue(States.ABSENT, List.of(), Map.of(), List.of());

    /** The sentence about each objective. */
    private static final Map<Objective, BiFunction<Wants, ConstraintFactory, Constraint>>
            SENTENCES =
                    new EnumMap<>(
                            Map.ofEntries(
                                    Map.entry(Objective.FEWEST_ADVISORIES, Wants::fewAdvisories),
                                    Map.entry(Objective.FEWEST_BUILDS, Wants::fewBuilds),
                                    Map.entry(Objective.FEWEST_CHANGES, Wants::fewChanges),
                                    Map.entry(Objective.FEWEST_HOLDS_LIFTED, Wants::fewHoldsLifted),
                                    Map.entry(Objective.FEWEST_PACKAGES, Wants::fewPackages),
                                    Map.entry(Objective.NEWEST, Wants::newVersions),
                                    Map.entry(
                                            Objective.NEWEST_DIRECT,
                                            Wants::newVersionsOfWhatIsAskedFor),
                                    Map.entry(Objective.LOWEST, Wants::oldVersions),
                                    Map.entry(
                                            Objective.LOWEST_DIRECT,
                                            Wants::oldVersionsOfWhatIsAskedFor),
                                    Map.entry(Objective.SMALLEST_DOWNLOAD, Wants::smallDownload),
                                    Map.entry(Objective.SETTLED, Wants::settledVersions),
                                    Map.entry(Objective.PREFERRED, Wants::preferredVersions)));

    private final ConstraintVerifier<Wants, Draft> verifier =
            ConstraintVerifier.build(new Wants(), Draft.class, Slot.class);

    @Test
    void aNeedThatIsNotMetIsImpossible() {
        var needy =
                new SlotValue(
                        1, List.of(new SlotValue.Need(1, States.of(3, 2))), Map.of(), List.of());
        verifier.verifyThat(Wants::everyNeedIsMet)
                .given(slot(0, "a", needy), slot(1, "b", version(2)))
                .penalizesBy(0);
        verifier.verifyThat(Wants::everyNeedIsMet)
                .given(slot(0, "a", needy), slot(1, "b", version(1)))
                .penalizesBy(1);
        verifier.verifyThat(Wants::everyNeedIsMet)
                .given(slot(0, "a", needy), slot(1, "b", ABSENT))
                .penalizesBy(1);
        verifier.verifyThat(Wants::everyNeedIsMet)
                .given(slot(0, "a", ABSENT), slot(1, "b", ABSENT))
                .penalizesBy(0);
    }

    @Test
    void whatRulesKeepApartIsImpossible() {
        var kept =
                new SlotValue(
                        1,
                        List.of(),
                        List.of(new SlotValue.Need(1, States.of(3, 0, 2))),
                        Map.of(),
                        List.of());
        verifier.verifyThat(Wants::whatRulesKeepApartIsNotTogether)
                .given(slot(0, "a", kept), slot(1, "b", version(1)))
                .penalizesBy(1);
        verifier.verifyThat(Wants::whatRulesKeepApartIsNotTogether)
                .given(slot(0, "a", kept), slot(1, "b", version(2)))
                .penalizesBy(0);
        verifier.verifyThat(Wants::whatRulesKeepApartIsNotTogether)
                .given(slot(0, "a", kept), slot(1, "b", ABSENT))
                .penalizesBy(0);
        verifier.verifyThat(Wants::whatRulesKeepApartIsNotTogether)
                .given(slot(0, "a", ABSENT), slot(1, "b", version(1)))
                .penalizesBy(0);
    }

    @Test
    void anExtraIsOfTheVersionOfItsPackage() {
        Slot base = slot(0, "a", version(2));
        verifier.verifyThat(Wants::anExtraComesInTheVersionOfItsPackage)
                .given(base, extra(1, version(2)))
                .penalizesBy(0);
        verifier.verifyThat(Wants::anExtraComesInTheVersionOfItsPackage)
                .given(base, extra(1, version(1)))
                .penalizesBy(1);
        verifier.verifyThat(Wants::anExtraComesInTheVersionOfItsPackage)
                .given(base, extra(1, ABSENT))
                .penalizesBy(0);
        verifier.verifyThat(Wants::anExtraComesInTheVersionOfItsPackage)
                .given(slot(0, "a", ABSENT), extra(1, version(1)))
                .penalizesBy(1);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectiveIsSummedOverAllSlots(Objective objective) {
        BiFunction<Wants, ConstraintFactory, Constraint> sentence =
                Objects.requireNonNull(
                        SENTENCES.get(objective), "a sentence about " + objective.word());
        verifier.verifyThat(sentence)
                .given(
                        slot(0, "a", counted(1, objective, 3)),
                        slot(1, "b", counted(2, objective, 4)),
                        slot(2, "c", version(1)))
                .penalizesBy(7);
    }

    @Test
    void aPackageWithAStrategyOfItsOwnCountsInItsOwnPlaces() {
        var own = new SlotValue(1, List.of(), Map.of(), List.of(5L, 6L));
        verifier.verifyThat((wants, draft) -> wants.whatPackagesWantForThemselves(draft, 1))
                .given(slot(0, "a", own), slot(1, "b", version(1)))
                .penalizesBy(6);
    }

    private static SlotValue version(int state) {
        return new SlotValue(state, List.of(), Map.of(), List.of());
    }

    private static SlotValue counted(int state, Objective objective, long count) {
        return new SlotValue(state, List.of(), Map.of(objective, count), List.of());
    }

    private static Slot slot(int number, String name, SlotValue value) {
        return new Slot(
                number,
                new PackagePart(new PackageName(name), null),
                number,
                List.of(value),
                value);
    }

    private static Slot extra(int number, SlotValue value) {
        return new Slot(
                number,
                new PackagePart(new PackageName("a"), new ExtraName("x")),
                0,
                List.of(value),
                value);
    }
}
