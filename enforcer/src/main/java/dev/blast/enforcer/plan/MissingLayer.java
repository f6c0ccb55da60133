package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;

/** A layer that the policy asks for and that is not to be had here, and why. */
public sealed interface MissingLayer {
    SandboxLayer layer();

    /**
     * Namespaces were tried.
     *
     * @param restraints what of this machine may have to do with it
     */
    record Namespaces(StartFailure failure, Restraints restraints) implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.USER_NAMESPACE;
        }

        /** What most likely withholds them. */
        public Withholder withholder() {
            return Withholder.of(failure, restraints);
        }
    }

    /** Without namespaces there is no network of one's own to take away. */
    record Network() implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.NETWORK;
        }
    }

    /**
     * The kernel does not have it, or it is switched off or filtered out.
     *
     * @param release as {@code uname -r} says it, here and below
     * @param errno of asking for its version, positive as in errno(3)
     */
    record Landlock(String release, int errno) implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.LANDLOCK;
        }
    }

    /** The kernel cannot filter system calls. */
    record Seccomp(String release) implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.SECCOMP;
        }
    }

    /**
     * The kernel cannot hand calls to another process to answer, or sockets to the caller.
     *
     * @param lacking the system call, or the word of it, that is not there
     * @param by who withholds it
     */
    record Egress(String release, String lacking, WithheldBy by) implements MissingLayer {
        /** Who withholds what a gate needs. */
        public enum WithheldBy {
            /** A kernel that is too old. */
            KERNEL,
            /** Somebody else's filter of system calls. */
            FILTER,
            /** Somebody who answers for this process already: there can be but one. */
            LISTENER
        }

        @Override
        public SandboxLayer layer() {
            return SandboxLayer.EGRESS;
        }
    }
}
