package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints what comparing, hashing and reading versions costs. Run it by hand; it asserts nothing.
 */
final class VersionTiming {
    private static final int VERSIONS = 4096;
    private static final int ROUNDS = 2000;

    /** What was computed goes here, so that it cannot be left out. */
    private static int sink;

    private VersionTiming() {}

    public static void main(String... arguments) {
        List<String> texts = texts();
        Version[] versions = texts.stream().map(Version::parse).toArray(Version[]::new);
        SpecifierSet specifier = SpecifierSet.parse(">=1.2,!=1.5.*,<7");
        VersionSet set = specifier.versions();
        for (int warmup = 0; warmup < 3; warmup++) {
            boolean last = warmup == 2;
            report(last, "compareTo", () -> compare(versions));
            report(last, "equals", () -> equal(versions));
            report(last, "contains of >=1.2,!=1.5.*,<7", () -> contain(versions, set));
            report(last, "two sets: and, subset, disjoint", () -> relate(versions, set));
            report(last, "parse of a version", () -> parse(texts));
            report(last, "parse of a requirement", () -> requirements(texts));
        }
        System.out.println("(checksum " + sink + ")");
    }

    private static List<String> texts() {
        var random = new Random(1);
        var texts = new ArrayList<String>();
        for (int i = 0; i < VERSIONS; i++) {
            String text = random.nextInt(8) + "." + random.nextInt(30) + "." + random.nextInt(20);
            texts.add(i % 10 == 0 ? text + "rc" + random.nextInt(3) : text);
        }
        return texts;
    }

    private static void report(boolean print, String what, Runnable round) {
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS / 10; i++) {
            round.run();
        }
        double nanos = (double) (System.nanoTime() - start) / (ROUNDS / 10) / VERSIONS;
        if (print) {
            System.out.printf("%-32s %7.1f ns%n", what, nanos);
        }
    }

    private static void compare(Version... versions) {
        for (int i = 0; i < VERSIONS; i++) {
            sink += versions[i].compareTo(versions[(i * 7 + 1) % VERSIONS]);
        }
    }

    private static void equal(Version... versions) {
        for (int i = 0; i < VERSIONS; i++) {
            sink += versions[i].equals(versions[(i * 7 + 1) % VERSIONS]) ? 1 : 0;
        }
    }

    private static void contain(Version[] versions, VersionSet set) {
        for (Version version : versions) {
            sink += set.contains(version) ? 1 : 0;
        }
    }

    private static void relate(Version[] versions, VersionSet set) {
        VersionSet other = SpecifierSet.parse(">=2,!=3.1.*,!=4.0,<9").versions();
        for (int i = 0; i < versions.length; i++) {
            sink +=
                    set.and(other).spans().size()
                            + (set.isSubsetOf(other) || set.isDisjoint(other) ? 1 : 0);
        }
    }

    private static void parse(List<String> texts) {
        for (String text : texts) {
            sink += Version.parse(text).hashCode();
        }
    }

    private static void requirements(List<String> texts) {
        for (String text : texts) {
            sink +=
                    Requirement.parse(
                                    "some-package[extra]>=" + text + ",<9; python_version >= '3.9'")
                            .hashCode();
        }
    }
}
