package dev.blast.enforcer;

import java.nio.file.Path;

/** Turns a failed system call into an error that a person can act on. */
final class StartFailure {
    private StartFailure() {}

    static EnforcerException of(Step step, Syscall syscall, int errno) {
        String remedy = remedy(step, errno);
        return new EnforcerException(
                step.describe(),
                syscall.name(),
                errno,
                "could not "
                        + step.describe()
                        + ": "
                        + syscall
                        + " was refused: "
                        + Errno.sentence(errno)
                        + "; nothing was run"
                        + (remedy.isEmpty() ? "" : "\n  " + remedy));
    }

    private static String remedy(Step step, int number) {
        Errno errno = Errno.of(number);
        if (errno == null) {
            return "";
        }
        return switch (step) {
            case Step.Namespaces _, Step.Identity _ -> Remedies.userNamespaces(errno);
            case Step.Proc _ when errno == Errno.EPERM ->
                    "parts of /proc are masked here, as in a container; a new one may then not be mounted. In Docker: --security-opt systempaths=unconfined";
            case Step.TakeSource(Source source, boolean _) when errno == Errno.EACCES ->
                    "a folder above " + source.path() + " may be searched by its owner only";
            case Step.TakeSource _
                    when errno == Errno.ESTALE || errno == Errno.ELOOP || errno == Errno.ENOENT ->
                    "the path changed between planning and starting; run it again";
            case Step.Bind _ when errno == Errno.ELOOP || errno == Errno.ENOENT ->
                    "the path changed between planning and starting; run it again";
            case Step.WorkingDirectory(Path path) ->
                    "no rule makes " + path + " visible: blast check --explain read " + path;
            case Step.Execute(Path program, var _, var _) when errno == Errno.ENOENT ->
                    program
                            + " or its interpreter (#! line, dynamic loader) is not visible inside: blast check --explain read "
                            + program;
            case Step.Execute _ when errno == Errno.ENOEXEC ->
                    "a script needs a first line such as #!/bin/sh";
            default -> "";
        };
    }
}
