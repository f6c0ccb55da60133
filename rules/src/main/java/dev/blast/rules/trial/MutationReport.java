package dev.blast.rules.trial;

import dev.blast.rules.source.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tests beside rules notice of one thing changed in them.
 *
 * @param mutants how many changed rules were tried
 * @param noticed by how many of them some case failed
 * @param refused how many further changes make a rule that does not load
 * @param unnoticed those that no case noticed, by place
 */
public record MutationReport(int mutants, int noticed, int refused, List<Unnoticed> unnoticed) {

    public MutationReport {
        unnoticed = List.copyOf(unnoticed);
    }

    /** Those that a case could notice, as far as is known. */
    public List<Unnoticed> survivors() {
        return unnoticed.stream().filter(it -> !it.equal()).toList();
    }

    /** What no case noticed by the case that would, which may be one for several. */
    public Map<String, List<Unnoticed>> byCase() {
        var byCase = new LinkedHashMap<String, List<Unnoticed>>();
        for (Unnoticed it : unnoticed) {
            byCase.computeIfAbsent(it.witness(), _ -> new ArrayList<>()).add(it);
        }
        return byCase;
    }

    /**
     * A change that no case noticed.
     *
     * @param change in words
     * @param equal whether it is proved that no case tells the two rules apart
     * @param witness a case that passes on the rule and fails on the changed one, ready for the
     *     test file; empty where none was found
     */
    public record Unnoticed(
            Origin origin, String rule, String change, boolean equal, String witness) {

        /** Place, rule and change, in one line. */
        public String shown() {
            String none = witness.isEmpty() && !equal ? "; no case was found" : "";
            return "%s:%d:%d: rule \"%s\", %s%s"
                    .formatted(origin.file(), origin.line(), origin.column(), rule, change, none);
        }
    }
}
