package dev.blast.cli.editor;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.policies.UnsavedTexts;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Workspace;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.trial.TestReport;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.GeneralClientCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.jspecify.annotations.Nullable;

/** An editor at the other end of two pipes, by the client that LSP4J brings. */
final class Editor implements LanguageClient, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final PipedOutputStream out = new PipedOutputStream();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final BlockingQueue<PublishDiagnosticsParams> shown = new LinkedBlockingQueue<>();
    final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final LanguageServer server;
    final Path project;

    private Editor(Path home) throws IOException {
        System.setProperty("blast.home", System.getProperty("blast.root"));
        project = Files.createDirectories(home.resolve("project")).toRealPath();
        Map<String, String> variables = Map.of("HOME", home.toString());
        var workspace = new Workspace(variables, home, Directories.of(variables, home));
        var toServer = new PipedInputStream(out, 1 << 20);
        var fromServer = new PipedInputStream(1 << 20);
        var back = new PipedOutputStream(fromServer);
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        code.complete(
                                EditorSession.serve(workspace, new NoTrials(), toServer, back));
                    } catch (InterruptedException e) {
                        code.completeExceptionally(e);
                    }
                });
        Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(this, fromServer, out);
        var _ = launcher.startListening();
        server = launcher.getRemoteProxy();
    }

    /** One that has started a server, which knows columns in that unit. */
    static Editor at(Path home, String... units) throws Exception {
        var editor = new Editor(home);
        var said = new InitializeParams();
        var general = new GeneralClientCapabilities();
        general.setPositionEncodings(List.of(units));
        said.setCapabilities(new ClientCapabilities());
        said.getCapabilities().setGeneral(general);
        editor.server.initialize(said).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        editor.server.initialized(new InitializedParams());
        return editor;
    }

    /** One that has not said anything yet. */
    static Editor silent(Path home) throws IOException {
        return new Editor(home);
    }

    InitializeResult hello() {
        return wait(server.initialize(new InitializeParams()));
    }

    LanguageServer server() {
        return server;
    }

    static <T> T wait(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Puts a file into the project. */
    Path file(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    String open(String name, String text) {
        return open(name, 1, text);
    }

    String open(String name, int version, String text) {
        String uri = project.resolve(name).toUri().toString();
        server.getTextDocumentService()
                .didOpen(
                        new DidOpenTextDocumentParams(
                                new TextDocumentItem(uri, "drl", version, text)));
        return uri;
    }

    /** Writes in a range of a document, or all of it. */
    void type(String uri, int version, @Nullable Range range, String text) {
        server.getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(
                                new VersionedTextDocumentIdentifier(uri, version),
                                List.of(
                                        range == null
                                                ? new TextDocumentContentChangeEvent(text)
                                                : new TextDocumentContentChangeEvent(
                                                        range, text))));
    }

    static Range range(int line, int from, int to) {
        return new Range(new Position(line, from), new Position(line, to));
    }

    static TextDocumentIdentifier document(String uri) {
        return new TextDocumentIdentifier(uri);
    }

    /** What is shown at a document of that version, or later. */
    List<org.eclipse.lsp4j.Diagnostic> shown(String uri, int version) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            PublishDiagnosticsParams next = shown.poll(1, TimeUnit.SECONDS);
            if (next != null
                    && next.getUri().equals(uri)
                    && next.getVersion() != null
                    && next.getVersion() >= version) {
                return next.getDiagnostics();
            }
        }
        throw new IllegalStateException("nothing was shown at " + uri + "; said: " + said);
    }

    /** As {@code line:from-to code}, lines and columns from 0. */
    static List<String> places(List<org.eclipse.lsp4j.Diagnostic> marks) {
        return marks.stream()
                .map(it ->
                        "%d:%d-%d %s"
                                .formatted(
                                        it.getRange().getStart().getLine(),
                                        it.getRange().getStart().getCharacter(),
                                        it.getRange().getEnd().getCharacter(),
                                        it.getCode() == null
                                                ? it.getMessage()
                                                : it.getCode().get()))
                .toList();
    }

    /** Bytes as nobody should send them. */
    void send(String raw) throws IOException {
        out.write(raw.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends the stream. */
    void hangUp() throws IOException {
        out.close();
    }

    int exitCode() {
        return wait(code);
    }

    @Override
    public void close() {
        try {
            var _ = server.shutdown();
            server.exit();
            exitCode();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void telemetryEvent(Object event) {}

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams marks) {
        shown.add(marks);
    }

    @Override
    public void showMessage(MessageParams message) {
        said.add(message.getMessage());
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams it) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void logMessage(MessageParams message) {
        said.add(message.getMessage());
    }

    /** Tests beside policies are looked at by a command, which is tried elsewhere. */
    private static final class NoTrials implements Trials {
        @Override
        public List<Diagnostic> untested(
                Project project, List<PolicyFile> policies, UnsavedTexts unsaved) {
            return List.of();
        }

        @Override
        public TestReport run(
                Project project, List<PolicyFile> policies, UnsavedTexts unsaved, Set<Path> tests)
                throws EnvironmentException {
            return new TestReport(0, 0, List.of(), List.of());
        }
    }
}
