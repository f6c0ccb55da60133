package dev.blast.cli.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Dossier;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.KeptDecisions;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.CaseDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who points at a rule reads where it decided last. */
class LastDecisionTest {
    private static final String RULE =
            """
            rule "no shop"
            when
                Connection( host == "shop.example", port != 443 )
            then
                deny( "encrypted alone" );
                warn( "asked" );
            end
            """;

    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir Path home;

    private KeptDecisions decisions(Editor editor) {
        return new KeptDecisions(
                Dossier.of(
                        Directories.of(Map.of("HOME", home.toString()), home),
                        Environment.in(editor.project)));
    }

    /** Keeps what a policy of the project says to a connection. */
    private void keep(
            Editor editor, Layer layer, String text, Connection asked, String by, Instant time) {
        if (Policy.load(List.of(new PolicyFile(layer, "policies/net.drl", text, true)))
                instanceof Loading.Loaded(Policy policy)) {
            Context context = new CaseDraft(Map.of(), List.of(), Map.of(), "", "").context();
            decisions(editor)
                    .keep(
                            List.of(
                                    KeptDecision.of(
                                            time,
                                            by,
                                            context.session(),
                                            asked,
                                            new Explanations(policy, context).of(asked))));
        } else {
            throw new IllegalArgumentException(text);
        }
    }

    private static String told(Editor editor, String uri, int line, int column) {
        @Nullable Hover hover =
                Editor.wait(
                        editor.server()
                                .getTextDocumentService()
                                .hover(
                                        new HoverParams(
                                                Editor.document(uri), new Position(line, column))));
        return hover == null ? "" : hover.getContents().getRight().getValue();
    }

    @Test
    void whatARuleDecidedLastIsToldOfItsNameItsVerbsAndItsFields() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", RULE);
            assertThat(told(editor, uri, 0, 8))
                    .contains("May it connect?")
                    .doesNotContain("decided last", "said so last");
            Connection asked = Connection.to("shop.example", 80, false);
            keep(editor, Layer.PROJECT, RULE, asked, "blast sync", TIME.minusSeconds(60));
            keep(
                    editor,
                    Layer.PROJECT,
                    RULE,
                    Connection.to("shop.example", 8080, false),
                    "blast run pip",
                    TIME);
            String last =
                    "on 2026-03-04 at 05:06 UTC: DENIED, connect shop.example:8080 (connection), from blast run pip";
            assertThat(told(editor, uri, 0, 8))
                    .contains("It decided last " + last, "blast check --explain '#");
            assertThat(told(editor, uri, 4, 5)).contains("It said so last " + last);
            assertThat(told(editor, uri, 5, 5))
                    .as("the warning decides nothing")
                    .contains("warn")
                    .doesNotContain("decided last", "said so last");
            assertThat(told(editor, uri, 2, 18))
                    .endsWith("When the rule decided last it was \"shop.example\"");
            assertThat(told(editor, uri, 2, 41)).endsWith("When the rule decided last it was 8080");
            String cases =
                    editor.open("policies/net.test.toml", "[[case]]\nbecause = \"no shop\"\n");
            assertThat(told(editor, cases, 1, 13)).contains("It decided last " + last);
        }
    }

    @Test
    void whatAnotherRuleOfThatNameDecidedIsNot() throws Exception {
        try (Editor editor = Editor.at(home)) {
            Connection asked = Connection.to("shop.example", 80, false);
            keep(editor, Layer.SHIPPED, RULE, asked, "blast sync", TIME);
            String uri = editor.open("policies/net.drl", RULE);
            String other = editor.open("policies/other.drl", RULE);
            assertThat(told(editor, uri, 0, 8)).doesNotContain("decided last", "said so last");
            keep(editor, Layer.PROJECT, RULE, asked, "blast run", TIME);
            assertThat(told(editor, uri, 0, 8)).contains("It decided last");
            assertThat(told(editor, other, 0, 8)).doesNotContain("decided last", "said so last");
            editor.type(uri, 2, null, RULE.replace("no shop", "no shops"));
            assertThat(told(editor, uri, 0, 8)).doesNotContain("decided last", "said so last");
        }
    }

    /** What asks, and what a rule is called, is a stranger's word. */
    @Test
    void nothingOfItIsMarkupAndNothingIsEndless() throws Exception {
        String name = "say \\\"no\\\" ![x](https://evil.example/a) \\\\ `b`";
        String text =
                RULE.replace("no shop", name)
                        .replace("\n", "\r\n")
                        .replace("when", "when /* " + "x".repeat(50_000) + " */");
        try (Editor editor = Editor.at(home)) {
            keep(
                    editor,
                    Layer.PROJECT,
                    text,
                    Connection.to("shop.example", 80, false),
                    "blast run ![x](https://evil.example/b)\u001b[2J\n# no " + "x".repeat(50_000),
                    TIME);
            String uri = editor.open("policies/net.drl", text);
            String told = told(editor, uri, 0, 8);
            assertThat(told)
                    .contains("It decided last", "from blast run ![x](https://evil.example/b)")
                    .contains("\\u001b[2J\\n# no xxx", "x…")
                    .hasSizeLessThan(2_000);
            String cases =
                    editor.open(
                            "policies/net.test.toml",
                            "[[case]]\nbecause = \"%s\"\n".formatted(name));
            assertThat(told(editor, cases, 1, 13)).contains("It decided last");
        }
    }

    @Test
    void whatIsNotWholeIsPassedOverAndWhatCannotBeReadIsSaid() throws Exception {
        try (Editor editor = Editor.at(home)) {
            keep(
                    editor,
                    Layer.PROJECT,
                    RULE,
                    Connection.to("shop.example", 80, false),
                    "blast sync",
                    TIME);
            Path folder =
                    Dossier.of(
                                    Directories.of(Map.of("HOME", home.toString()), home),
                                    Environment.in(editor.project))
                            .folder()
                            .resolve("decisions");
            Files.writeString(folder.resolve("00000001"), "half");
            Files.writeString(folder.resolve("00000002"), "deciding x\nend\n");
            Files.write(folder.resolve("00000003"), new byte[] {(byte) 0xff, '\n'});
            String uri = editor.open("policies/net.drl", RULE);
            assertThat(told(editor, uri, 0, 8)).contains("It decided last");
            Files.createDirectories(folder.resolve("00000004/within"));
            assertThat(told(editor, uri, 0, 8))
                    .contains("Where it decided last cannot be told: cannot read " + folder);
        }
    }
}
