package dev.blast.packaging;

import dev.blast.packaging.InterpreterTraits.Libc;
import java.util.ArrayList;
import java.util.List;

/** Platform tags of wheels on Linux: manylinux (PEP 513, 571, 599, 600) and musllinux (PEP 656). */
final class LinuxPlatforms {
    /** No manylinux is older than glibc 2.17, but for x86, where it began with 2.5. */
    private static final int OLDEST_GLIBC_MINOR = 17;

    private static final int OLDEST_GLIBC_MINOR_X86 = 5;

    private LinuxPlatforms() {}

    static List<String> list(String architecture, Libc libc) {
        // A 64-bit ARM that runs in 32-bit mode also runs what was built for the 32-bit one.
        List<String> architectures =
                architecture.equals("armv8l") ? List.of("armv8l", "armv7l") : List.of(architecture);
        var platforms = new ArrayList<String>();
        architectures.forEach(each -> platforms.add("linux_" + each));
        for (String each : architectures) {
            switch (libc) {
                case Libc.Glibc(int major, int minor) when major == 2 ->
                        manylinux(platforms, minor, each);
                case Libc.Musl(int major, int minor) -> {
                    for (int i = minor; i >= 0; i--) {
                        platforms.add("musllinux_%d_%d_%s".formatted(major, i, each));
                    }
                }
                case Libc.Glibc _, Libc.Other _ -> {}
            }
        }
        return List.copyOf(platforms);
    }

    private static void manylinux(List<String> platforms, int newestMinor, String architecture) {
        boolean x86 = architecture.equals("x86_64") || architecture.equals("i686");
        for (int minor = newestMinor;
                minor >= (x86 ? OLDEST_GLIBC_MINOR_X86 : OLDEST_GLIBC_MINOR);
                minor--) {
            platforms.add("manylinux_2_%d_%s".formatted(minor, architecture));
            switch (minor) {
                case 17 -> platforms.add("manylinux2014_" + architecture);
                case 12 -> platforms.add("manylinux2010_" + architecture);
                case 5 -> platforms.add("manylinux1_" + architecture);
                default -> {}
            }
        }
    }
}
