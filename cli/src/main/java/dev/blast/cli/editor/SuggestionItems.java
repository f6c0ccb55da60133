package dev.blast.cli.editor;

import dev.blast.rules.assist.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What could stand at a place, as an editor lists it. */
final class SuggestionItems {
    private SuggestionItems() {}

    static List<CompletionItem> of(
            List<Suggestion> suggestions, DocumentText text, EditorTraits traits) {
        var items = new ArrayList<CompletionItem>();
        for (Suggestion each : suggestions) {
            var item = new CompletionItem(each.label());
            item.setKind(kind(each.kind()));
            item.setDetail(each.detail());
            if (!each.meaning().isEmpty()) {
                item.setDocumentation(traits.markup(each.meaning()));
            }
            item.setSortText("%04d".formatted(items.size()));
            item.setFilterText(each.text().lines().findFirst().orElse(each.label()));
            boolean hasCaret = traits.snippets() && each.caret() < each.text().length();
            item.setInsertTextFormat(
                    hasCaret ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
            item.setTextEdit(
                    Either.forLeft(
                            new TextEdit(
                                    text.range(each.replaces()),
                                    hasCaret ? snippet(each) : each.text())));
            items.add(item);
        }
        return items;
    }

    /** With the caret, and nothing else that an editor would fill in. */
    private static String snippet(Suggestion each) {
        return escaped(each.text().substring(0, each.caret()))
                + "$0"
                + escaped(each.text().substring(each.caret()));
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\$}]", "\\\\$0");
    }

    private static CompletionItemKind kind(Suggestion.Kind kind) {
        return switch (kind) {
            case KEYWORD -> CompletionItemKind.Keyword;
            case FACT -> CompletionItemKind.Class;
            case FIELD -> CompletionItemKind.Field;
            case OPERATOR -> CompletionItemKind.Operator;
            case VERB -> CompletionItemKind.Function;
            case VALUE -> CompletionItemKind.Value;
            case VARIABLE -> CompletionItemKind.Variable;
            case SNIPPET -> CompletionItemKind.Snippet;
        };
    }
}
