package dev.blast.cli.editor;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.assist.Outline;
import dev.blast.rules.assist.Suggestion;
import dev.blast.rules.source.Correction;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/**
 * The protocol: what comes from an editor goes to {@link OpenDocuments}, {@link Inspector} and
 * {@link Answers}, and comes back in its forms. Notifications are taken in by the thread that reads
 * them, so that each question is about the documents as they were when it was asked.
 */
final class PolicyServer implements LanguageServer, TextDocumentService, WorkspaceService {
    private enum State {
        NEW,
        READY,
        SHUT
    }

    private final Workspace workspace;
    private final Trials trials;
    private final OpenDocuments documents = new OpenDocuments();
    private final ExecutorService asked =
            Executors.newSingleThreadExecutor(
                    task -> Thread.ofPlatform().daemon().name("asked").unstarted(task));
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private EditorTraits traits = EditorTraits.LEAST;
    private volatile State state = State.NEW;
    private @Nullable LanguageClient client;
    private @Nullable Inspector inspector;

    PolicyServer(Workspace workspace, Trials trials) {
        this.workspace = workspace;
        this.trials = trials;
    }

    void connect(LanguageClient editor) {
        client = editor;
        inspector = new Inspector(workspace, documents, trials, editor);
    }

    private Inspector inspector() {
        if (inspector == null) {
            throw new IllegalStateException("nobody is connected");
        }
        return inspector;
    }

    private void log(String message) {
        if (client != null) {
            client.logMessage(new MessageParams(MessageType.Warning, message));
        }
    }

    /** Comes true with the exit code once the editor is through, or gone. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    /** Nobody is there any more. */
    void end() {
        ended.complete(state == State.SHUT ? 0 : 1);
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams said) {
        if (state != State.NEW) {
            return CompletableFuture.failedFuture(
                    error(ResponseErrorCode.InvalidRequest, "initialize was said already"));
        }
        traits = EditorTraits.of(said);
        documents.count(traits.unit());
        inspector().warmUp();
        state = State.READY;
        Integer parent = said.getProcessId();
        if (parent != null) {
            ParentWatch.over(parent, this::end);
        }
        return CompletableFuture.completedFuture(Abilities.with(traits));
    }

    @Override
    public void initialized(InitializedParams none) {
        if (traits.watches() && client != null) {
            var _ =
                    client.registerCapability(
                            Abilities.watching()); // one that refuses goes on without
        }
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        state = State.SHUT;
        return CompletableFuture.completedFuture(new Object());
    }

