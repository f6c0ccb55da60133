package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How what is in force differs from what a step planned. */
public sealed interface Gap {

    /** A value that is another one. */
    record Other(Subject subject, String planned, String read) implements Gap {}

    /** What such a value is of. */
    enum Subject {
        DEATH_SIGNAL,
        USER,
        GROUP,
        PROCESS_NUMBER,
        UMASK,
        HOST_NAME,
        WORKING_DIRECTORY,
        RESOURCE_LIMIT,
        SECURE_BITS,
        NO_NEW_PRIVILEGES,
        SECCOMP_MODE
    }

    /** What is protected is not watched. */
    record NotWatched() implements Gap {}

    /** A namespace of the machine's. */
    record SharedNamespace(Namespace namespace) implements Gap {}

    /** A network interface beside the loopback. */
    record NetworkInterface(String name) implements Gap {}

    /** A network with a route that leads out. */
    record OpenNetwork() implements Gap {}

    /** A loopback that is down. */
    record NoLoopback() implements Gap {}

    /** A file that says something else, or that cannot be read. */
    record OtherText(Path path) implements Gap {}

    /** Nothing answers for names. */
    record NoNameServer() implements Gap {}

    /** Of datagrams that would leave. */
    record UnseenDatagrams() implements Gap {}

    /** Counters of a user that go further than planned, by name. */
    record Counters(SortedMap<String, Long> read) implements Gap {
        public Counters {
            read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
        }
    }

    /** A limit of a cgroup that does not read back as it was written. */
    record CgroupSetting(Path file, String written) implements Gap {}

    /** Cgroups or limits in them that were not made. */
    record CgroupsNotMade() implements Gap {}

    /** A cgroup that the first process is not in. */
    record NotInCgroup(Path folder) implements Gap {}

    /**
     * A mount from or to which mounts travel.
     *
     * @param path as {@code mountinfo} writes it, here and below
     */
    record SharedMount(String path) implements Gap {}

    /** Nothing is mounted where something was to be. */
    record NotMounted(String path) implements Gap {}

    /** Something is mounted where nothing was to be. */
    record MountedBesides(String path) implements Gap {}

    /** A mount of another type. */
    record MountType(String path, String planned, String read) implements Gap {}

    /** A mount without an option that it was to have. */
    record MountOption(String path, String option) implements Gap {}

    /** A file system that holds more than planned. */
    record MountSize(Path path, long plannedBytes) implements Gap {}

    /** A path to hide that is covered by something with contents. */
    record NotHidden(Path path) implements Gap {}

    /** The machine's root lies over the new one. */
    record OldRoot() implements Gap {}

    /** An open descriptor beside the standard streams and the first process's own. */
    record OpenDescriptor(int number) implements Gap {}

    /** Nobody knows which descriptors are open. */
    record DescriptorsNotListed() implements Gap {}

    /** A limit of setrlimit(2) that cannot be read. */
    record LimitNotRead() implements Gap {}

    /**
     * A set of capabilities that is not empty.
     *
     * @param set as the line in {@code /proc/PID/status} is called
     * @param read in hexadecimal
     */
    record Capabilities(String set, String read) implements Gap {}

    /** A path outside of what Landlock grants, and it opens. */
    record StillOpen(Path path) implements Gap {}

    /** The child said nothing about itself. */
    record NoReport() implements Gap {}

    /**
     * There is no filter but those that the launcher runs under itself.
     *
     * @param launchers how many
     */
    record NoFilterOfOwn(int launchers) implements Gap {}
}
