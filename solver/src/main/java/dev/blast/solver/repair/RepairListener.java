package dev.blast.solver.repair;

import dev.blast.solver.Proof;
import dev.blast.solver.Unsolvable;
import java.util.List;

/** Hears how a search for ways out goes on, on the thread that searches. */
public interface RepairListener {

    /** Nobody listens. */
    RepairListener SILENT =
            new RepairListener() {
                @Override
                public void proved(Unsolvable unsolvable) {}

                @Override
                public void proved(Proof beside) {}

                @Override
                public void trying(List<Relaxation> relaxations) {}

                @Override
                public void found(Repair repair) {}
            };

    /** There is no answer, and why; ways out are looked for now. */
    void proved(Unsolvable unsolvable);

    /** There is another conflict, which that one hid. */
    void proved(Proof beside);

    /** The request is solved without these. */
    void trying(List<Relaxation> relaxations);

    /**
     * The next way out, in the order in which all are said. One that comes later may be cheaper.
     */
    void found(Repair repair);
}