    @Override
    public void exit() {
        end();
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return this;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    // What the editor says.

    @Override
    public void didOpen(DidOpenTextDocumentParams it) {
        documents.open(
                it.getTextDocument().getUri(),
                it.getTextDocument().getVersion(),
                it.getTextDocument().getText());
        inspector().look();
    }

    @Override
    public void didChange(DidChangeTextDocumentParams it) {
        documents
                .change(
                        it.getTextDocument().getUri(),
                        it.getTextDocument().getVersion(),
                        it.getContentChanges())
                .ifPresent(this::log);
        inspector().look();
    }

    @Override
    public void didClose(DidCloseTextDocumentParams it) {
        documents.close(it.getTextDocument().getUri());
        inspector().look();
    }

    @Override
    public void didSave(DidSaveTextDocumentParams it) {
        inspector().look();
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams it) {
        inspector().look();
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams it) {
        // there is nothing to set
    }

    // What it asks.

    /** What is answered about a document. */
    private interface Question<T> {
        T answer(Answers about, OpenDocument document) throws EnvironmentException;
    }

    private static ResponseErrorException error(ResponseErrorCode code, String message) {
        return new ResponseErrorException(new ResponseError(code, message, null));
    }

    private <T> CompletableFuture<T> ask(String uri, T nothing, Question<T> question) {
        if (state != State.READY) {
            return CompletableFuture.failedFuture(
                    state == State.NEW
                            ? error(
                                    ResponseErrorCode.ServerNotInitialized,
                                    "initialize has to come first")
                            : error(
                                    ResponseErrorCode.InvalidRequest,
                                    "nothing is answered after shutdown"));
        }
        List<OpenDocument> open = documents.all();
        Optional<OpenDocument> document = documents.get(uri);
        if (document.isEmpty()) {
            return CompletableFuture.completedFuture(nothing);
        }
        return CompletableFutures.computeAsync(
                asked,
                cancelled -> {
                    cancelled.checkCanceled();
                    try {
                        Answers about = Answers.about(workspace, open, document.get());
                        cancelled.checkCanceled();
                        return question.answer(about, document.get());
                    } catch (EnvironmentException e) {
                        throw error(
                                ResponseErrorCode.RequestFailed, String.valueOf(e.getMessage()));
                    }
                });
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
            CompletionParams it) {
        return ask(
                it.getTextDocument().getUri(),
                Either.forLeft(List.of()),
                (about, document) -> {
                    DocumentText text = document.text();
                    List<Suggestion> found = about.suggestions(text.offset(it.getPosition()));
                    return Either.forLeft(SuggestionItems.of(found, text, traits));
                });
    }

    private Optional<Inspection> last(OpenDocument document) {
        return document.file() == null
                ? Optional.empty()
                : inspector().last(EditedProject.root(workspace, document.file()));
    }

    /** The protocol's word for nothing is null. */
    @SuppressWarnings("NullAway")
    private static <T> CompletableFuture<T> orNull(CompletableFuture<Optional<T>> answer) {
        return answer.thenApply(it -> it.orElse(null));
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams it) {
        return orNull(
                ask(
                        it.getTextDocument().getUri(),
                        Optional.empty(),
                        (about, document) ->
                                about.telling(document.text().offset(it.getPosition()))
                                        .map(said ->
                                                new Hover(
                                                        traits.markup(said.text()),
                                                        document.text().range(said.word())))));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
            definition(DefinitionParams it) {
        return ask(
                it.getTextDocument().getUri(),
                Either.forLeft(List.of()),
                (about, document) ->
                        Either.forLeft(
                                locations(
                                        about.definition(
                                                document.text().offset(it.getPosition())))));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams it) {
        boolean withDefinition = it.getContext() != null && it.getContext().isIncludeDeclaration();
        return ask(
                it.getTextDocument().getUri(),
                List.of(),
                (about, document) ->
                        locations(
                                about.references(
                                        document.text().offset(it.getPosition()), withDefinition)));
    }

    private List<Location> locations(List<RuleLinks.Link> links) {
        return links.stream()
                .map(it -> new Location(uri(it.file()), documents.text(it.text()).range(it.span())))
                .toList();
    }

    /** As the editor calls it, if it has it open. */
    private String uri(Path file) {
        return documents.all().stream()
                .filter(it -> file.equals(it.file()))
                .map(OpenDocument::uri)
                .findFirst()
                .orElse(file.toUri().toString());
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams it) {
        return ask(
                it.getTextDocument().getUri(),
                List.of(),
                (_, document) ->
                        Outline.of(document.text().text()).rules().stream()
                                .map(rule ->
                                        Either.<SymbolInformation, DocumentSymbol>forRight(
                                                symbol(rule, document.text())))
                                .toList());
    }

    private static DocumentSymbol symbol(Outline.Entry rule, DocumentText text) {
        return new DocumentSymbol(
                rule.name().isBlank() ? "rule" : rule.name(),
                SymbolKind.Function,
                text.range(rule.span()),
                text.range(rule.nameSpan()),
                rule.question());
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams it) {
        return ask(
                it.getTextDocument().getUri(),
                List.of(),
                (about, document) -> {
                    List<Diagnostic> certain = about.corrections(last(document).orElse(null));
                    var actions = new ArrayList<Either<Command, CodeAction>>();
                    for (Diagnostic each : certain) {
                        if (touch(Marks.range(each, document.text()), it.getRange())) {
                            actions.add(Either.forRight(mending(each, document)));
                        }
                    }
                    if (certain.size() > 1) {
                        actions.add(Either.forRight(mendingAll(certain, document)));
                    }
                    return actions;
                });
    }

    private static boolean touch(Range one, Range other) {
        return isBefore(one.getStart(), other.getEnd()) && isBefore(other.getStart(), one.getEnd());
    }

    private static boolean isBefore(Position one, Position other) {
        return one.getLine() < other.getLine()
                || (one.getLine() == other.getLine() && one.getCharacter() <= other.getCharacter());
    }

    private static CodeAction mending(Diagnostic found, OpenDocument document) {
        DocumentText text = document.text();
        Correction correction = correction(found);
        Span span = span(correction, text);
        var action =
                new CodeAction(
                        Answers.title(correction, text.text().substring(span.start(), span.end())));
        action.setKind(CodeActionKind.QuickFix);
        action.setIsPreferred(true);
        action.setDiagnostics(List.of(Marks.of(found, text)));
        action.setEdit(
                edit(document.uri(), List.of(new TextEdit(text.range(span), correction.text()))));
        return action;
    }

    private static CodeAction mendingAll(List<Diagnostic> certain, OpenDocument document) {
        var edits = new ArrayList<TextEdit>();
        int behind = -1;
        for (Diagnostic each : certain) {
            Span span = span(correction(each), document.text());
            if (span.start() > behind) { // they lie in their order, and one beside the other
                edits.add(new TextEdit(document.text().range(span), correction(each).text()));
                behind = span.end();
            }
        }
        var action = new CodeAction("Mend all that can be mended (%d)".formatted(edits.size()));
        action.setKind(CodeActionKind.SourceFixAll);
        action.setEdit(edit(document.uri(), edits));
        return action;
    }

    private static Correction correction(Diagnostic found) {
        Correction correction = found.correction();
        if (correction == null) {
            throw new IllegalStateException("nothing mends it: " + found);
        }
        return correction;
    }

    private static Span span(Correction correction, DocumentText text) {
        return new Span(text.offset(correction.begin()), text.offset(correction.end()));
    }

    private static WorkspaceEdit edit(String uri, List<TextEdit> edits) {
        return new WorkspaceEdit(new HashMap<>(Map.of(uri, edits)));
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams it) {
        return ask(
                it.getTextDocument().getUri(),
                List.of(),
                (about, document) ->
                        document.isOfTests()
                                ? List.of()
                                : LineEdits.of(document.text(), about.laidOut()));
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
            prepareRename(PrepareRenameParams it) {
        return orNull(
                ask(
                        it.getTextDocument().getUri(),
                        Optional.empty(),
                        (about, document) ->
                                about.renamed(document.text().offset(it.getPosition()))
                                        .map(document.text()::range)
                                        .map(Either3::forFirst)));
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams it) {
        return ask(
                it.getTextDocument().getUri(),
                new WorkspaceEdit(),
                (about, document) -> {
                    var edits = new HashMap<String, List<TextEdit>>();
                    about.renaming(document.text().offset(it.getPosition()), it.getNewName())
                            .forEach((file, change) ->
                                    edits.put(
                                            file.toString().isEmpty() ? document.uri() : uri(file),
                                            LineEdits.of(
                                                    documents.text(change.before()),
                                                    change.after())));
                    return new WorkspaceEdit(edits);
                });
    }
}
