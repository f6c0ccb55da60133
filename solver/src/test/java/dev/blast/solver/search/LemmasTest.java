package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Searches through one view say what each would say through a view of its own. */
final class LemmasTest {
    private static final int WORLDS = 400;
    private static final int WISHES = 8;

    @Test
    void whatOneSearchWishesHoldsForNoOther() throws IndexException {
        var alone = new Effort();
        var together = new Effort();
        int impossible = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            World world = World.of(random);
            Request request = world.request(world.roots);
            View shared = view(world, request);
            for (int i = 0; i < WISHES; i++) {
                String about = "seed %d, wish %d: %s".formatted(seed, i, world);
                var wish = new Wish(random, new ArrayList<>(world.releases.keySet()));
                View own = view(world, request);
                Search.End expected = wish.search(own, request, alone);
                Search.End end = wish.search(shared, request, together);
                assertThat(end.getClass()).as(about).isEqualTo(expected.getClass());
                if (end instanceof Search.End.Found found) {
                    wish.check(shared, found, about);
                } else {
                    impossible++;
                }
            }
        }
        System.out.printf(
                "lemmas: %d searches, %d without an answer; %d conflicts, each for itself %d%n",
                WORLDS * WISHES, impossible, together.conflicts, alone.conflicts);
        assertThat(impossible).isBetween(WORLDS, WORLDS * WISHES - WORLDS);
        assertThat(together.conflicts).isLessThan(alone.conflicts / 2);
    }

    private static View view(World world, Request request) {
        return new View(
                new Knowledge(request, world.index), new Ledger(Progress.SILENT), Concessions.NONE);
    }

    /** That some packages are in some of their states. */
    private static final class Wish {
        private final List<PackageName> names = new ArrayList<>();
        private final List<Long> seeds = new ArrayList<>();

        Wish(Random random, List<PackageName> all) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                names.add(all.get(random.nextInt(all.size())));
                seeds.add(random.nextLong());
            }
        }

        Search.End search(View view, Request request, Effort effort) throws IndexException {
            Neighbourhood wished = Neighbourhood.EVERYTHING;
            for (int i = 0; i < names.size(); i++) {
                wished = wished.with(names.get(i), states(view.domain(names.get(i)), i));
            }
            var bounds = new Bounds(wished, Integer.MAX_VALUE, Leaps.PATIENCE);
            return new Search(view, bounds, effort).run(request.requirements());
        }

        private States states(Domain domain, int which) {
            var random = new Random(seeds.get(which));
            States states = States.none(domain.versions().size() + 1);
            for (int state = 0; state < states.size(); state++) {
                states = random.nextInt(3) > 0 ? states.with(state) : states;
            }
            return states;
        }

        void check(View view, Search.End.Found found, String about) throws IndexException {
            for (int i = 0; i < names.size(); i++) {
                int state = found.pins().getOrDefault(names.get(i), States.ABSENT);
                assertThat(states(view.domain(names.get(i)), i).contains(state)).as(about).isTrue();
            }
        }
    }
}
