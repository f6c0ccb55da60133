package dev.blast.packaging;

import dev.blast.packaging.InterpreterTraits.Libc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A platform that is named and not measured: {@code linux}, {@code macos}, {@code windows}, uv's
 * names of targets ({@code aarch64-unknown-linux-gnu}), or a platform tag of wheels ({@code
 * manylinux_2_28_x86_64}), which also says how old the system is. Where a name does not say it,
 * Linux has glibc 2.28 or musl 1.2, and macOS is 13, as in uv.
 *
 * @param architecture as {@code platform_machine} has it there
 * @param tags the platform tags of wheels that can be installed there, the best first
 */
public record PlatformName(String word, Family family, String architecture, List<String> tags) {
    private static final int GLIBC_MINOR = 28;
    private static final int MUSL_MINOR = 2;
    private static final int MACOS_MAJOR = 13;

    /** macOS 11 was 10.16 to old programs; wheels begin with 10.4 (the packaging library). */
    private static final int NEWEST_OLD_MACOS = 16;

    private static final int OLDEST_OLD_MACOS = 4;
    private static final int FIRST_NEW_MACOS = 11;

    /** What a name stands for, as a tag that says it all. */
    private static final Map<String, String> NAMES = names();

    private static final Pattern LINUX =
            Pattern.compile("(many|musl)linux_(\\d{1,2})_(\\d{1,3})_([a-z0-9_]+)");

    private static final Pattern MACOS =
            Pattern.compile("macosx_(\\d{1,2})_\\d{1,2}_(arm64|x86_64)");
    private static final Map<String, String> WINDOWS =
            Map.of("win_amd64", "AMD64", "win_arm64", "ARM64", "win32", "x86");

    /** Kinds of systems, as markers know them. */
    public enum Family {
        LINUX("posix", "linux", "Linux"),
        MACOS("posix", "darwin", "Darwin"),
        WINDOWS("nt", "win32", "Windows");

        private final String os;
        private final String sys;
        private final String system;

        Family(String os, String sys, String system) {
            this.os = os;
            this.sys = sys;
            this.system = system;
        }
    }

    public PlatformName {
        tags = List.copyOf(tags);
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        String x86 = "manylinux_2_%d_x86_64".formatted(GLIBC_MINOR);
        String arm = "manylinux_2_%d_aarch64".formatted(GLIBC_MINOR);
        String mac = "macosx_%d_0_arm64".formatted(MACOS_MAJOR);
        names.put("linux", x86);
        names.put("macos", mac);
        names.put("windows", "win_amd64");
        names.put("x86_64-unknown-linux-gnu", x86);
        names.put("aarch64-unknown-linux-gnu", arm);
        names.put("x86_64-unknown-linux-musl", "musllinux_1_%d_x86_64".formatted(MUSL_MINOR));
        names.put("aarch64-unknown-linux-musl", "musllinux_1_%d_aarch64".formatted(MUSL_MINOR));
        names.put("aarch64-apple-darwin", mac);
        names.put("x86_64-apple-darwin", "macosx_%d_0_x86_64".formatted(MACOS_MAJOR));
        names.put("x86_64-pc-windows-msvc", "win_amd64");
        names.put("aarch64-pc-windows-msvc", "win_arm64");
        names.put("i686-pc-windows-msvc", "win32");
        return names;
    }

    /**
     * By its name or tag.
     *
     * @throws IllegalArgumentException for another word, with what was expected
     */
    public static PlatformName of(String word) {
        String tag =
                NAMES.getOrDefault(word, word)
                        .replaceFirst("^manylinux2014_", "manylinux_2_17_")
                        .replaceFirst("^(x86_64|aarch64)-(manylinux_.*)$", "$2_$1");
        Matcher linux = LINUX.matcher(tag);
        if (linux.matches()) {
            int major = Integer.parseInt(linux.group(2));
            int minor = Integer.parseInt(linux.group(3));
            Libc libc =
                    linux.group(1).equals("many")
                            ? new Libc.Glibc(major, minor)
                            : new Libc.Musl(major, minor);
            String architecture = linux.group(4);
            return new PlatformName(
                    word, Family.LINUX, architecture, LinuxPlatforms.list(architecture, libc));
        }
        Matcher macos = MACOS.matcher(tag);
        if (macos.matches() && Integer.parseInt(macos.group(1)) >= FIRST_NEW_MACOS) {
            String architecture = macos.group(2);
            return new PlatformName(
                    word,
                    Family.MACOS,
                    architecture,
                    macos(Integer.parseInt(macos.group(1)), architecture));
        }
        String windows = WINDOWS.get(tag);
        if (windows != null) {
            return new PlatformName(word, Family.WINDOWS, windows, List.of(tag));
        }
        String nearest =
                NAMES.keySet().stream()
                        .min(Comparator.comparingInt(name -> EditDistance.of(name, word)))
                        .orElseThrow();
        throw new IllegalArgumentException(
                "there is no platform '%s' (did you mean '%s'?); expected is one of %s, or a tag such as manylinux_2_28_x86_64, musllinux_1_2_aarch64, macosx_13_0_arm64 or win_amd64"
                        .formatted(word, nearest, String.join(", ", NAMES.keySet())));
    }

    /** In the order of the packaging library. */
    private static List<String> macos(int newest, String architecture) {
        boolean arm = architecture.equals("arm64");
        List<String> formats =
                arm
                        ? List.of("arm64", "universal2")
                        : List.of("x86_64", "intel", "fat64", "fat32", "universal2", "universal");
        var tags = new ArrayList<String>();
        for (int major = newest; major >= FIRST_NEW_MACOS; major--) {
            for (String format : formats) {
                tags.add("macosx_%d_0_%s".formatted(major, format));
            }
        }
        for (int minor = NEWEST_OLD_MACOS; minor >= OLDEST_OLD_MACOS; minor--) {
            for (String format : arm ? List.of("universal2") : formats) {
                tags.add("macosx_10_%d_%s".formatted(minor, format));
            }
        }
        return tags;
    }

    /** What CPython says there to markers; what is not known of the machine is empty. */
    public MarkerEnvironment markers(Version python) {
        String minor = python.major() + "." + python.minor();
        return MarkerEnvironment.from(
                Map.ofEntries(
                        Map.entry("implementation_name", "cpython"),
                        Map.entry("implementation_version", python.toString()),
                        Map.entry("os_name", family.os),
                        Map.entry("platform_machine", architecture),
                        Map.entry("platform_python_implementation", "CPython"),
                        Map.entry("platform_system", family.system),
                        Map.entry("python_full_version", python.toString()),
                        Map.entry("python_version", minor),
                        Map.entry("sys_platform", family.sys)));
    }
}
