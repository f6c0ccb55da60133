package dev.blast.rules.trial;

import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Source;
import dev.blast.rules.trial.TestReport.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds rules that no case fires, and files of rules that have no cases. */
public final class UntestedRules {
    private UntestedRules() {}

    /**
     * Looks at the rules of one layer.
     *
     * @param policies those of the layer and of the layers outside it
     * @param tests those of the layer
     */
    public static List<Diagnostic> of(
            Layer layer, List<PolicyFile> policies, List<TestFile> tests) {
        Map<String, Source> sources = new HashMap<>();
        for (PolicyFile file : policies) {
            if (file.layer() == layer) {
                sources.put(file.displayPath(), new Source(file));
            }
        }
        Set<String> tested = tests.stream().map(TestFile::policy).collect(Collectors.toSet());
        List<Diagnostic> found = new ArrayList<>();
        if (!tests.isEmpty()) {
            for (Gap gap : PolicyTests.unfired(policies, tests)) {
                @Nullable Source source = sources.get(gap.origin().file());
                if (source != null) {
                    found.add(neverFired(source, gap));
                }
            }
        }
        sources.forEach((file, source) -> {
            if (!tested.contains(file)) {
                found.add(
                        source.diagnostic(
                                Code.UNTESTED_RULE,
                                source.spanOfLine(1),
                                "no case tries the rules of this file",
                                "write cases in " + TestFile.beside(file)));
            }
        });
        return Diagnostic.inOrder(found);
    }

    private static Diagnostic neverFired(Source source, Gap gap) {
        return source.diagnostic(
                Code.UNTESTED_RULE,
                source.spanOfLine(gap.origin().line()),
                "no case fires " + gap.what(),
                "write a case in which it answers");
    }
}
