package dev.blast.packaging;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Versions, specifiers and sets by chance, close enough to each other to touch. */
final class Anything {
    private static final String[] LOCALS = {"a", "ab", "0a", "0", "1", "a.1", "1.0"};

    private static final List<Operator> OPERATORS =
            Arrays.stream(Operator.values())
                    .filter(operator -> operator != Operator.IDENTICAL)
                    .toList();

    private final Random random;

    Anything(long seed) {
        this.random = new Random(seed);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** With parts from a small range, so that two of them are often equal or neighbours. */
    Version version() {
        return Version.parse(
                publicVersion() + (oneIn(5) ? "+" + LOCALS[random.nextInt(LOCALS.length)] : ""));
    }

    private String publicVersion() {
        String text = release();
        if (oneIn(4)) {
            text += new String[] {"a", "b", "rc"}[random.nextInt(3)] + random.nextInt(3);
        }
        if (oneIn(4)) {
            text += ".post" + random.nextInt(3);
        }
        if (oneIn(4)) {
            text += ".dev" + random.nextInt(3);
        }
        return text;
    }

    private String release() {
        var numbers = new StringJoiner(".", oneIn(12) ? "1!" : "", "");
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            numbers.add(String.valueOf(random.nextInt(3)));
        }
        return numbers.toString();
    }

    Specifier specifier() {
        Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        return Specifier.parse(
                operator
                        + switch (operator) {
                            case EQUAL, NOT_EQUAL ->
                                    oneIn(3) ? release() + ".*" : version().toString();
                            case COMPATIBLE ->
                                    release() + "." + publicVersion().replaceAll("^.*!", "");
                            default -> publicVersion();
                        });
    }

    SpecifierSet specifierSet() {
        return new SpecifierSet(random.ints(random.nextInt(4)).mapToObj(_ -> specifier()).toList());
    }

    /** Made by set operations, so that it also holds what no specifier says. */
    VersionSet set() {
        VersionSet set = oneIn(3) ? VersionSet.of(version()) : specifierSet().versions();
        while (oneIn(2)) {
            VersionSet other = specifierSet().versions();
            set =
                    switch (random.nextInt(3)) {
                        case 0 -> set.and(other);
                        case 1 -> set.or(other);
                        default -> set.not();
                    };
        }
        return set;
    }
}
