package dev.blast.enforcer.text;

import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.StartFailure;

/** Why a layer is not to be had here. */
public final class MissingLayerText {
    private MissingLayerText() {}

    /** What was tried and what the kernel answered, as a sentence without a stop. */
    public static String why(MissingLayer missing) {
        return switch (missing) {
            case MissingLayer.Namespaces(StartFailure failure) -> StartFailureText.summary(failure);
            case MissingLayer.Network _ ->
                    "without namespaces there is no network of one's own to take away";
            case MissingLayer.Landlock(String release) ->
                    "Linux " + release + " has no Landlock, or it is switched off";
            case MissingLayer.Seccomp(String release) ->
                    "Linux " + release + " cannot filter system calls (seccomp)";
            case MissingLayer.Egress(String release, String lacking) ->
                    "Linux %s has no %s, without which nobody can connect for a program"
                            .formatted(release, lacking);
        };
    }

    /** What a person can do about it. */
    public static String remedy(MissingLayer missing) {
        return switch (missing) {
            case MissingLayer.Namespaces(StartFailure failure) -> namespaces(failure);
            case MissingLayer.Network(StartFailure failure) -> namespaces(failure);
            case MissingLayer.Landlock _ -> "Linux 5.13 or later with landlock in its lsm= list";
            case MissingLayer.Seccomp _ -> "a kernel built with CONFIG_SECCOMP_FILTER";
            case MissingLayer.Egress _ ->
                    "Linux 5.14 or later, outside of a container whose profile closes it";
        };
    }

    private static String namespaces(StartFailure failure) {
        String remedy = StartFailureText.remedy(failure);
        return remedy.isEmpty() ? "a kernel and a user that may use namespaces" : remedy;
    }
}
