package dev.blast.enforcer.spawn;

import java.util.List;
import java.util.Map;

/**
 * What a child found itself in, just before its filter: what nobody else can read of it. Empty or 0
 * where it did not come so far.
 *
 * @param deathSignal what it gets when its launcher ends, see prctl(2)
 * @param secureBits see capabilities(7)
 * @param hostName as uname(2) has it
 * @param directory as getcwd(2) has it, a character for each byte
 * @param processNumber its own, as {@code /proc/self} says it
 * @param descriptors the numbers of all that were open
 * @param canary what came of opening the canary of Landlock: a descriptor, or a negated errno
 * @param counters the bounds of what a user has in all, by name; those that could be read
 * @param countersRefused whether they could not be set here
 */
record SelfReport(
        int deathSignal,
        long secureBits,
        String hostName,
        String directory,
        String processNumber,
        List<Integer> descriptors,
        long canary,
        Map<String, Long> counters,
        boolean countersRefused) {

    static final SelfReport NONE = new SelfReport(0, 0, "", "", "", List.of(), 0, Map.of(), false);
}
