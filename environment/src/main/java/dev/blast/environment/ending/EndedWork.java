package dev.blast.environment.ending;

import java.util.List;

/**
 * What was to end, with its processes: of a session those of its program, of a change Blast itself
 * and what that had started.
 *
 * @param suspended whether it was, as by Ctrl-Z: its first process was stopped, or the Blast that
 *     waited for it
 * @param processes in the order in which they were found
 */
public record EndedWork(Work work, boolean suspended, List<EndedProcess> processes) {
    public EndedWork {
        processes = List.copyOf(processes);
    }

    /** The most that had to be done to one of its processes. */
    public EndedProcess.End end() {
        EndedProcess.End most = new EndedProcess.End.Terminated();
        for (EndedProcess process : processes) {
            most =
                    switch (process.end()) {
                        case EndedProcess.End.Terminated _ -> most;
                        case EndedProcess.End.Killed killed ->
                                most instanceof EndedProcess.End.Left ? most : killed;
                        case EndedProcess.End.Left left -> left;
                    };
        }
        return most;
    }
}
