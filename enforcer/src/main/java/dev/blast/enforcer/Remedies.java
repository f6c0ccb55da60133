package dev.blast.enforcer;

/** What a person can do where a kernel or a distribution withholds a layer. */
final class Remedies {
    private Remedies() {}

    static String userNamespaces(Errno errno) {
        return switch (errno) {
            case EPERM, EACCES ->
                    "user namespaces are withheld: on Ubuntu by AppArmor (sysctl kernel.apparmor_restrict_unprivileged_userns=0, or a profile with 'userns,'), on Debian by kernel.unprivileged_userns_clone=0, in a container by its seccomp profile";
            case ENOSPC, EUSERS ->
                    "the limit on namespaces is reached: sysctl user.max_user_namespaces";
            case ENOSYS ->
                    "clone3 is missing or filtered: Linux 5.7 is needed, or a newer container runtime";
            default -> "";
        };
    }
}
