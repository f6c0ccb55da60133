package dev.blast.enforcer.text;

import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a step does, on what: {@code "bind /usr read-only"}. */
public final class StepText {
    private StepText() {}

    /** In the order given. */
    public static List<String> of(List<Step> steps) {
        return steps.stream().map(StepText::of).toList();
    }

    public static String of(Step step) {
        return switch (step) {
            case Step.MakeFolder(Path path) -> "make the folder " + path;
            case Step.KeepName(Path path) -> "keep the name " + path;
            case Step.WatchPlaces(Set<Path> places, _) ->
                    "watch what is protected: " + sorted(places);
            case Step.Namespaces(var namespaces) ->
                    namespaces.isEmpty()
                            ? "start a process"
                            : "start a process in namespaces of its own";
            case Step.DieWithLauncher() -> "die with the launcher";
            case Step.Identity(int userId, int groupId) ->
                    "map user " + userId + " and group " + groupId;
            case Step.UserCounters _ -> "bound what a user has in all";
            case Step.MakeCgroups _ -> "make cgroups";
            case Step.JoinCgroups() -> "join the sandbox's cgroups";
            case Step.CgroupNamespace() -> "hide the cgroups above";
            case Step.PrivateMounts() -> "make mounts private";
            case Step.TakeSource(Source source, _) -> "open " + source.path();
            case Step.NewRoot() -> "make an empty root";
            case Step.Folder(Path path) -> "make the folder " + path + " inside";
            case Step.EmptyFile(Path path) -> "make the file " + path + " inside";
            case Step.TextFile(Path path, _, _) -> "write the file " + path + " inside";
            case Step.Link(Path path, Path target) -> "link " + path + " to " + target;
            case Step.Bind(Source source, boolean writable) ->
                    "bind " + source.path() + (writable ? " for writing" : " read-only");
            case Step.Overlay(Source lower, _) -> "mount a throwaway copy of " + lower.path();
            case Step.BindCopy(_, Path path) -> "mount a throwaway copy of " + path;
            case Step.Pin(Path path) -> "keep " + path + " in its place";
            case Step.Temporary(Path path, _, _) -> "mount a temporary folder at " + path;
            case Step.Hide(Path path, _) -> "hide " + path;
            case Step.Devices _ -> "fill /dev";
            case Step.Terminal(Source source) -> "give " + source.path() + " a name inside";
            case Step.Proc() -> "mount /proc";
            case Step.EnterRoot() -> "enter the new root";
            case Step.Hostname(String name) -> "set the host name " + name;
            case Step.Loopback() -> "bring up the loopback";
            case Step.GateSockets() -> "make the sockets of the gate";
            case Step.Descriptors _ -> "close inherited descriptors";
            case Step.ResourceLimit(Resource resource, long amount) ->
                    "limit " + of(resource) + " to " + amount;
            case Step.WorkingDirectory(Path path) -> "change to " + path;
            case Step.DropCapabilities _ -> "drop all capabilities";
            case Step.NoNewPrivileges() -> "forbid new privileges";
            case Step.Restrict _ -> "restrict paths by Landlock";
            case Step.Report _ -> "read back from inside";
            case Step.Filter _ -> "filter system calls";
            case Step.Leave() -> "end";
            case Step.Execute(Path program, _, _) -> "run " + program;
        };
    }

    private static String sorted(Set<Path> places) {
        return places.stream().map(Path::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String of(Resource resource) {
        return switch (resource) {
            case FILE_SIZE -> "the size of a file";
            case DATA -> "the memory of one process";
            case CORE_SIZE -> "the size of a core dump";
            case PROCESSES -> "processes";
            case OPEN_FILES -> "open files";
        };
    }
}
