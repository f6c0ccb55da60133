package dev.blast.rules.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What was found in one file: the first ones in full, the others counted. What several alternatives
 * of a rule have in common is found once.
 */
public final class Findings {
    /** More than these nobody reads at once; one slip can make thousands. */
    private static final int SHOWN = 50;

    /** After so many a file is not read on. */
    private static final int ENOUGH = 10_000;

    private final List<Diagnostic> shown = new ArrayList<>();

    /** Hashes of place and message, of those that are only counted too. */
    private final Set<Integer> known = new HashSet<>();

    private int echoes;

    public void add(Diagnostic found) {
        boolean isNew = known.add(Objects.hash(found.line(), found.column(), found.message()));
        if (isNew && shown.size() < SHOWN) {
            shown.add(found);
        }
    }

    /** Adds what is wrong, unless that only follows from what was found before. */
    public void add(Flaw flaw) {
        Diagnostic found = flaw.diagnostic();
        if (found == null) {
            echoes++;
        } else {
            add(found);
        }
    }

    public void addAll(List<Diagnostic> found) {
        found.forEach(this::add);
    }

    /** Grows with whatever cannot be read, checked or told. */
    public int disturbances() {
        return count() + echoes;
    }

    public boolean isEmpty() {
        return known.isEmpty();
    }

    public boolean areEnough() {
        return count() >= ENOUGH;
    }

    public int count() {
        return known.size();
    }

    /** By place, with the number of the others behind the last one. */
    public List<Diagnostic> inOrder() {
        List<Diagnostic> all =
                new ArrayList<>(
                        shown.stream()
                                .sorted(
                                        Comparator.comparing(Diagnostic::begin)
                                                .thenComparing(Diagnostic::message))
                                .toList());
        if (count() > shown.size()) {
            Diagnostic last = all.getLast();
            String more =
                    "… and %s%,d more in this file"
                            .formatted(areEnough() ? "at least " : "", count() - shown.size());
            all.add(Diagnostic.of(last.code(), last.file(), last.line(), last.column(), more));
        }
        return all;
    }
}
