package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Price;
import dev.blast.solver.Proof;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What can be done where there is no answer.
 *
 * @param besides other conflicts of the request, which the first one hid
 * @param repairs each solved to the end, in the order in which they were found: mostly that of
 *     their costs, but what is hard to find out comes late
 * @param forbidden what the rules do not let anybody let go of
 * @param pythons what another Python could do; that was not tried
 * @param tried requests that were solved for it
 * @param complete whether nothing was given up on the way: if not, there may be others, and cheaper
 *     ones
 */
public record WaysOut(
        List<Proof> besides,
        List<Repair> repairs,
        List<NotAllowed> forbidden,
        List<OtherPython> pythons,
        int tried,
        boolean complete) {

    /** Nobody looked for any. */
    public static final WaysOut NONE =
            new WaysOut(List.of(), List.of(), List.of(), List.of(), 0, true);

    public WaysOut {
        besides = List.copyOf(besides);
        repairs = List.copyOf(repairs);
        forbidden = List.copyOf(forbidden);
        pythons = List.copyOf(pythons);
    }

    /** The place of the one that costs least, of several the first; only where there is one. */
    public int cheapest() {
        return IntStream.range(0, repairs.size())
                .boxed()
                .min(Comparator.comparingInt(place -> repairs.get(place).cost()))
                .orElseThrow();
    }

    /** What the rules forbid to let go of. */
    public record NotAllowed(Relaxation relaxation, Price.Forbidden by) {}

    /** Versions of a package that are for another Python than this one. */
    public record OtherPython(PackageName name, SpecifierSet requiresPython, Version python) {}
}
