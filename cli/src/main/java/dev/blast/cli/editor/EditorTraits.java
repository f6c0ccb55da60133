package dev.blast.cli.editor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.HoverCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;

/**
 * What an editor can do, as far as that matters.
 *
 * @param snippets whether it puts the caret into what it inserts
 * @param markdown whether it shows texts with markup
 * @param watches whether it says that files have changed on disk
 */
record EditorTraits(ColumnUnit unit, boolean snippets, boolean markdown, boolean watches) {
    /** What is only there to be set in bold, in italics or as code; what is escaped stays. */
    private static final Pattern MARKS = Pattern.compile("\\\\(\\W)|[*`]");

    static final EditorTraits LEAST = new EditorTraits(ColumnUnit.UTF_16, false, false, false);

    static EditorTraits of(InitializeParams said) {
        Optional<ClientCapabilities> all = Optional.ofNullable(said.getCapabilities());
        Optional<TextDocumentClientCapabilities> text =
                all.map(ClientCapabilities::getTextDocument);
        List<String> units =
                all.map(ClientCapabilities::getGeneral)
                        .map(GeneralClientCapabilities::getPositionEncodings)
                        .orElse(List.of());
        boolean snippets =
                text.map(TextDocumentClientCapabilities::getCompletion)
                        .map(CompletionCapabilities::getCompletionItem)
                        .map(CompletionItemCapabilities::getSnippetSupport)
                        .orElse(false);
        boolean markdown =
                text.map(TextDocumentClientCapabilities::getHover)
                        .map(HoverCapabilities::getContentFormat)
                        .map(formats -> formats.contains(MarkupKind.MARKDOWN))
                        .orElse(false);
        boolean watches =
                all.map(ClientCapabilities::getWorkspace)
                        .map(WorkspaceClientCapabilities::getDidChangeWatchedFiles)
                        .map(it -> it.getDynamicRegistration())
                        .orElse(false);
        return new EditorTraits(ColumnUnit.agreed(units), snippets, markdown, watches);
    }

    /** A text in Markdown, or without its marks. */
    MarkupContent markup(String text) {
        return markdown
                ? new MarkupContent(MarkupKind.MARKDOWN, text)
                : new MarkupContent(MarkupKind.PLAINTEXT, MARKS.matcher(text).replaceAll("$1"));
    }
}
