package dev.blast.rules.explain;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that speaks about what was asked, as it was tried: a tree of what it wants and what was
 * found.
 *
 * @param says its statements, as written
 * @param answers whether it matches
 * @param counts whether its answer counts: false for what a project that is not trusted would open
 * @param ways the alternatives of its conditions; one of them matching is enough
 */
public record TracedRule(
        Origin origin,
        String rule,
        Layer layer,
        List<String> says,
        boolean answers,
        boolean counts,
        List<List<Node>> ways) {

    public TracedRule {
        says = List.copyOf(says);
        ways = ways.stream().map(List::copyOf).toList();
    }

    /**
     * A pattern, a constraint or a part of one.
     *
     * @param text as written, blanks and line ends as one blank
     * @param holds null where it was not tried, because what it looks at is not there
     * @param actual what was found
     */
    public record Node(
            Origin origin, String text, @Nullable Boolean holds, String actual, List<Node> parts) {
        public Node {
            parts = List.copyOf(parts);
        }
    }
}
