package dev.blast.solver.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StatesTest {

    @Test
    void isASetOfNumbers() {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            int size = 1 + random.nextInt(200);
            BitSet a = anySet(random, size);
            BitSet b = anySet(random, size);
            States left = states(a, size);
            States right = states(b, size);

            BitSet and = (BitSet) a.clone();
            and.and(b);
            BitSet or = (BitSet) a.clone();
            or.or(b);
            BitSet minus = (BitSet) a.clone();
            minus.andNot(b);
            BitSet not = new BitSet();
            not.set(0, size);
            not.andNot(a);

            assertThat(left.and(right)).as("seed %d", seed).isEqualTo(states(and, size));
            assertThat(left.or(right)).as("seed %d", seed).isEqualTo(states(or, size));
            assertThat(left.minus(right)).as("seed %d", seed).isEqualTo(states(minus, size));
            assertThat(left.not()).as("seed %d", seed).isEqualTo(states(not, size));
            assertThat(left.count()).as("seed %d", seed).isEqualTo(a.cardinality());
            assertThat(left.isSubsetOf(right)).as("seed %d", seed).isEqualTo(minus.isEmpty());
            assertThat(left.isDisjoint(right)).as("seed %d", seed).isEqualTo(and.isEmpty());
            int from = random.nextInt(size);
            assertThat(left.next(from)).as("seed %d", seed).isEqualTo(a.nextSetBit(from));
            assertThat(left.previous(from)).as("seed %d", seed).isEqualTo(a.previousSetBit(from));
        }
    }

    private static BitSet anySet(Random random, int size) {
        var set = new BitSet();
        int density = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            set.set(i, random.nextInt(4) < density);
        }
        return set;
    }

    private static States states(BitSet set, int size) {
        return States.of(size, set.stream().toArray());
    }
}
