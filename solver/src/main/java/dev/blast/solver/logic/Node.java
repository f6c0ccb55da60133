package dev.blast.solver.logic;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import org.jspecify.annotations.Nullable;

/**
 * What a search chooses a version for: a package, or an extra of a package, which is a package of
 * its own that comes in the version of its base. Immutable; two nodes are equal only if they are
 * the same.
 */
public final class Node {
    private final int number;
    private final Domain domain;
    private final @Nullable Node base;
    private final @Nullable ExtraName extra;

    /** The nodes of one search are numbered in the order in which they were first heard of. */
    public Node(int number, Domain domain, @Nullable Node base, @Nullable ExtraName extra) {
        this.number = number;
        this.domain = domain;
        this.base = base;
        this.extra = extra;
    }

    public int number() {
        return number;
    }

    public PackageName name() {
        return domain.name();
    }

    public Domain domain() {
        return domain;
    }

    /** The package itself, for an extra; else this. */
    public Node base() {
        return base == null ? this : base;
    }

    public @Nullable ExtraName extra() {
        return extra;
    }

    public States anything() {
        return domain.anything();
    }

    @Override
    public String toString() {
        return extra == null ? name().toString() : "%s[%s]".formatted(name(), extra);
    }
}
