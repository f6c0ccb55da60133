package dev.blast.cli.editor;

import dev.blast.cli.invocation.BlastVersion;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What the server says that it can do. */
final class Abilities {
    private Abilities() {}

    static InitializeResult with(EditorTraits traits) {
        var sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        var all = new ServerCapabilities();
        all.setPositionEncoding(traits.unit().word());
        all.setTextDocumentSync(sync);
        all.setCompletionProvider(
                new CompletionOptions(false, List.of("(", " ", "\"", "@", ".", "$", "{")));
        all.setHoverProvider(true);
        all.setDefinitionProvider(true);
        all.setReferencesProvider(true);
        all.setDocumentSymbolProvider(true);
        all.setDocumentFormattingProvider(true);
        all.setRenameProvider(new RenameOptions(true));
        all.setCodeActionProvider(
                new CodeActionOptions(
                        List.of(CodeActionKind.QuickFix, CodeActionKind.SourceFixAll)));
        return new InitializeResult(all, new ServerInfo("blast policy lsp", BlastVersion.NUMBER));
    }

    /** That the editor says when files have changed. */
    static RegistrationParams watching() {
        List<FileSystemWatcher> files =
                Stream.of("**/*.drl", "**/*.test.toml", "**/pyproject.toml")
                        .map(it -> new FileSystemWatcher(Either.forLeft(it)))
                        .toList();
        return new RegistrationParams(
                List.of(
                        new Registration(
                                "files",
                                "workspace/didChangeWatchedFiles",
                                new DidChangeWatchedFilesRegistrationOptions(files))));
    }
}
