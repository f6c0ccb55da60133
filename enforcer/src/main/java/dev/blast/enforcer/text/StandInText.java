package dev.blast.enforcer.text;

import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.StandIn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands in for something missing, a sentence without a stop each. */
public final class StandInText {
    private StandInText() {}

    /** In the order given. */
    public static List<String> of(List<StandIn> standIns) {
        return standIns.stream().map(StandInText::of).toList();
    }

    /**
     * The same, with one sentence for all that controllers would limit: for who reads it each time.
     */
    public static List<String> inShort(List<StandIn> standIns) {
        var weaker = new ArrayList<String>();
        var not = new ArrayList<String>();
        var sentences = new ArrayList<String>();
        for (StandIn it : standIns) {
            switch (it) {
                case StandIn.Memory _ -> weaker.add("memory");
                case StandIn.Processes(boolean limited) ->
                        (limited ? weaker : not).add("processes");
                case StandIn.ProcessorTime() -> not.add("processor time");
                case StandIn.InputAndOutput() -> not.add("the rate of input and output");
                case StandIn.Delegation _ -> {}
                case StandIn other -> sentences.add(of(other));
            }
        }
        if (!weaker.isEmpty() || !not.isEmpty()) {
            String first =
                    weaker.isEmpty() ? "" : "limited less strictly: " + String.join(", ", weaker);
            String second = not.isEmpty() ? "" : "not limited: " + String.join(", ", not);
            sentences.addFirst(
                    "without delegated cgroups, "
                            + first
                            + (weaker.isEmpty() || not.isEmpty() ? "" : "; ")
                            + second
                            + " (blast check --explain sandbox)");
        }
        return sentences;
    }

    public static String of(StandIn standIn) {
        return switch (standIn) {
            case StandIn.Memory(boolean folders) ->
                    "memory is limited for each process by itself"
                            + (folders ? ", for temporary folders together" : "")
                            + ", and for all by measuring from time to time: "
                            + without(Controller.MEMORY);
            case StandIn.Processes(boolean limited) ->
                    limited
                            ? "processes are limited by rlimit: " + without(Controller.PIDS)
                            : "the number of processes is not limited: "
                                    + without(Controller.PIDS)
                                    + ", and rlimits do not bind root";
            case StandIn.ProcessorTime() ->
                    "processor time is not limited: " + without(Controller.CPU);
            case StandIn.Delegation(var by) ->
                    switch (by) {
                        case SYSTEMD ->
                                "systemd-run --user --scope -p Delegate=yes before the command has these controllers delegated";
                        case CONTAINER_RUNTIME ->
                                "/sys/fs/cgroup cannot be written here; in a container of root's: docker run --cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup:rw";
                    };
            case StandIn.Disk() ->
                    "use of the disk is measured from time to time, which is no wall";
            case StandIn.InputAndOutput() ->
                    "the rate of input and output is not limited: " + without(Controller.IO);
            case StandIn.NoDiskKnown(List<Path> places) ->
                    "the rate of input and output is not limited where no disk is known to be behind: "
                            + joined(places);
            case StandIn.BufferedWrites() ->
                    "the rate of input and output is limited but for buffered writes: no cgroup here counts them";
            case StandIn.UserCounters() ->
                    "what a user has in all (inotify) is not bounded: /proc/sys is read-only here";
            case StandIn.LandlockAlone() ->
                    "paths are withheld by Landlock alone; other processes can be seen, and all that /proc tells this user";
            case StandIn.ModesOfFiles() ->
                    "modes, times and attributes of this user's own files can be changed everywhere";
            case StandIn.TemporaryFolders(List<Path> folders, boolean oneForAll) ->
                    (oneForAll
                                    ? "one private folder, as large as the disk has room, stands in for temporary "
                                    : "not there, since nothing can be mounted: temporary ")
                            + joined(folders);
            case StandIn.SignalsOutside() ->
                    "this user's processes outside can be signalled: Landlock keeps signals inside from Linux 6.12 on";
            case StandIn.SharedMemory() ->
                    "memory shared by name (/dev/shm, System V) and queues are not there";
            case StandIn.ReadOnlyPlaces(List<Path> places) ->
                    "read-only by the rules, and writable all the same: " + joined(places);
            case StandIn.MountsAlone() ->
                    "paths are withheld by mounts alone: Landlock is not to be had";
            case StandIn.EverySystemCall() ->
                    "every system call is open, and with it typing into this terminal: seccomp is not to be had";
            case StandIn.NothingConnects(var missing) ->
                    "nothing is let out, whatever rules allow: " + MissingLayerText.why(missing);
            case StandIn.LeftBehind() ->
                    "what the program leaves behind outlives a Blast that is killed, and a build";
            case StandIn.Sockets() -> "sockets cannot be opened at all, connected pairs excepted";
            case StandIn.Canary() -> "no file is known here that would show whether Landlock took";
        };
    }

    private static String without(Controller controller) {
        return "the cgroup controller '%s' is not delegated to this user"
                .formatted(controller.kernelName());
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
