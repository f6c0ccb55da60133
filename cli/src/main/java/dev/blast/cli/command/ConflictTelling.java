package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.report.NoSolutionReport;
import dev.blast.cli.terminal.Console;
import dev.blast.solver.Proof;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.RepairListener;
import dev.blast.solver.repair.WaysOut;
import dev.blast.solver.text.ProofText;
import dev.blast.solver.text.RepairText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a proof and the ways out as they come out: together they are the text of a {@link
 * NoSolutionReport}.
 */
final class ConflictTelling implements RepairListener {
    private final Console console;
    private final boolean whole;
    private final String command;
    private boolean told;
    private int found;
    private int tried;

    /**
     * @param whole whether a proof of many lines is told to the end
     * @param command that tells it so, as it is typed
     */
    ConflictTelling(Console console, boolean whole, String command) {
        this.command = command;
        this.console = console;
        this.whole = whole;
    }

    @Override
    public void proved(Unsolvable unsolvable) {
        told = true;
        Proof proof = unsolvable.proof();
        console.explain(
                whole
                        ? ProofText.render(proof)
                        : ProofText.brief(proof, command + " --explain has all of them"));
        console.progress().phase("looking for ways out");
    }

    @Override
    public void proved(Proof beside) {
        console.explain(ProofText.beside(beside));
    }

    @Override
    public void trying(List<Relaxation> relaxations) {
        String what =
                relaxations.stream().map(RepairText::what).collect(Collectors.joining(" and "));
        console.progress().advance(what, ++tried, 0);
    }

    @Override
    public void found(Repair repair) {
        console.explain(RepairText.way(found++, repair));
    }

    /** What is left to say, and the outcome. */
    Failure ended(Unsolvable unsolvable, WaysOut waysOut, boolean remembered) {
        var report = new NoSolutionReport(unsolvable.proof(), waysOut, remembered);
        if (told) {
            console.explain(
                    (Thread.currentThread().isInterrupted()
                                    ? RepairText.interrupted()
                                    : RepairText.rest(waysOut))
                            + report.next());
        }
        return new Failure(Exit.NO_SOLUTION, report, told);
    }
}
