package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;

/** Turns a failed system call into an error that a person can act on. */
final class StartFailure {
    private StartFailure() {}

    static EnforcerException of(SpawnTable.Row row) {
        Syscall syscall = row.comparison() ? Syscall.statx : row.syscall();
        return of(row.step(), syscall, (int) -row.result());
    }

    static EnforcerException of(Step step, Syscall syscall, int errno) {
        return new EnforcerException(
                step.describe(),
                syscall.name(),
                errno,
                "could not " + step.describe() + ": " + syscall + ": " + Errno.sentence(errno),
                remedy(step, errno));
    }

    private static String remedy(Step step, int number) {
        Errno errno = Errno.of(number);
        if (errno == null) {
            return "";
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
                    "user namespaces are withheld: on Ubuntu by AppArmor (sysctl"
                            + " kernel.apparmor_restrict_unprivileged_userns=0, or a profile that says 'userns,'), on Debian"
                            + " by sysctl kernel.unprivileged_userns_clone=0, in a container by its seccomp profile";
            case ENOSPC, EUSERS ->
                    "the limit on namespaces is reached: sysctl user.max_user_namespaces";
            case ENOSYS ->
                    "clone3 is missing or filtered out: Linux 5.7 or a newer container runtime is needed";
            default -> "";
        };
    }
}
