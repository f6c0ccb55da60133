package dev.blast.solver;

import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Tag;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Requests for tests: CPython 3.12.1 on Linux, requirements as if from lines 11, 12, … of a project
 * file.
 */
public final class Requests {
    public static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    public static final Target TARGET = target("3.12.1");

    private Requests() {}

    public static Request of(String... requirements) {
        return Request.of(roots(requirements), TARGET, NOW);
    }

    public static List<RootRequirement> roots(String... requirements) {
        var roots = new ArrayList<RootRequirement>();
        for (String requirement : requirements) {
            roots.add(
                    RootRequirement.of(
                            Requirement.parse(requirement),
                            "pyproject.toml:" + (11 + roots.size())));
        }
        return roots;
    }

    public static Target target(String python) {
        Version version = Version.parse(python);
        String minor = version.major() + "." + version.minor();
        String cp = "cp" + version.major() + version.minor();
        var tags = new ArrayList<Tag>();
        for (String tag :
                List.of(
                        cp + "-" + cp + "-manylinux_2_17_x86_64",
                        cp + "-abi3-manylinux_2_17_x86_64",
                        cp + "-none-manylinux_2_17_x86_64",
                        cp + "-" + cp + "-linux_x86_64",
                        "py3-none-manylinux_2_17_x86_64",
                        cp + "-none-any",
                        "py3-none-any",
                        "py2.py3-none-any")) {
            tags.addAll(Tag.parse(tag));
        }
        return new Target(
                version,
                MarkerEnvironment.from(
                        Map.ofEntries(
                                Map.entry("implementation_name", "cpython"),
                                Map.entry("implementation_version", python),
                                Map.entry("os_name", "posix"),
                                Map.entry("platform_machine", "x86_64"),
                                Map.entry("platform_python_implementation", "CPython"),
                                Map.entry("platform_release", "6.1"),
                                Map.entry("platform_system", "Linux"),
                                Map.entry("platform_version", "1"),
                                Map.entry("python_full_version", python),
                                Map.entry("python_version", minor),
                                Map.entry("sys_platform", "linux"))),
                new TagSet(tags));
    }
}
