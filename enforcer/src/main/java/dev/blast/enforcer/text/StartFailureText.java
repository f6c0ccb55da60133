package dev.blast.enforcer.text;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import dev.blast.rules.explain.ShellWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Why nothing was run, so that a person can act on it. */
public final class StartFailureText {
    /** So many gaps are named; where more are, the first ones are the cause. */
    private static final int NAMED = 3;

    /** The youngest call that is needed, mount_setattr, is of that version. */
    static final String OLD_KERNEL =
            "Linux 5.12 or later, and no filter around this process that closes the call, as old container runtimes have it";

    private StartFailureText() {}

    /** What was tried, on what, and what came back, as a sentence without a stop. */
    public static String summary(StartFailure failure) {
        return switch (failure) {
            case StartFailure.Refused(Step step, Syscall syscall, int errno) ->
                    "could not "
                            + StepText.of(step)
                            + ": "
                            + syscall
                            + ": "
                            + Errno.sentence(errno);
            case StartFailure.Failed(Step step, IOException cause) ->
                    "could not "
                            + StepText.of(step)
                            + (step instanceof Step.MakeFolder
                                    ? ", which a rule grants for writing"
                                    : "")
                            + ": "
                            + cause;
            case StartFailure.FolderAsStream(int stream) ->
                    "standard stream "
                            + stream
                            + " is a folder, which would be a way out of the sandbox";
            case StartFailure.NotInForce(List<StartFailure.Unmet> unmet) ->
                    "the kernel accepted every step, and this is not in force all the same: "
                            + named(unmet);
        };
    }

    private static String named(List<StartFailure.Unmet> unmet) {
        return unmet.stream()
                        .limit(NAMED)
                        .map(one -> StepText.of(one.step()) + ": " + GapText.of(one.gap()))
                        .collect(Collectors.joining("; "))
                + (unmet.size() > NAMED ? "; and %d more".formatted(unmet.size() - NAMED) : "");
    }

    /** What to do about it; empty where nobody knows. */
    public static String remedy(StartFailure failure) {
        return switch (failure) {
            case StartFailure.Refused(Step step, _, int errno) -> remedy(step, errno);
            case StartFailure.Failed _ -> "";
            case StartFailure.FolderAsStream _ -> "give it a file, or /dev/null";
            case StartFailure.NotInForce _ ->
                    "something between Blast and the kernel answers for it and does not do it, such as a container runtime or a"
                            + " tracer: run Blast outside of that";
        };
    }

    private static String remedy(Step step, int number) {
        Errno errno = Errno.of(number);
        if (errno == null) {
            return "";
        }
        if (errno == Errno.ENOSYS) {
            return OLD_KERNEL;
        }
        return switch (step) {
            case Step.Namespaces _, Step.Identity _ -> userNamespaces(errno);
            case Step.PrivateMounts _, Step.NewRoot _, Step.CgroupNamespace _
                    when errno == Errno.EPERM ->
                    userNamespaces(errno);
            case Step.Proc _ when errno == Errno.EPERM ->
                    "parts of /proc are masked here, as in a container, and then a new one may not be mounted; in Docker:"
                            + " --security-opt systempaths=unconfined";
            case Step.TakeSource(Source source, boolean _) when errno == Errno.EACCES ->
                    "a folder above " + source.path() + " may be searched by its owner only";
            case Step.WatchPlaces _ when errno == Errno.EMFILE ->
                    "too many are watching already: sysctl fs.inotify.max_user_instances";
            case Step.WatchPlaces _ when errno == Errno.ENOSPC ->
                    "too much is watched already: sysctl fs.inotify.max_user_watches";
            case Step.TakeSource _, Step.Bind _, Step.WatchPlaces _ when changed(errno) ->
                    "the path changed between planning and starting: run it again";
            case Step.Execute(Path program, var _, var _) when errno == Errno.ENOENT ->
                    "what its first line (#!) or its dynamic loader names is not visible inside: blast check --explain read "
                            + program;
            case Step.Execute(Path program, var _, var _) when errno == Errno.EACCES ->
                    "chmod +x %s, where it is a program"
                            .formatted(ShellWord.of(program.normalize().toString()));
            case Step.Execute _ when errno == Errno.ENOEXEC ->
                    "a script needs a first line such as #!/bin/sh";
            case Step.Descriptors _ when errno == Errno.EACCES ->
                    "programs in memory are forbidden here: sysctl vm.memfd_noexec";
            default -> "";
        };
    }

    private static boolean changed(Errno errno) {
        return errno == Errno.ESTALE
                || errno == Errno.ELOOP
                || errno == Errno.ENOENT
                || errno == Errno.ENOTDIR;
    }

    private static String userNamespaces(Errno errno) {
        return switch (errno) {
            case EPERM, EACCES ->
                    "something withholds user namespaces: blast check --explain sandbox names it where it is known";
            case ENOSPC, EUSERS ->
                    "the limit on namespaces is reached: sysctl user.max_user_namespaces";
            default -> "";
        };
    }
}
