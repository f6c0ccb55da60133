package dev.blast.packaging;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a version (PEP 440): what is not there is null. The letter of a pre-release is
 * {@code a}, {@code b} or {@code rc}, and stands exactly where its number does.
 */
public record VersionParts(
        BigInteger epoch,
        List<BigInteger> release,
        @Nullable String preLetter,
        @Nullable BigInteger preNumber,
        @Nullable BigInteger post,
        @Nullable BigInteger dev,
        @Nullable String local) {

    public VersionParts {
        release = List.copyOf(release);
        if (release.isEmpty() || (preLetter == null) != (preNumber == null)) {
            throw new IllegalArgumentException(
                    "no version has these parts: %s, %s".formatted(release, preLetter));
        }
    }

    /** Takes a normalized text apart, where each part has one spelling only. */
    static VersionParts of(String normalized) {
        String rest = normalized;
        String local = null;
        int plus = rest.indexOf('+');
        if (plus >= 0) {
            local = rest.substring(plus + 1);
            rest = rest.substring(0, plus);
        }
        BigInteger dev = null;
        int at = rest.indexOf(".dev");
        if (at >= 0) {
            dev = new BigInteger(rest.substring(at + 4));
            rest = rest.substring(0, at);
        }
        BigInteger post = null;
        at = rest.indexOf(".post");
        if (at >= 0) {
            post = new BigInteger(rest.substring(at + 5));
            rest = rest.substring(0, at);
        }
        String preLetter = null;
        BigInteger preNumber = null;
        for (String letter : List.of("a", "b", "rc")) {
            at = rest.indexOf(letter);
            if (at >= 0) {
                preLetter = letter;
                preNumber = new BigInteger(rest.substring(at + letter.length()));
                rest = rest.substring(0, at);
            }
        }
        int bang = rest.indexOf('!');
        var epoch = bang < 0 ? BigInteger.ZERO : new BigInteger(rest.substring(0, bang));
        var release = new ArrayList<BigInteger>();
        for (String number : rest.substring(bang + 1).split("\\.", -1)) {
            release.add(new BigInteger(number));
        }
        return new VersionParts(epoch, release, preLetter, preNumber, post, dev, local);
    }

    /**
     * The release number at a place, 0 where there is none.
     *
     * @throws ArithmeticException if it does not fit into an int
     */
    public int releaseNumber(int place) {
        return place < release.size() ? release.get(place).intValueExact() : 0;
    }

    public Version toVersion() {
        return Version.parse(toString());
    }

    /** The epoch and the release alone. */
    VersionParts base() {
        return new VersionParts(epoch, release, null, null, null, null, null);
    }

    VersionParts withRelease(List<BigInteger> numbers) {
        return new VersionParts(epoch, numbers, preLetter, preNumber, post, dev, local);
    }

    VersionParts withPre(@Nullable String letter, @Nullable BigInteger number) {
        return new VersionParts(epoch, release, letter, number, post, dev, local);
    }

    VersionParts withPost(@Nullable BigInteger number) {
        return new VersionParts(epoch, release, preLetter, preNumber, number, dev, local);
    }

    VersionParts withDev(@Nullable BigInteger number) {
        return new VersionParts(epoch, release, preLetter, preNumber, post, number, local);
    }

    /** The shortest text of this version: 1.0.0 is 1. */
    VersionParts withoutTrailingZeros() {
        int end = release.size();
        while (end > 1 && release.get(end - 1).signum() == 0) {
            end--;
        }
        return withRelease(release.subList(0, end));
    }

    VersionParts withoutLocal() {
        return new VersionParts(epoch, release, preLetter, preNumber, post, dev, null);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        if (epoch.signum() != 0) {
            text.append(epoch).append('!');
        }
        text.append(release.stream().map(BigInteger::toString).collect(Collectors.joining(".")));
        if (preLetter != null) {
            text.append(preLetter).append(preNumber);
        }
        if (post != null) {
            text.append(".post").append(post);
        }
        if (dev != null) {
            text.append(".dev").append(dev);
        }
        if (local != null) {
            text.append('+').append(local);
        }
        return text.toString();
    }
}
