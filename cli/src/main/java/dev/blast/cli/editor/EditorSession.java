package dev.blast.cli.editor;

import dev.blast.environment.session.Workspace;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;

/** Serves one editor over two streams, until it is through or gone. */
public final class EditorSession {
    private EditorSession() {}

    /**
     * Serves.
     *
     * @param out holds the protocol and nothing else
     * @return the exit code that the protocol wants: 0 where the editor said that it was through
     */
    public static int serve(Workspace workspace, Trials trials, InputStream in, OutputStream out)
            throws InterruptedException {
        System.setProperty("java.util.logging.SimpleFormatter.format", "blast: %5$s%n");
        var server = new PolicyServer(workspace, trials);
        Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(server, in, out);
        server.connect(launcher.getRemoteProxy());
        Future<Void> listening = launcher.startListening();
        Thread.ofPlatform()
                .daemon()
                .name("listening")
                .start(() -> {
                    try {
                        listening.get();
                    } catch (ExecutionException | CancellationException _) {
                        // the streams are gone, which ends it as well
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    server.end();
                });
        try {
            return server.ended().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
