package dev.blast.enforcer.plan;

import dev.blast.enforcer.Confinement;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of confinement. Steps hold no decisions: all of them are in {@link Confinement}. */
public sealed interface Step {

    /** As errors and {@link Plan#steps()} name it: what is done, on what. */
    String describe();

    /** Makes on the machine a folder that a rule grants for writing and that does not exist. */
    record MakeFolder(Path path) implements Step {
        @Override
        public String describe() {
            return "make the folder " + path;
        }
    }

    /** Keeps an empty folder where a rule makes read-only what is not there. */
    record KeepName(Path path) implements Step {
        @Override
        public String describe() {
            return "keep the name " + path;
        }
    }

    /**
     * Watches from outside what is read-only or hidden in a folder that is visible.
     *
     * @param absent of the places those where there is nothing, and must be nothing
     */
    record WatchPlaces(Set<Path> places, Set<Path> absent) implements Step {
        @Override
        public String describe() {
            return "watch what is protected: "
                    + places.stream()
                            .map(Path::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
    }

    /** The child is born in namespaces of its own. */
    record Namespaces(Set<Namespace> namespaces) implements Step {
        @Override
        public String describe() {
            return namespaces.isEmpty()
                    ? "start a process"
                    : "start a process in namespaces of its own";
        }
    }

    /** The child is killed when the thread that started it ends, be it by kill -9. */
    record DieWithLauncher() implements Step {
        @Override
        public String describe() {
            return "die with the launcher";
        }
    }

    /** The user and the group keep their numbers inside; all others have none there. */
    record Identity(int userId, int groupId) implements Step {
        @Override
        public String describe() {
            return "map user " + userId + " and group " + groupId;
        }
    }

    /**
     * What the kernel counts for a user in all is bounded inside, see namespaces(7): by counter,
     * the name of a file in {@code /proc/sys/user}.
     */
    record UserCounters(SortedMap<String, Integer> most) implements Step {
        public UserCounters {
            most = Collections.unmodifiableSortedMap(new TreeMap<>(most));
        }

        @Override
        public String describe() {
            return "bound what a user has in all";
        }
    }

    /** Makes cgroups for the sandbox, with its limits in them. */
    record MakeCgroups(CgroupPlaces places, List<CgroupLimit> limits) implements Step {
        public MakeCgroups {
            limits = List.copyOf(limits);
        }

        @Override
        public String describe() {
            return "make cgroups";
        }
    }

    /** The child goes into the cgroups that were made for it. */
    record JoinCgroups() implements Step {
        @Override
        public String describe() {
            return "join the sandbox's cgroups";
        }
    }

    /** The child sees its cgroups as the root of all. */
    record CgroupNamespace() implements Step {
        @Override
        public String describe() {
            return "hide the cgroups above";
        }
    }

    /** No mount or unmount travels between the sandbox and the machine. */
    record PrivateMounts() implements Step {
        @Override
        public String describe() {
            return "make mounts private";
        }
    }

    /**
     * Opens a path without following links, compares it with what was planned, and takes a copy of
     * the mounts there.
     */
    record TakeSource(Source source, boolean writable) implements Step {
        @Override
        public String describe() {
            return "open " + source.path();
        }
    }

    /** An empty root. */
    record NewRoot() implements Step {
        @Override
        public String describe() {
            return "make an empty root";
        }
    }

    record Folder(Path path) implements Step {
        @Override
        public String describe() {
            return "make the folder " + path + " inside";
        }
    }

    /** An empty file to mount something on. */
    record EmptyFile(Path path) implements Step {
        @Override
        public String describe() {
            return "make the file " + path + " inside";
        }
    }

    record Link(Path path, Path target) implements Step {
        @Override
        public String describe() {
            return "link " + path + " to " + target;
        }
    }

    /** Mounts a taken source at its own path. */
    record Bind(Source source, boolean writable) implements Step {
        @Override
        public String describe() {
            return "bind " + source.path() + (writable ? " for writing" : " read-only");
        }
    }

    /** An empty file system of its own; size 0 leaves it to the kernel (half of memory). */
    record Temporary(Path path, long sizeBytes) implements Step {
        @Override
        public String describe() {
            return "mount a temporary folder at " + path;
        }
    }

    /** Covers a path that a bind brought along, so that nothing of it can be opened. */
    record Hide(Path path, boolean folder) implements Step {
        @Override
        public String describe() {
            return "hide " + path;
        }
    }

    /** {@code /dev} with what programs expect of it; the device nodes themselves are binds. */
    record Devices(long sharedMemoryBytes) implements Step {
        @Override
        public String describe() {
            return "fill /dev";
        }
    }

    /** {@code /proc} of the new pid namespace, read-only. */
    record Proc() implements Step {
        @Override
        public String describe() {
            return "mount /proc";
        }
    }

    /** The new root becomes the root, and the old one is gone. */
    record EnterRoot() implements Step {
        @Override
        public String describe() {
            return "enter the new root";
        }
    }

    record Hostname(String name) implements Step {
        @Override
        public String describe() {
            return "set the host name " + name;
        }
    }

    /** Standard streams as asked for; every other descriptor is closed. */
    record Descriptors(Stdio stdio) implements Step {
        @Override
        public String describe() {
            return "close inherited descriptors";
        }
    }

    /** A limit of setrlimit(2), soft and hard. */
    record ResourceLimit(Resource resource, long amount) implements Step {
        @Override
        public String describe() {
            return "limit " + resource.title() + " to " + amount;
        }
    }

    record WorkingDirectory(Path path) implements Step {
        @Override
        public String describe() {
            return "change to " + path;
        }
    }

    /**
     * Empties the capability sets and locks the ways back.
     *
     * @param last the highest capability to take out of the bounding set; -1 where that is not ours
     *     to change, and the set means nothing once new privileges are forbidden
     */
    record DropCapabilities(int last) implements Step {
        @Override
        public String describe() {
            return "drop all capabilities";
        }
    }

    record NoNewPrivileges() implements Step {
        @Override
        public String describe() {
            return "forbid new privileges";
        }
    }

    /**
     * Withholds all paths but these from the program, whatever is mounted.
     *
     * @param canary what can be opened before and not after, to see that it took; null where
     *     nothing is known
     */
    record Restrict(int abi, List<LandlockRule> rules, @Nullable Path canary) implements Step {
        public Restrict {
            rules = List.copyOf(rules);
        }

        @Override
        public String describe() {
            return "restrict paths by Landlock";
        }
    }

    /**
     * The child says what it finds itself in, as far as nobody else can see it.
     *
     * @param canary as in {@link Restrict}
     * @param counters as in {@link UserCounters}
     */
    record Report(@Nullable Path canary, Set<String> counters) implements Step {
        @Override
        public String describe() {
            return "read back from inside";
        }
    }

    record Filter(BpfProgram program) implements Step {
        @Override
        public String describe() {
            return "filter system calls";
        }
    }

    /** Ends without running anything. */
    record Leave() implements Step {
        @Override
        public String describe() {
            return "end";
        }
    }

    /** Runs the program, as the child of a first process that reaps and passes on signals. */
    record Execute(Path program, List<String> arguments, Map<String, String> environment)
            implements Step {
        public Execute {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String describe() {
            return "run " + program;
        }
    }
}
