package dev.blast.cli.invocation;

/**
 * The version of Blast: a constant, because {@code --version} must not open a file. A test compares
 * it with the build's.
 */
public final class BlastVersion {
    public static final String NUMBER = "0.1.0";

    private BlastVersion() {}
}
