package dev.blast.enforcer.text;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.MissingLayer.Egress.WithheldBy;
import dev.blast.enforcer.plan.Restraints;
import dev.blast.enforcer.plan.StartFailure;
import java.nio.file.Path;

/** Why a layer is not to be had here. */
public final class MissingLayerText {
    /** Why nobody can accept that these are missing together. */
    public static final String TOO_LITTLE =
            "no rule and no option opens this: without namespaces, landlock and seccomp are all that confines a program";

    private static final String NO_PROFILE =
            "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
                    + " --security-opt systempaths=unconfined; podman run --security-opt"
                    + " seccomp=unconfined --security-opt unmask=ALL";

    private MissingLayerText() {}

    /** What was tried and what the kernel answered, as a sentence without a stop. */
    public static String why(MissingLayer missing) {
        return switch (missing) {
            case MissingLayer.Namespaces(StartFailure failure, _) ->
                    StartFailureText.summary(failure);
            case MissingLayer.Network() ->
                    "without namespaces there is no network of one's own to take away";
            case MissingLayer.Landlock(String release, int errno) ->
                    "Linux "
                            + release
                            + switch (landlock(errno)) {
                                case ABSENT -> " has no Landlock";
                                case OFF -> " has Landlock, and it is switched off";
                                case CLOSED ->
                                        ": landlock_create_ruleset: " + Errno.sentence(errno);
                            };
            case MissingLayer.Seccomp(String release) ->
                    "Linux " + release + " cannot filter system calls (seccomp)";
            case MissingLayer.Egress(String release, String lacking, WithheldBy by) ->
                    switch (by) {
                                case KERNEL -> "Linux " + release + " has no " + lacking;
                                case FILTER -> "the filter around this process closes " + lacking;
                                case LISTENER ->
                                        "somebody else answers for calls of this process already, and there can be no second "
                                                + lacking;
                            }
                            + ", without which nobody can connect for a program";
        };
    }

    /** What a person can do about it; empty where it is what another layer needs. */
    public static String remedy(MissingLayer missing) {
        return switch (missing) {
            case MissingLayer.Namespaces namespaces -> namespaces(namespaces);
            case MissingLayer.Network() -> "";
            case MissingLayer.Landlock(_, int errno) ->
                    switch (landlock(errno)) {
                        case ABSENT ->
                                "Linux 5.13 or later, built with CONFIG_SECURITY_LANDLOCK; in a"
                                        + " container, a runtime whose profile knows it";
                        case OFF ->
                                "landlock in front of what /sys/kernel/security/lsm lists, as"
                                        + " lsm=landlock,... on the kernel's command line";
                        case CLOSED ->
                                "a container runtime whose profile knows it (Docker 23, Podman 4),"
                                        + " or --security-opt seccomp=unconfined";
                    };
            case MissingLayer.Seccomp _ -> "a kernel built with CONFIG_SECCOMP_FILTER";
            case MissingLayer.Egress(_, _, WithheldBy by) ->
                    switch (by) {
                        case KERNEL -> "Linux 5.14 or later";
                        case FILTER ->
                                "in a container: --cap-add SYS_PTRACE, or --security-opt seccomp=unconfined";
                        case LISTENER ->
                                "a container without a seccomp profile that notifies (listenerPath), and no other sandbox around Blast";
                    };
        };
    }

    /** What an answer says about Landlock. */
    private enum Availability {
        ABSENT,
        OFF,
        CLOSED
    }

    /** See landlock_create_ruleset(2). */
    private static Availability landlock(int errno) {
        if (errno == Errno.EOPNOTSUPP.number()) {
            return Availability.OFF;
        }
        return errno == Errno.ENOSYS.number() || errno == 0
                ? Availability.ABSENT
                : Availability.CLOSED;
    }

    private static String namespaces(MissingLayer.Namespaces missing) {
        Restraints restraints = missing.restraints();
        return switch (missing.withholder()) {
            case FILTER ->
                    "a filter of system calls around this process withholds them, such as a"
                            + " container's profile: "
                            + NO_PROFILE
                            + "; in a unit of systemd: RestrictNamespaces=no";
            case OLD_KERNEL -> StartFailureText.OLD_KERNEL;
            case NONE_ALLOWED ->
                    "a user may have none here: sysctl -w user.max_user_namespaces=15000 as root,"
                            + " and the same in /etc/sysctl.d";
            case TOO_MANY ->
                    "the limit on namespaces is reached%s: sysctl user.max_user_namespaces"
                            .formatted(
                                    restraints.userNamespaces().isPresent()
                                            ? " (%d)"
                                                    .formatted(
                                                            restraints.userNamespaces().getAsLong())
                                            : "");
            case FOR_ROOT_ALONE ->
                    "only root may have them here: sysctl -w kernel.unprivileged_userns_clone=1 as"
                            + " root, and the same in /etc/sysctl.d";
            case APPARMOR -> appArmor(restraints.program());
            case PROFILE ->
                    "AppArmor confines this process by '%s': a rule 'userns,' and 'mount,' there; in a container: --security-opt apparmor=unconfined"
                            .formatted(restraints.profile().orElse(""));
            case MASKED_PROC ->
                    "parts of /proc are masked here, as in a container, and then a new one may not"
                            + " be mounted: docker run --security-opt systempaths=unconfined; podman run"
                            + " --security-opt unmask=ALL; in Kubernetes procMount: Unmasked";
            case UNKNOWN -> unknown(missing.failure());
        };
    }

    /** A profile that confines nothing and lets one program have them. */
    private static String appArmor(Path program) {
        return "AppArmor takes their capabilities away: as root, a file /etc/apparmor.d/blast with"
                + " 'abi <abi/4.0>, profile blast "
                + program
                + " flags=(unconfined) { userns, }' and apparmor_parser -r /etc/apparmor.d/blast;"
                + " or, for all programs, sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
    }

    private static String unknown(StartFailure failure) {
        if (failure instanceof StartFailure.Refused(_, _, int errno)
                && (errno == Errno.EPERM.number() || errno == Errno.EACCES.number())) {
            return "a security module or another sandbox around this process withholds them: run Blast outside of that";
        }
        String remedy = StartFailureText.remedy(failure);
        return remedy.isEmpty() ? "a kernel and a user that may use namespaces" : remedy;
    }
}
