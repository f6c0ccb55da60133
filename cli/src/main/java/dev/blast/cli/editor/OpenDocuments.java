package dev.blast.cli.editor;

import dev.blast.environment.policies.UnsavedTexts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/** What an editor has open, as it says. Any thread may ask. */
final class OpenDocuments {
    private final Map<String, OpenDocument> open = new ConcurrentHashMap<>();
    private volatile ColumnUnit unit = ColumnUnit.UTF_16;

    /** Before anything is open. */
    void count(ColumnUnit agreed) {
        unit = agreed;
    }

    DocumentText text(String text) {
        return new DocumentText(text, unit);
    }

    /** What is open already is open anew. */
    void open(String uri, int version, String text) {
        @Nullable Path path = OpenDocument.path(uri);
        @Nullable Path file = path == null ? null : UnsavedTexts.place(path);
        open.put(uri, new OpenDocument(uri, file, version, text(text)));
    }

    void close(String uri) {
        open.remove(uri);
    }

    /**
     * One change after the other, as they came.
     *
     * @return why nothing was changed; empty where something was
     */
    Optional<String> change(
            String uri, @Nullable Integer version, List<TextDocumentContentChangeEvent> changes) {
        OpenDocument document = open.get(uri);
        if (document == null) {
            return Optional.of("a change of %s, which is not open, was passed over".formatted(uri));
        }
        int newer = version == null ? document.version() : version;
        if (newer < document.version()) {
            return Optional.of(
                    "a change to version %d of %s was passed over: it is at version %d"
                            .formatted(newer, uri, document.version()));
        }
        DocumentText text = document.text();
        for (TextDocumentContentChangeEvent change : changes) {
            text =
                    change.getRange() == null
                            ? text.with(change.getText())
                            : text.with(change.getRange(), change.getText());
        }
        open.put(uri, document.with(newer, text));
        return Optional.empty();
    }

    Optional<OpenDocument> get(String uri) {
        return Optional.ofNullable(open.get(uri));
    }

    List<OpenDocument> all() {
        return List.copyOf(open.values());
    }

    /** What counts in place of files. */
    static UnsavedTexts unsaved(List<OpenDocument> documents) {
        var texts = new HashMap<Path, String>();
        for (OpenDocument document : documents) {
            if (document.file() != null) {
                texts.put(document.file(), document.text().text());
            }
        }
        return new UnsavedTexts(Map.copyOf(texts));
    }
}
