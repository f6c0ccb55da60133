package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;

/** A layer that the policy asks for and that is not to be had here, and why. */
public sealed interface MissingLayer {
    SandboxLayer layer();

    /** Namespaces were tried. */
    record Namespaces(StartFailure failure) implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.USER_NAMESPACE;
        }
    }

    /** Without namespaces there is no network of one's own to take away. */
    record Network(StartFailure failure) implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.NETWORK;
        }
    }

    /**
     * The kernel does not have it, or it is switched off.
     *
     * @param release as {@code uname -r} says it, here and below
     */
    record Landlock(String release) implements MissingLayer {
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
     */
    record Egress(String release, String lacking) implements MissingLayer {
        @Override
        public SandboxLayer layer() {
            return SandboxLayer.EGRESS;
        }
    }
}
