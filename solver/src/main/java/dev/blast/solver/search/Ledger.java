package dev.blast.solver.search;

import dev.blast.solver.Progress;
import dev.blast.solver.logic.Domain;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was looked at for one answer: the same whether {@link Knowledge} had it at hand or had to
 * ask an index. The searches for that answer share one. For one thread.
 */
final class Ledger {
    private final Progress progress;
    private final Set<Domain> packages = new HashSet<>();
    private final Map<Domain, NavigableSet<Integer>> judged = new HashMap<>();
    private final Map<Domain, NavigableSet<Integer>> read = new HashMap<>();
    private int versionsRead;

    Ledger(Progress progress) {
        this.progress = progress;
    }

    void looksAt(Domain domain) {
        packages.add(domain);
    }

    void judges(Domain domain, int state) {
        judged.computeIfAbsent(domain, _ -> new TreeSet<>()).add(state);
    }

    void reads(Domain domain, int state) {
        if (read.computeIfAbsent(domain, _ -> new TreeSet<>()).add(state)) {
            versionsRead++;
            progress.advance(
                    "%s %s".formatted(domain.name(), domain.version(state)), versionsRead, -1);
        }
    }

    /** Packages whose versions were looked at. */
    int packages() {
        return packages.size();
    }

    /** Versions whose metadata were looked at. */
    int versionsRead() {
        return versionsRead;
    }

    /** The versions of a package that the rules were asked about. */
    NavigableSet<Integer> judged(Domain domain) {
        return judged.getOrDefault(domain, Collections.emptyNavigableSet());
    }

    /** The versions of a package whose metadata were looked at. */
    NavigableSet<Integer> read(Domain domain) {
        return read.getOrDefault(domain, Collections.emptyNavigableSet());
    }
}
