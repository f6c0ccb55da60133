package dev.blast.enforcer.text;

import dev.blast.enforcer.plan.Gap;
import dev.blast.enforcer.plan.Namespace;
import java.nio.file.Path;

/** How what is in force differs from what a step planned, a sentence without a stop each. */
final class GapText {
    private GapText() {}

    static String of(Gap gap) {
        return switch (gap) {
            case Gap.Other(Gap.Subject subject, String planned, String read) ->
                    of(subject) + " is " + read + " and not " + planned;
            case Gap.NotWatched() -> "they are not watched";
            case Gap.SharedNamespace(Namespace namespace) ->
                    "the " + namespace.link() + " namespace is not its own";
            case Gap.NetworkInterface(String name) -> "its network has an interface: " + name;
            case Gap.OpenNetwork() -> "its network has a route that leads out";
            case Gap.NoLoopback() -> "its loopback is down";
            case Gap.OtherText(Path path) -> path + " says something else";
            case Gap.NoNameServer() -> "nothing answers for names";
            case Gap.UnseenDatagrams() -> "nobody sees the datagrams that would leave";
            case Gap.Counters(var read) -> "the kernel counts to " + read;
            case Gap.CgroupSetting(Path file, String written) -> file + " does not say " + written;
            case Gap.CgroupsNotMade() -> "not all of them are there";
            case Gap.NotInCgroup(Path folder) -> "the first process is not in " + folder;
            case Gap.SharedMount(String path) -> path + " is shared with the machine";
            case Gap.NotMounted(String path) -> "nothing is mounted at " + path;
            case Gap.MountedBesides(String path) ->
                    "something is mounted at " + path + ", and nothing was to be";
            case Gap.MountType(String path, String planned, String read) ->
                    path + " is of type " + read + " and not " + planned;
            case Gap.MountOption(String path, String option) ->
                    path + " is mounted without " + option;
            case Gap.MountSize(Path path, long plannedBytes) ->
                    "%s may hold more than the %,d bytes that were planned"
                            .formatted(path, plannedBytes);
            case Gap.NotHidden(Path path) -> path + " is not covered by something empty";
            case Gap.OldRoot() -> "the machine's own root still lies over that of the sandbox";
            case Gap.OpenDescriptor(int number) -> "descriptor " + number + " is open";
            case Gap.DescriptorsNotListed() -> "open descriptors could not be listed";
            case Gap.LimitNotRead() -> "it could not be read";
            case Gap.Capabilities(String set, String read) -> set + " is " + read;
            case Gap.StillOpen(Path path) -> path + " can still be opened";
            case Gap.NoReport() -> "nothing came";
            case Gap.NoFilterOfOwn(int launchers) ->
                    "there is no filter but the " + launchers + " of the launcher";
        };
    }

    private static String of(Gap.Subject subject) {
        return switch (subject) {
            case DEATH_SIGNAL -> "the signal at the launcher's end";
            case USER -> "the user inside";
            case GROUP -> "the group inside";
            case PROCESS_NUMBER -> "the first process's own number";
            case UMASK -> "the umask";
            case HOST_NAME -> "the host name";
            case WORKING_DIRECTORY -> "the working directory";
            case RESOURCE_LIMIT -> "it";
            case SECURE_BITS -> "the ways back";
            case NO_NEW_PRIVILEGES -> "NoNewPrivs";
            case SECCOMP_MODE -> "Seccomp";
        };
    }
}
