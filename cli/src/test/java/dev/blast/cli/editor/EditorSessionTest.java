package dev.blast.cli.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server as an editor sees it. */
class EditorSessionTest {
    private static final String RULE =
            """
            rule "our store"
                @reason("fixtures")
            when
                Connection( hots == "a.example", port == 443 )
            then
                allow();
            end
            """;

    private static final String RIGHT = RULE.replace("hots", "host");

    private static final String CASE =
            """
            [[case]]
            name    = "fixtures"
            ask     = { Connection = { host = "a.example", port = 443 } }
            expect  = "allow"
            because = "our store"
            """;

    @TempDir Path home;

    @Test
    void aMistakeIsShownWhileItIsThereAndNotOnDisk() throws Exception {
        try (Editor editor = Editor.at(home)) {
            editor.file("policies/net.drl", RIGHT);
            String uri = editor.open("policies/net.drl", RULE);
            assertThat(Editor.places(editor.shown(uri, 1)))
                    .containsExactly("3:16-20 unknown-field");
            editor.type(uri, 2, Editor.range(3, 16, 20), "host");
            assertThat(editor.shown(uri, 2)).isEmpty();
            editor.type(uri, 3, null, RULE);
            assertThat(Editor.places(editor.shown(uri, 3)))
                    .containsExactly("3:16-20 unknown-field");
        }
    }

    /**
     * An emoji takes two places, four or one; a letter with an accent behind it two, three or two.
     */
    @ParameterizedTest
    @CsvSource({"utf-16, 28", "utf-8, 31", "utf-32, 27"})
    void columnsAreCountedAsAgreed(String unit, int begin) throws Exception {
        String text =
                "rule \"store\"\nwhen\n    /* 😀 e\u0301 */ Connection( hots == \"b\" )\nthen\n    allow();\nend\n";
        try (Editor editor = Editor.at(home, "utf-7", unit)) {
            String uri = editor.open("policies/net.drl", text);
            assertThat(Editor.places(editor.shown(uri, 1)))
                    .containsExactly("2:%d-%d unknown-field".formatted(begin, begin + 4));
            editor.type(uri, 2, Editor.range(2, begin, begin + 4), "port");
            assertThat(Editor.places(editor.shown(uri, 2)))
                    .as("the range was understood as it was given")
                    .singleElement()
                    .asString()
                    .endsWith("wrong-type");
        }
    }

