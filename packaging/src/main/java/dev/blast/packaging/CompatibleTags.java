package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;

/**
 * The tags that an interpreter can install, the best first, in the order of the packaging library:
 * its own ABI, the stable ABI, no ABI, the stable ABI of older versions, then pure Python.
 */
final class CompatibleTags {
    /** The stable ABI began with 3.2 (PEP 384); its free-threaded sibling is PEP 803. */
    private static final int FIRST_STABLE_ABI_MINOR = 2;

    private final InterpreterTraits traits;
    private final List<String> platforms;
    private final List<Tag> tags = new ArrayList<>();

    CompatibleTags(InterpreterTraits traits, List<String> platforms) {
        this.traits = traits;
        this.platforms = platforms;
    }

    List<Tag> list() {
        boolean cpython = traits.implementation().equals("cpython");
        String interpreter = (cpython ? "cp" : shortName()) + traits.major() + traits.minor();
        if (cpython) {
            cpython(interpreter);
        } else {
            addForPlatforms(interpreter, "none");
        }
        for (String python : pythons()) {
            addForPlatforms(python, "none");
        }
        if (cpython) {
            tags.add(new Tag(interpreter, "none", "any"));
        }
        for (String python : pythons()) {
            tags.add(new Tag(python, "none", "any"));
        }
        return tags;
    }

    private void cpython(String interpreter) {
        String abi = interpreter + (traits.freeThreaded() ? "t" : "");
        boolean pymalloc = traits.major() == 3 && traits.minor() < 8;
        if (traits.debug()) {
            addForPlatforms(interpreter, abi + "d" + (pymalloc ? "m" : ""));
        }
        // Since 3.8 a debug build also loads what was built without (bpo-36465).
        if (!traits.debug() || !pymalloc) {
            addForPlatforms(interpreter, abi + (pymalloc ? "m" : ""));
        }
        String stableAbi = traits.freeThreaded() ? "abi3t" : "abi3";
        boolean hasStableAbi = traits.major() == 3 && traits.minor() >= FIRST_STABLE_ABI_MINOR;
        if (hasStableAbi) {
            addForPlatforms(interpreter, stableAbi);
        }
        addForPlatforms(interpreter, "none");
        if (hasStableAbi) {
            for (int minor = traits.minor() - 1; minor >= FIRST_STABLE_ABI_MINOR; minor--) {
                addForPlatforms("cp" + traits.major() + minor, stableAbi);
            }
        }
    }

    private String shortName() {
        return switch (traits.implementation()) {
            case "pypy" -> "pp";
            case "ironpython" -> "ip";
            case "jython" -> "jy";
            default -> traits.implementation();
        };
    }

    /** py312, py3, py311 … py30. */
    private List<String> pythons() {
        var pythons = new ArrayList<String>();
        pythons.add("py" + traits.major() + traits.minor());
        pythons.add("py" + traits.major());
        for (int minor = traits.minor() - 1; minor >= 0; minor--) {
            pythons.add("py" + traits.major() + minor);
        }
        return pythons;
    }

    private void addForPlatforms(String interpreter, String abi) {
        for (String platform : platforms) {
            tags.add(new Tag(interpreter, abi, platform));
        }
    }
}
