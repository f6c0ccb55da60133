package dev.blast.packaging;

import java.util.List;
import java.util.Locale;

/**
 * What decides which wheels an interpreter can install on Linux. Measured by whoever asks the
 * interpreter; {@link #tags} computes the rest.
 *
 * @param implementation {@code sys.implementation.name}, such as {@code cpython}
 * @param freeThreaded {@code Py_GIL_DISABLED}
 * @param debug {@code Py_DEBUG}
 * @param architecture the machine of {@code sysconfig.get_platform()}, such as {@code x86_64}, and
 *     of the interpreter rather than the kernel: {@code i686} for a 32-bit one
 */
public record InterpreterTraits(
        String implementation,
        int major,
        int minor,
        boolean freeThreaded,
        boolean debug,
        String architecture,
        Libc libc) {

    /** The C library that the interpreter is linked to, with its version. */
    public sealed interface Libc {
        /** The GNU C library, to which manylinux tags belong (PEP 600). */
        record Glibc(int major, int minor) implements Libc {}

        /** musl, to which musllinux tags belong (PEP 656). */
        record Musl(int major, int minor) implements Libc {}

        /** Another one, or one that could not be told: only wheels for plain {@code linux} fit. */
        record Other() implements Libc {}
    }

    public InterpreterTraits {
        implementation = implementation.toLowerCase(Locale.ROOT);
        architecture = architecture.replace('-', '_').replace('.', '_');
    }

    /** The tags, the best first (PEP 425). */
    public TagSet tags() {
        return new TagSet(new CompatibleTags(this, platforms()).list());
    }

    /**
     * The tags of an ordinary CPython, the best first.
     *
     * @param platforms those of the machine, the best first
     */
    public static TagSet cpython(Version python, List<String> platforms) {
        var traits =
                new InterpreterTraits(
                        "cpython",
                        python.major(),
                        python.minor(),
                        false,
                        false,
                        "",
                        new Libc.Other());
        return new TagSet(new CompatibleTags(traits, platforms).list());
    }

    /**
     * The platform tags, the best first: {@code linux_x86_64}, then {@code manylinux_2_36_x86_64}…
     */
    public List<String> platforms() {
        return LinuxPlatforms.list(architecture, libc);
    }
}
