package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;

/** What most likely withholds namespaces, of which the kernel gives a number alone. */
public enum Withholder {
    /** Somebody's filter of system calls, as containers have one. */
    FILTER,
    /** The kernel is older than the calls. */
    OLD_KERNEL,
    /** A user may have none at all. */
    NONE_ALLOWED,
    /** A user has as many as there may be, or they are nested too deeply. */
    TOO_MANY,
    /** Debian's switch. */
    FOR_ROOT_ALONE,
    /** AppArmor takes the capabilities away, from every program without a profile. */
    APPARMOR,
    /** The profile of AppArmor that this process has. */
    PROFILE,
    /** Parts of /proc are covered, and a new one would show them. */
    MASKED_PROC,
    /** Nobody knows. */
    UNKNOWN;

    /** What stands behind a failure of the trial of namespaces. */
    static Withholder of(StartFailure failure, Restraints restraints) {
        if (!(failure instanceof StartFailure.Refused(Step step, _, int number))) {
            return UNKNOWN;
        }
        Errno errno = Errno.of(number);
        if (errno == null) {
            return UNKNOWN;
        }
        return switch (errno) {
            case ENOSYS -> restraints.filtered() ? FILTER : OLD_KERNEL;
            case ENOSPC, EUSERS ->
                    restraints.userNamespaces().orElse(1) == 0 ? NONE_ALLOWED : TOO_MANY;
            case EPERM, EACCES -> notPermitted(step, errno, restraints);
            default -> UNKNOWN;
        };
    }

    private static Withholder notPermitted(Step step, Errno errno, Restraints restraints) {
        if (step instanceof Step.Proc && errno == Errno.EPERM) {
            return MASKED_PROC;
        }
        if (restraints.forRootAlone()) {
            return FOR_ROOT_ALONE;
        }
        if (restraints.profile().isPresent()) {
            return PROFILE;
        }
        if (restraints.byAppArmor()) {
            return APPARMOR;
        }
        return restraints.filtered() ? FILTER : UNKNOWN;
    }
}
