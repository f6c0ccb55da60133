package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What holds where something that rules ask for is not to be had; now and then nothing does. */
public sealed interface StandIn {

    /**
     * Each process by itself has that much memory, since no cgroup counts all of them; that all of
     * them together have no more is measured.
     */
    record Memory(boolean temporaryFoldersTogether) implements StandIn {}

    /**
     * Processes are counted for the user, since no cgroup counts those of the sandbox.
     *
     * @param limited not for root, whom that does not bind
     */
    record Processes(boolean limited) implements StandIn {}

    /** Nothing limits it. */
    record ProcessorTime() implements StandIn {}

    /** Who may not make cgroups here may elsewhere. */
    record Delegation(GivenBy by) implements StandIn {
        /** Who gives them. */
        public enum GivenBy {
            /** Makes one to do so in. */
            SYSTEMD,
            /** Has mounted them read-only, or not at all. */
            CONTAINER_RUNTIME
        }
    }

    /** It is measured from time to time; only temporary folders have their size. */
    record Disk() implements StandIn {}

    /** Nothing limits its rate. */
    record InputAndOutput() implements StandIn {}

    /** Nothing limits the rate in these, of which nobody knows on which disk they lie. */
    record NoDiskKnown(List<Path> places) implements StandIn {
        public NoDiskKnown {
            places = List.copyOf(places);
        }
    }

    /** What is written to memory first goes from there to a disk at any rate. */
    record BufferedWrites() implements StandIn {}

    /** Nobody knows what a user has in all. */
    record UserCounters() implements StandIn {}

    /** Paths by Landlock, and other processes can be seen. */
    record LandlockAlone() implements StandIn {}

    /** Modes, times and attributes of the user's own files stay open to change. */
    record ModesOfFiles() implements StandIn {}

    /**
     * Temporary folders cannot be mounted.
     *
     * @param oneForAll whether one private folder is there instead of all
     */
    record TemporaryFolders(List<Path> folders, boolean oneForAll) implements StandIn {
        public TemporaryFolders {
            folders = List.copyOf(folders);
        }
    }

    /** What is outside and this user's can be signalled. */
    record SignalsOutside() implements StandIn {}

    /** There is no {@code /dev/shm}, and no System V memory, queue or semaphore. */
    record SharedMemory() implements StandIn {}

    /** What is read-only in a folder for writing can be written. */
    record ReadOnlyPlaces(List<Path> places) implements StandIn {
        public ReadOnlyPlaces {
            places = List.copyOf(places);
        }
    }

    /** Paths by mounts, and nothing beside them. */
    record MountsAlone() implements StandIn {}

    /** Every system call is open, typing into the terminal among them. */
    record EverySystemCall() implements StandIn {}

    /**
     * No program connects to anything outside.
     *
     * @param missing what a gate needs
     */
    record NothingConnects(MissingLayer.Egress missing) implements StandIn {}

    /** What is said of a program that runs without a layer; empty where others say it. */
    static Optional<StandIn> of(MissingLayer missing) {
        return switch (missing) {
            case MissingLayer.Namespaces _, MissingLayer.Network _ -> Optional.empty();
            case MissingLayer.Landlock _ -> Optional.of(new MountsAlone());
            case MissingLayer.Seccomp _ -> Optional.of(new EverySystemCall());
            case MissingLayer.Egress egress -> Optional.of(new NothingConnects(egress));
        };
    }

    /** What a program leaves behind ends only if the Blast that waits for it ends it. */
    record LeftBehind() implements StandIn {}

    /** Sockets cannot be opened, connected pairs excepted. */
    record Sockets() implements StandIn {}

    /** Nothing shows whether Landlock took. */
    record Canary() implements StandIn {}
}
