package dev.blast.environment.install;

import dev.blast.packaging.PackageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of .pth files that are known for what they do. A text that calls a module is known only in
 * the distribution whose module that is: another could bring the same text and a module of that
 * name.
 */
final class KnownHooks {
    private static final PackageName SETUPTOOLS = new PackageName("setuptools");
    private static final PackageName COVERAGE = new PackageName("coverage");
    private static final PackageName PYTEST_COV = new PackageName("pytest-cov");

    /** Where setuptools has its namespace packages described; each %1$s is the package. */
    private static final String PLACE =
            "p = os.path.join(sys._getframe(1).f_locals['sitedir'], *%2$s);";

    private static final String FOUND =
            "sys.modules.setdefault('%1$s', importlib.util.module_from_spec("
                    + "importlib.machinery.PathFinder.find_spec('%1$s', [os.path.dirname(p)])));";

    private static final String MADE = "sys.modules.setdefault('%1$s', types.ModuleType('%1$s'));";

    private static final String JOINED =
            "mp = (m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)";

    /** What setuptools has written for a namespace package, oldest first. */
    private static final List<String> NAMESPACE =
            List.of(
                    "import sys, types, os;"
                            + PLACE
                            + "ie = os.path.exists(os.path.join(p,'__init__.py'));m = not ie and "
                            + MADE
                            + JOINED,
                    "import sys, types, os;has_mfs = sys.version_info > (3, 5);"
                            + PLACE
                            + "importlib = has_mfs and __import__('importlib.util');"
                            + "has_mfs and __import__('importlib.machinery');m = has_mfs and "
                            + FOUND
                            + "m = m or "
                            + MADE
                            + JOINED,
                    "import sys, types, os;"
                            + PLACE
                            + "importlib = __import__('importlib.util');"
                            + "__import__('importlib.machinery');m = "
                            + FOUND
                            + "m = m or "
                            + MADE
                            + JOINED);

    private static final Pattern PLACED = Pattern.compile("\\*(\\((?:'\\w+',? ?)+\\))\\);");

    /** By the SHA-256 of the file. */
    private static final Map<PackageName, Set<String>> OF_ONE_DISTRIBUTION =
            Map.of(
                    SETUPTOOLS,
                            Set.of(
                                    "sha256=fqf_7z_ioRfuEsaO1lU2F_DX_S8FkCV8JcSElZo7c3M",
                                    "sha256=JjjOniUA5XKl4N5_rtZmHrVp0baW_LoHsN0iPaX10iQ"),
                    COVERAGE,
                            Set.of(
                                    "sha256=MgJyczl2g0JZVH5VnXadh-LBx-rRfJBEY3aADnnyrrQ",
                                    "sha256=7y7QbRmGfsZpwJqAQGBmapzV44OvCp0Rqi3nm3fUSOg"),
                    PYTEST_COV,
                            Set.of(
                                    "sha256=uOG4KAkL_sSyVlbQTNCUjT5wIh6oKBrA4SVp7vSK4qY",
                                    "sha256=9HRGpg_fWQXoTn18iSuvkvjVoyJtDaFZm5wBTqtsfds"));

    private KnownHooks() {}

    /** Whether a whole .pth file of a distribution is one of its own that is known. */
    static boolean isKnown(PackageName distribution, byte[] content) {
        return OF_ONE_DISTRIBUTION
                .getOrDefault(distribution, Set.of())
                .contains(RecordHash.of(content));
    }

    /**
     * The namespace packages, dotted, that the lines of a .pth file set up; empty where any line
     * does anything else. What makes such a module does not run it, unless it is machine code.
     */
    static List<String> namespaces(PathFile file) {
        var packages = new ArrayList<String>();
        if (!file.plain() || !file.folders().isEmpty()) {
            return List.of();
        }
        for (String line : file.code()) {
            Matcher placed = PLACED.matcher(line);
            if (!placed.find()) {
                return List.of();
            }
            String tuple = placed.group(1);
            String name = tuple.replaceAll("[()', ]+", " ").strip().replace(' ', '.');
            if (NAMESPACE.stream().noneMatch(text -> line.equals(whole(text, name, tuple)))) {
                return List.of();
            }
            packages.add(name);
        }
        return packages;
    }

    private static String whole(String template, String name, String tuple) {
        int dot = name.lastIndexOf('.');
        String parent =
                dot < 0
                        ? ""
                        : ";m and setattr(sys.modules['%s'], '%s', m)"
                                .formatted(name.substring(0, dot), name.substring(dot + 1));
        return template.formatted(name, tuple) + parent;
    }
}
