package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.AdvisoriesReport;
import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.session.Workspace;
import dev.blast.index.IndexException;
import dev.blast.index.Transfer;
import dev.blast.index.http.RemoteFile;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** {@code blast advisories update}: what is known of holes in packages, from OSV's documents. */
public final class AdvisoriesCommand implements Command {
    /** Where updates come from when the command line does not say: a file, folder or address. */
    private static final String VARIABLE = "BLAST_ADVISORIES";

    /** OSV's archive of PyPI has some tens of megabytes. */
    private static final long MOST_BYTES = 1L << 30;

    @Override
    public int run(Invocation invocation) throws Exception {
        Workspace workspace = Workspaces.of(invocation);
        String place = place(invocation);
        var store = new AdvisoryStore(workspace.directories());
        boolean remote = place.startsWith("https://") || place.startsWith("http://");
        AdvisoriesReport report =
                remote
                        ? remote(place, store, invocation, workspace)
                        : report(place, store, invocation.directory().resolve(place), invocation);
        invocation.console().close();
        invocation.tell(report);
        return Exit.DONE.code();
    }

    private static String place(Invocation invocation) throws Failure {
        Optional<String> named = invocation.arguments().value("--from");
        String place = named.orElse(invocation.environment().getOrDefault(VARIABLE, ""));
        if (place.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "nobody says where advisories come from",
                    "--from names a file, a folder or an address; %s does so for every update"
                            .formatted(VARIABLE),
                    "what is read: the all.zip that OSV publishes for the ecosystem PyPI, or a folder of such documents");
        }
        return place;
    }

    private static AdvisoriesReport remote(
            String address, AdvisoryStore store, Invocation invocation, Workspace workspace)
            throws EnvironmentException, IndexException {
        RemoteFile file = RemoteFile.at(address, workspace.variables(), workspace.home());
        invocation.console().progress().phase("fetching");
        Path draft = draft(store.folder());
        try {
            file.fetch(draft, MOST_BYTES, Transfer.SILENT);
            return report(file.shown(), store, draft, invocation);
        } finally {
            remove(draft);
        }
    }

    private static AdvisoriesReport report(
            String shown, AdvisoryStore store, Path file, Invocation invocation)
            throws EnvironmentException {
        invocation.console().progress().phase("reading");
        Instant now = Instant.now();
        return new AdvisoriesReport(shown, store.update(file, now), now);
    }

    private static Path draft(Path folder) throws EnvironmentException {
        try {
            return Files.createTempFile(Files.createDirectories(folder), ".", ".part");
        } catch (IOException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot write into %s: %s%s",
                            folder, Cause.of(e, folder), Cause.advice(e, folder)),
                    e);
        }
    }

    private static void remove(Path draft) throws EnvironmentException {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot remove %s: %s".formatted(draft, Cause.of(e, draft)), e);
        }
    }
}
