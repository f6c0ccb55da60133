package dev.blast.enforcer.plan;

import dev.blast.enforcer.Confinement;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One step of confinement. Steps hold no decisions: all of them are in {@link Confinement}. */
public sealed interface Step {

    /** Makes on the machine a folder that a rule grants for writing and that does not exist. */
    record MakeFolder(Path path) implements Step {}

    /** Keeps an empty folder where a rule makes read-only what is not there. */
    record KeepName(Path path) implements Step {}

    /**
     * Watches from outside what is read-only or hidden in a folder that is visible.
     *
     * @param absent of the places those where there is nothing, and must be nothing
     */
    record WatchPlaces(Set<Path> places, Set<Path> absent) implements Step {}

    /** The child is born in namespaces of its own. */
    record Namespaces(Set<Namespace> namespaces) implements Step {}

    /** The child is killed when the thread that started it ends, be it by kill -9. */
    record DieWithLauncher() implements Step {}

    /** The user and the group keep their numbers inside; all others have none there. */
    record Identity(int userId, int groupId) implements Step {}

    /**
     * What the kernel counts for a user in all is bounded inside, see namespaces(7): by counter,
     * the name of a file in {@code /proc/sys/user}.
     */
    record UserCounters(SortedMap<String, Integer> most) implements Step {
        public UserCounters {
            most = Collections.unmodifiableSortedMap(new TreeMap<>(most));
        }
    }

    /** Makes cgroups for the sandbox, with its limits and its shares in them. */
    record MakeCgroups(CgroupPlaces places, List<CgroupLimit> limits, List<CgroupShare> shares)
            implements Step {
        public MakeCgroups {
            limits = List.copyOf(limits);
            shares = List.copyOf(shares);
        }

        /** Those that it takes. */
        public Set<Controller> controllers() {
            Set<Controller> controllers = EnumSet.noneOf(Controller.class);
            limits.forEach(limit -> controllers.add(limit.controller()));
            shares.forEach(share -> controllers.add(share.controller()));
            return controllers;
        }
    }

    /** The child goes into the cgroups that were made for it. */
    record JoinCgroups() implements Step {}

    /** The child sees its cgroups as the root of all. */
    record CgroupNamespace() implements Step {}

    /** No mount or unmount travels between the sandbox and the machine. */
    record PrivateMounts() implements Step {}

    /**
     * Opens a path without following links, compares it with what was planned, and takes a copy of
     * the mounts there.
     */
    record TakeSource(Source source, boolean writable) implements Step {}

    /** An empty root. */
    record NewRoot() implements Step {}

    record Folder(Path path) implements Step {}

    /** An empty file to mount something on. */
    record EmptyFile(Path path) implements Step {}

    record Link(Path path, Path target) implements Step {}

    /** Mounts a taken source at its own path. */
    record Bind(Source source, boolean writable) implements Step {}

    /**
     * Mounts a taken folder at its own path, for writing: what is changed goes into another one.
     *
     * @param lower the folder, which stays as it is
     * @param place where what is changed is kept, with the folders that {@link ThrowawayCopy} names
     */
    record Overlay(Source lower, Source place) implements Step {}

    /**
     * Mounts a taken copy of a folder at the folder's path, for writing.
     *
     * @param copy the copy
     * @param path the folder's
     */
    record BindCopy(Source copy, Path path) implements Step {}

    /** Mounts a folder of a copy on itself: a mount point cannot be renamed. */
    record Pin(Path path) implements Step {}

    /**
     * An empty file system of its own.
     *
     * @param sizeBytes 0 leaves it to the kernel (half of memory)
     * @param files how many it may hold; 0 leaves it to the kernel (one for each two pages)
     */
    record Temporary(Path path, long sizeBytes, long files) implements Step {}

    /** Covers a path that a bind brought along, so that nothing of it can be opened. */
    record Hide(Path path, boolean folder) implements Step {}

    /** {@code /dev} with what programs expect of it; the device nodes themselves are binds. */
    record Devices(long sharedMemoryBytes) implements Step {}

    /**
     * Gives the terminal that a standard stream leads to a name inside, {@code /dev/console}: it
     * has none in the new {@code /dev/pts}, and programs ask what it is called.
     */
    record Terminal(Source source) implements Step {
        /** Where it is found inside. */
        public static final Path AT = Path.of("/dev/console");
    }

    /** {@code /proc} of the new pid namespace, read-only. */
    record Proc() implements Step {}

    /** The new root becomes the root, and the old one is gone. */
    record EnterRoot() implements Step {}

    record Hostname(String name) implements Step {}

    /** The loopback of a network namespace of its own comes up; it leads to nobody else. */
    record Loopback() implements Step {}

    /**
     * What the gate serves inside: addresses that no one has and a route that ends at the loopback,
     * so that programs find a network; sockets at which it answers for a name server; and one that
     * sees which datagrams would leave. It takes them from the first process.
     */
    record GateSockets() implements Step {
        /** The sandbox's own address among those that names get. */
        public static final String ADDRESS = "198.18.0.1";

        /** Alone: what has a name's address is elsewhere. */
        public static final int PREFIX = 32;

        public static final String ADDRESS6 = "fd00:b1a5::1";
        public static final int PREFIX6 = 64;

        /** Where programs ask for names, by UDP and by TCP. */
        public static final String NAME_SERVER = "127.0.0.1";

        public static final int NAME_SERVER_PORT = 53;

        /** Where sockets of programs are met that a relay is between, at {@link #ADDRESS}. */
        public static final int MEETING_PORT = 1;
    }

    /**
     * A file with a text in it, which nobody can write.
     *
     * @param over whether it covers one that a bind brought along
     */
    record TextFile(Path path, String text, boolean over) implements Step {}

    /** Standard streams as asked for; every other descriptor is closed. */
    record Descriptors(Stdio stdio) implements Step {}

    /** A limit of setrlimit(2), soft and hard. */
    record ResourceLimit(Resource resource, long amount) implements Step {}

    record WorkingDirectory(Path path) implements Step {}

    /**
     * Empties the capability sets and locks the ways back.
     *
     * @param last the highest capability to take out of the bounding set; -1 where that is not ours
     *     to change, and the set means nothing once new privileges are forbidden
     */
    record DropCapabilities(int last) implements Step {
        /** NOROOT, NO_SETUID_FIXUP, NO_CAP_AMBIENT_RAISE, each locked, and KEEP_CAPS locked off. */
        public static final long SECUREBITS = 0xEF;
    }

    record NoNewPrivileges() implements Step {}

    /**
     * Withholds all paths but these from the program, whatever is mounted.
     *
     * @param network whether TCP is withheld too: where the network namespace is not its own
     * @param canary what can be opened before and not after, to see that it took; null where
     *     nothing is known
     */
    record Restrict(int abi, List<LandlockRule> rules, boolean network, @Nullable Path canary)
            implements Step {
        public Restrict {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The child says what it finds itself in, as far as nobody else can see it.
     *
     * @param canary as in {@link Restrict}
     * @param counters as in {@link UserCounters}
     */
    record Report(@Nullable Path canary, Set<String> counters) implements Step {}

    /**
     * Filters system calls from here on.
     *
     * @param listener whether the gate hears of what the program leaves to it
     */
    record Filter(BpfProgram program, boolean listener) implements Step {}

    /** Ends without running anything. */
    record Leave() implements Step {}

    /** Runs the program, as the child of a first process that reaps and passes on signals. */
    record Execute(Path program, List<String> arguments, Map<String, String> environment)
            implements Step {
        public Execute {
            arguments = List.copyOf(arguments);
        }
    }
}