    @Test
    void whatCertainlyMendsIsOffered() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", RULE.replace("allow();", "alow()"));
            assertThat(editor.shown(uri, 1)).hasSizeGreaterThan(1);
            var here =
                    new CodeActionParams(
                            Editor.document(uri),
                            Editor.range(3, 17, 17),
                            new CodeActionContext(List.of()));
            List<CodeAction> actions =
                    Editor.wait(editor.server().getTextDocumentService().codeAction(here)).stream()
                            .map(it -> it.getRight())
                            .toList();
            assertThat(actions.getFirst().getTitle()).isEqualTo("Write 'host' in place of 'hots'");
            List<TextEdit> edits = actions.getFirst().getEdit().getChanges().get(uri);
            assertThat(edits).containsExactly(new TextEdit(Editor.range(3, 16, 20), "host"));
            assertThat(actions.getLast().getTitle()).startsWith("Mend all");
            String mended =
                    applied(
                            RULE.replace("allow();", "alow()"),
                            actions.getLast().getEdit().getChanges().get(uri));
            assertThat(mended).isEqualTo(RIGHT);
        }
    }

    private static String applied(String text, @Nullable List<? extends TextEdit> edits) {
        var before = new DocumentText(text, ColumnUnit.UTF_16);
        DocumentText document = before;
        for (TextEdit edit :
                Objects.requireNonNull(edits).stream()
                        .sorted(
                                Comparator.<TextEdit>comparingInt(
                                                it -> before.offset(it.getRange().getStart()))
                                        .reversed())
                        .toList()) {
            document = document.with(edit.getRange(), edit.getNewText());
        }
        return document.text();
    }

    @Test
    void aRuleAndItsCasesFindEachOther() throws Exception {
        try (Editor editor = Editor.at(home)) {
            editor.file("policies/net.test.toml", CASE);
            String rules = editor.open("policies/net.drl", RIGHT);
            String cases = editor.open("policies/net.test.toml", CASE);
            var because = new DefinitionParams(Editor.document(cases), new Position(4, 14));
            Location rule =
                    Editor.wait(editor.server().getTextDocumentService().definition(because))
                            .getLeft()
                            .getFirst();
            assertThat(rule).isEqualTo(new Location(rules, Editor.range(0, 5, 16)));
            var name =
                    new ReferenceParams(
                            Editor.document(rules), new Position(0, 8), new ReferenceContext(true));
            assertThat(
                            Editor.wait(editor.server().getTextDocumentService().references(name))
                                    .stream()
                                    .map(Location.class::cast))
                    .containsExactly(rule, new Location(cases, Editor.range(4, 10, 21)));
            Hover hover =
                    Editor.wait(
                            editor.server()
                                    .getTextDocumentService()
                                    .hover(
                                            new HoverParams(
                                                    Editor.document(rules), new Position(0, 8))));
            assertThat(hover.getContents().getRight().getValue())
                    .contains("May it connect?", "1 case names it: net.test.toml:5", "not trusted");
        }
    }

    @Test
    void aRuleIsRenamedWithItsCasesAsTheyAreOpen() throws Exception {
        try (Editor editor = Editor.at(home)) {
            editor.file("policies/net.drl", "// old\n");
            editor.file("policies/net.test.toml", CASE);
            String rules = editor.open("policies/net.drl", RIGHT);
            var params =
                    new RenameParams(
                            Editor.document(rules), new Position(0, 8), "the \u00e9 store");
            Map<String, List<TextEdit>> edits =
                    Editor.wait(editor.server().getTextDocumentService().rename(params))
                            .getChanges();
            String cases = editor.project.resolve("policies/net.test.toml").toUri().toString();
            assertThat(new TreeMap<>(edits).keySet()).containsExactly(rules, cases);
            assertThat(applied(RIGHT, edits.get(rules)))
                    .isEqualTo(RIGHT.replace("our store", "the \u00e9 store"));
            assertThat(applied(CASE, edits.get(cases)))
                    .isEqualTo(CASE.replace("our store", "the \u00e9 store"));
            var wrong = new RenameParams(Editor.document(rules), new Position(0, 8), " ");
            assertThatThrownBy(() ->
                            Editor.wait(editor.server().getTextDocumentService().rename(wrong)))
                    .hasMessageContaining("not a name for a rule");
        }
    }

    @Test
    void aVariableIsRenamedInTextsToo() throws Exception {
        String text =
                "rule \"a\"\nwhen\n    Candidate( $age : ageDays )\nthen\n    hold( \"since ${$age} days\" );\nend\n";
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/a.drl", text);
            var params = new RenameParams(Editor.document(uri), new Position(4, 20), "days");
            List<TextEdit> edits =
                    Editor.wait(editor.server().getTextDocumentService().rename(params))
                            .getChanges()
                            .get(uri);
            assertThat(applied(text, edits)).isEqualTo(text.replace("$age", "$days"));
        }
    }

    @Test
    void aFileIsLaidOutAndOneThatCannotBeReadIsNot() throws Exception {
        String crooked =
                RIGHT.replace("    allow();", "  allow( ) ;")
                        .replace("\n", "\r\n")
                        .replace("\r\n", "\n");
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", crooked);
            var format =
                    new DocumentFormattingParams(
                            Editor.document(uri), new FormattingOptions(2, true));
            List<? extends TextEdit> edits =
                    Editor.wait(editor.server().getTextDocumentService().formatting(format));
            assertThat(applied(crooked, edits)).isEqualTo(RIGHT);
            editor.type(uri, 2, null, "rule\n");
            assertThatThrownBy(() ->
                            Editor.wait(
                                    editor.server().getTextDocumentService().formatting(format)))
                    .hasMessageContaining("cannot lay this file out before it can be read: line 1");
        }
    }

    @Test
    void theRulesOfAFileAreListed() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri =
                    editor.open("policies/net.drl", RIGHT + "\nrule \"half\"\nwhen\n Candidate(");
            var listed =
                    Editor.wait(
                            editor.server()
                                    .getTextDocumentService()
                                    .documentSymbol(
                                            new DocumentSymbolParams(Editor.document(uri))));
            assertThat(
                            listed.stream()
                                    .map(it ->
                                            it.getRight().getName()
                                                    + ": "
                                                    + it.getRight().getDetail()))
                    .containsExactly("our store: connection", "half: candidate");
        }
    }

    @Test
    void aTestFileIsLookedAtToo() throws Exception {
        try (Editor editor = Editor.at(home)) {
            editor.file("policies/net.drl", RIGHT);
            String uri =
                    editor.open(
                            "policies/net.test.toml",
                            CASE.replace("expect ", "expects")
                                    .replace("\"fixtures\"", "\"😀\", x = 1"));
            assertThat(editor.shown(uri, 1)).isNotEmpty();
            editor.type(uri, 2, null, CASE.replace("host =", "hots ="));
            assertThat(Editor.places(editor.shown(uri, 2)).getFirst())
                    .startsWith("2:27-31")
                    .contains("hots");
        }
    }

    @Test
    void aSecondOpeningCountsAndALateChangeDoesNot() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", 4, RULE);
            editor.open("policies/net.drl", 5, RIGHT.replace("port", "prot"));
            assertThat(Editor.places(editor.shown(uri, 5)))
                    .containsExactly("3:37-41 unknown-field");
            editor.type(uri, 3, Editor.range(0, 0, 4), "late");
            assertThat(editor.said.take()).contains("a change to version 3", "it is at version 5");
            editor.type(uri, 6, Editor.range(3, 37, 41), "port");
            assertThat(editor.shown(uri, 6)).isEmpty();
            editor.type("file:///nowhere.drl", 1, null, "x");
            assertThat(editor.said.take()).contains("file:///nowhere.drl, which is not open");
        }
    }

    @Test
    void whatIsShownGoesWithTheFileThatIsClosed() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", RULE);
            editor.shown(uri, 1);
            editor.server()
                    .getTextDocumentService()
                    .didClose(new DidCloseTextDocumentParams(Editor.document(uri)));
            String other = editor.open("policies/other.drl", RIGHT);
            assertThat(editor.shown(other, 1)).as("the closed file is on no disk").isEmpty();
        }
    }

    @Test
    void aFileOutsideOfProjectsAndOneThatWasNeverSavedAreServed() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String far = editor.open("../elsewhere/own.drl", RULE);
            assertThat(Editor.places(editor.shown(far, 1)))
                    .containsExactly("3:16-20 unknown-field");
            editor.server()
                    .getTextDocumentService()
                    .didOpen(
                            new org.eclipse.lsp4j.DidOpenTextDocumentParams(
                                    new org.eclipse.lsp4j.TextDocumentItem(
                                            "untitled:Untitled-1", "drl", 1, RULE)));
            assertThat(Editor.places(editor.shown("untitled:Untitled-1", 1)))
                    .containsExactly("3:16-20 unknown-field");
            var params =
                    new CompletionParams(
                            Editor.document("untitled:Untitled-1"), new Position(3, 16));
            assertThat(
                            Editor.wait(editor.server().getTextDocumentService().completion(params))
                                    .getLeft())
                    .anyMatch(it -> it.getLabel().equals("host"));
        }
    }

    @Test
    void aLinkThatLeadsOutOfTheProjectIsNotRead() throws Exception {
        try (Editor editor = Editor.at(home)) {
            Path secret = Files.writeString(home.resolve("secret"), "password hunter2\n");
            Files.createDirectories(editor.project.resolve("policies"));
            Files.createSymbolicLink(editor.project.resolve("policies/bait.drl"), secret);
            String uri = editor.open("policies/net.drl", RULE);
            String said = editor.said.take();
            assertThat(said)
                    .contains("bait.drl is a link that leads out of the project")
                    .doesNotContain("hunter2");
            var here = new CompletionParams(Editor.document(uri), new Position(3, 16));
            assertThat(
                            Editor.wait(editor.server().getTextDocumentService().completion(here))
                                    .getLeft())
                    .as("what needs nothing around it is answered")
                    .anyMatch(it -> it.getLabel().equals("host"));
            var rename = new RenameParams(Editor.document(uri), new Position(0, 8), "b");
            assertThatThrownBy(() ->
                            Editor.wait(editor.server().getTextDocumentService().rename(rename)))
                    .hasMessageContaining("leads out of the project");
        }
    }

    @Test
    void tenMegabytesAreRefusedAndStillEdited() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String text = (RIGHT + "\n").repeat(10_000_000 / RIGHT.length());
            String uri = editor.open("policies/net.drl", text);
            assertThat(Editor.places(editor.shown(uri, 1))).allMatch(it -> it.endsWith("too-long"));
            editor.type(uri, 2, Editor.range(3, 16, 20), "hots");
            assertThat(editor.shown(uri, 2)).isNotEmpty();
            var params = new CompletionParams(Editor.document(uri), new Position(3, 16));
            assertThat(
                            Editor.wait(editor.server().getTextDocumentService().completion(params))
                                    .getLeft())
                    .isNotNull();
            editor.type(uri, 3, null, RIGHT);
            assertThat(editor.shown(uri, 3)).isEmpty();
        }
    }

    @Test
    void nothingIsAnsweredBeforeTheGreetingAndAfterTheEnd() throws Exception {
        Editor editor = Editor.silent(home);
        var params = new HoverParams(Editor.document("file:///x.drl"), new Position(0, 0));
        assertThatThrownBy(
                        () -> Editor.wait(editor.server().getTextDocumentService().hover(params)))
                .hasMessageContaining("initialize has to come first");
        assertThat(editor.hello().getServerInfo().getName()).isEqualTo("blast policy lsp");
        assertThatThrownBy(editor::hello).hasMessageContaining("said already");
        Editor.wait(editor.server().shutdown());
        assertThatThrownBy(
                        () -> Editor.wait(editor.server().getTextDocumentService().hover(params)))
                .hasMessageContaining("after shutdown");
        editor.server().exit();
        assertThat(editor.exitCode()).isZero();
    }

    @Test
    void anEditorThatHangsUpEndsIt() throws Exception {
        Editor editor = Editor.at(home);
        editor.hangUp();
        assertThat(editor.exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsNoJsonAndWhatNobodyKnowsIsPassedOver() throws Exception {
        try (Editor editor = Editor.at(home)) {
            editor.send("Content-Length: 7\r\n\r\n{\"a\": [");
            editor.send(
                    "Content-Length: 55\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"blast/nothing\"}     ");
            editor.send(
                    "Content-Length: 46\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"$/nothing\"}         ");
            String uri = editor.open("policies/net.drl", RULE);
            assertThat(Editor.places(editor.shown(uri, 1)))
                    .containsExactly("3:16-20 unknown-field");
        }
    }

    /** The server may have said so before the client has. */
    private static void saysCancelled(Throwable thrown) {
        if (!(thrown instanceof CancellationException)) {
            assertThat(thrown)
                    .cause()
                    .isInstanceOfSatisfying(
                            ResponseErrorException.class,
                            it ->
                                    assertThat(it.getResponseError().getCode())
                                            .isEqualTo(
                                                    ResponseErrorCode.RequestCancelled.getValue()));
        }
    }

    @Test
    void aRequestThatIsCancelledIsGivenUp() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", RULE);
            var params = new CompletionParams(Editor.document(uri), new Position(3, 16));
            for (int i = 0; i < 20; i++) {
                CompletableFuture<?> given =
                        editor.server().getTextDocumentService().completion(params);
                given.cancel(true);
                assertThatThrownBy(given::get).satisfies(EditorSessionTest::saysCancelled);
            }
            assertThat(
                            Editor.wait(editor.server().getTextDocumentService().completion(params))
                                    .getLeft())
                    .isNotEmpty();
        }
    }

    @Test
    void aChangeWithoutAnythingInItChangesNothing() throws Exception {
        try (Editor editor = Editor.at(home)) {
            String uri = editor.open("policies/net.drl", RULE);
            editor.shown(uri, 1);
            editor.server()
                    .getTextDocumentService()
                    .didChange(
                            new DidChangeTextDocumentParams(
                                    new VersionedTextDocumentIdentifier(uri, 2), List.of()));
            assertThat(Editor.places(editor.shown(uri, 2)))
                    .containsExactly("3:16-20 unknown-field");
        }
    }
}
