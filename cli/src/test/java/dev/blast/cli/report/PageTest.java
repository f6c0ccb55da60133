package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.blast.packaging.Visible;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.compare.EarlierRequests;
import dev.blast.rules.compare.PolicyChange;
import dev.blast.rules.compare.PolicyComparison;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.TracedRule;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.graph.Drawing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What pages are made of, and that what others wrote stays text in them. */
class PageTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script>--><img src=x onerror=\"alert(2)\"' &amp; \u202e\u0000\n";

    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z!][\\w]*)([^>]*)>");

    @Test
    void nothingThatAPackageSaysIsAnElement() {
        holdsNoElementOfOthers(page(HOSTILE).html());
    }

    @Test
    void nothingThatAPolicySaysIsAnElement() {
        holdsNoElementOfOthers(explained().html());
    }

    @Test
    void nothingThatAProgramIsCalledOrAsksForIsAnElement() {
        holdsNoElementOfOthers(RunPageTest.page(HOSTILE).html());
    }

    private static ExplanationPage explained() {
        var origin = new Origin(HOSTILE, 3, 5);
        var reason = new Reason(origin, HOSTILE, Layer.PROJECT, "deny", HOSTILE);
        var part = new TracedRule.Node(origin, HOSTILE, null, HOSTILE, List.of());
        var node = new TracedRule.Node(origin, HOSTILE, false, HOSTILE, List.of(part));
        var judgement =
                new Judgement(
                        Outcome.DENIED,
                        List.of(reason),
                        List.of(reason),
                        List.of(reason),
                        List.of(reason),
                        List.of(),
                        null,
                        null);
        return new ExplanationPage(
                new Explanation(
                        HOSTILE,
                        "abcdef",
                        "DENIED",
                        judgement,
                        List.of(new Explanation.Because(reason, Map.of(HOSTILE, HOSTILE))),
                        List.of(),
                        List.of(
                                new Explanation.Remedy(
                                        List.of(
                                                new Explanation.Change.AddRule(HOSTILE, HOSTILE),
                                                new Explanation.Change.Trust(
                                                        List.of(), List.of(reason))),
                                        "ALLOWED")),
                        "",
                        List.of(
                                new TracedRule(
                                        origin,
                                        HOSTILE,
                                        Layer.PROJECT,
                                        List.of(HOSTILE),
                                        false,
                                        false,
                                        List.of(List.of(node), List.of(node)))),
                        List.of(new Explanation.Looked("Connection", "host", HOSTILE, HOSTILE))),
                List.of(HOSTILE),
                Map.of(HOSTILE, HOSTILE),
                _ -> HOSTILE,
                _ -> Optional.of(change("<img src=x>")));
    }

    /** A rule that opens something, beside one that there was. */
    private static PolicyChange change(String rule) {
        String other = "rule \"shut\" when Connection( port == 22 ) then deny(); end\n";
        String added =
                "rule \"%s\" when Connection( host == \"a.example\" ) then allow(); end"
                        .formatted(rule);
        return PolicyComparison.of(policy(other), policy(other + added), EarlierRequests.NONE);
    }

    private static Policy policy(String text) {
        var file = new PolicyFile(Layer.USER, "own.drl", text, true);
        return switch (Policy.load(List.of(file))) {
            case Loading.Loaded(Policy policy) -> policy;
            case Loading.Refused(var errors) -> fail(errors.getFirst().render());
        };
    }

    @Test
    void aWaySaysWhatItOpens() {
        assertThat(explained().html())
                .contains(
                        "this opens:",
                        "  Connection( host == &quot;a.example&quot;",
                        "own.drl:2 &quot;&lt;img src=x&gt;&quot;");
    }

    private static void holdsNoElementOfOthers(String page) {
        assertThat(outside(page)).doesNotContain("alert(1)</script>", "<img");
        List<String> open = new ArrayList<>();
        for (Matcher tag = TAG.matcher(outside(page)); tag.find(); ) {
            assertThat(tag.group(3).replaceAll("\"[^\"]*\"", ""))
                    .doesNotContainPattern("\\son\\w+=");
            if (!tag.group(1).isEmpty()) {
                assertThat(open.removeLast()).isEqualTo(tag.group(2));
            } else if (!tag.group(3).endsWith("/") && !tag.group(2).matches("!.*|meta")) {
                open.add(tag.group(2));
            }
        }
        assertThat(open).as("what is opened is closed").isEmpty();
        assertThat(page)
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;--&gt;&lt;img src=x onerror=&quot;");
    }

    @Test
    void theDataAreJsonAndHoldTheSameTexts() throws IOException {
        String page = page(HOSTILE).html();
        String data =
                between(page, "<script type=\"application/json\" class=\"data\">", "</script>");
        assertThat(data).doesNotContain("<", ">", "&");
        List<String> texts = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(data)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    texts.add(json.getText());
                }
            }
        }
        assertThat(texts).contains("blast.picture/1", Visible.of(HOSTILE), "direct", "need");
    }

    @Test
    void aBrowserMayRunOneScriptAndLoadNothing() throws Exception {
        String page = page("flask").html();
        assertThat(page)
                .contains("default-src &#39;none&#39;")
                .contains("script-src &#39;sha256-" + hash(between(page, "<script>", "</script>")))
                .contains("style-src &#39;sha256-" + hash(between(page, "<style>", "</style>")))
                .doesNotContain(" style=", "http://", "https://", "javascript:");
    }

    @Test
    void theSameAnswerIsTheSamePage() {
        assertThat(page("flask").html()).isEqualTo(page("flask").html());
    }

    private static GraphPage page(String text) {
        return new GraphPage(
                new Drawing(
                        text,
                        List.of(
                                new Drawing.Box("", Drawing.Kind.PROJECT, text, text, List.of()),
                                new Drawing.Box(
                                        "a", Drawing.Kind.DIRECT, text, text, List.of(text)),
                                new Drawing.Box("n", Drawing.Kind.NEED, text, "", List.of(text)),
                                new Drawing.Box("b", Drawing.Kind.PACKAGE, text, "1", List.of())),
                        List.of(
                                new Drawing.Link("", "a", text),
                                new Drawing.Link("a", "n", ""),
                                new Drawing.Link("n", "b", ""),
                                new Drawing.Link("b", "a", text))),
                text);
    }

    /** The document without scripts and styles. */
    static String outside(String page) {
        return page.replaceAll("(?s)(<(script|style)[^>]*>).*?(</\\2>)", "$1$3");
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }

    private static String hash(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
