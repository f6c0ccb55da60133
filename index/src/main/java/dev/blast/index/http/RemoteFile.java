package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.Transfer;
import dev.blast.index.cache.LocalFiles;
import dev.blast.index.settings.Addresses;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.IndexOptions;
import dev.blast.packaging.IoFailure;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One file behind an address that a person named, fetched as an index is asked: with the same
 * proxies, certificates and credentials, and as often.
 */
public final class RemoteFile {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int BLOCK_BYTES = 64 * 1024;

    private final IndexConfiguration configuration;
    private final URI uri;

    private RemoteFile(IndexConfiguration configuration, URI uri) {
        this.configuration = configuration;
        this.uri = uri;
    }

    /**
     * The file at an address; nothing is asked yet.
     *
     * @param variables the process environment
     * @param home the user's home folder
     */
    public static RemoteFile at(String address, Map<String, String> variables, Path home)
            throws IndexException {
        // The only place to look at: what indexes there are is nobody's concern here.
        var alone = new IndexOptions(null, List.of(), List.of(address), true, false, false, null);
        IndexConfiguration configuration =
                IndexConfiguration.discover(variables, home, alone, RemoteFile::noIndex);
        return new RemoteFile(
                configuration, Addresses.location(address, IndexLocation.Form.LINKS, home).uri());
    }

    private static IndexLocation noIndex() throws IndexException {
        throw new IndexException(Kind.CONFIGURATION, "no index is asked");
    }

    /** The address without credentials. */
    public String shown() {
        return Redaction.of(uri);
    }

    /**
     * Writes what comes into a file.
     *
     * @param into is written anew; where this fails it holds a part
     * @param mostBytes a longer answer is an error
     */
    public void fetch(Path into, long mostBytes, Transfer transfer) throws IndexException {
        if (configuration.offline()) {
            throw new IndexException(
                    Kind.OFFLINE, "%s is not asked: UV_OFFLINE is set".formatted(shown()));
        }
        try (var transport = new Transport(configuration, FIRST_PAUSE)) {
            transport.exchange(
                    "GET",
                    uri,
                    Map.of(),
                    null,
                    answer -> {
                        Statuses.expectOk(answer, Addresses.lastName(uri));
                        var body = new BoundedStream(answer.body(), mostBytes);
                        pass(body, answer.length(), into, transfer);
                        return into;
                    });
        }
    }

    /** An IOException from here is the network's; failures of the file are said as such. */
    private static void pass(InputStream in, long total, Path into, Transfer transfer)
            throws IOException, IndexException {
        byte[] block = new byte[BLOCK_BYTES];
        long done = 0;
        try (OutputStream out = open(into)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                try {
                    out.write(block, 0, count);
                } catch (IOException e) {
                    throw unwritable(into, e);
                }
                done += count;
                transfer.advance(done, total);
            }
        }
    }

    private static OutputStream open(Path into) throws IndexException {
        try {
            return Files.newOutputStream(into);
        } catch (IOException e) {
            throw unwritable(into, e);
        }
    }

    private static IndexException unwritable(Path path, IOException e) {
        return new IndexException(
                Kind.DISK,
                Message.of("cannot write %s: %s%s", path, IoFailure.words(e), LocalFiles.advice(e)),
                e);
    }
}
