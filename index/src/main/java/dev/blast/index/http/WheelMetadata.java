package dev.blast.index.http;

import dev.blast.index.DistributionFile;
import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexTally;
import dev.blast.index.MetadataSource;
import dev.blast.index.ServerOrigin;
import dev.blast.index.Transfer;
import dev.blast.index.cache.Cache;
import dev.blast.index.cache.Packer;
import dev.blast.index.cache.Unpacker;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.IoFailure;
import dev.blast.packaging.KnownTexts;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.WheelName;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.ByteSource;
import dev.blast.packaging.archive.DistInfo;
import dev.blast.packaging.archive.FileBytes;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of wheels: from the cache, else by the cheapest way that works. For any thread.
 *
 * <p>What was served beside a wheel may differ from what is in it, so its digest is kept for
 * whoever installs the wheel.
 */
final class WheelMetadata {
    private static final int MOST_METADATA_BYTES = 16 << 20;

    private final IndexConfiguration configuration;
    private final Transport transport;
    private final Cache cache;
    private final ServerMemory servers;
    private final Download download;
    private final IndexTally tally;
    private final KnownTexts known = new KnownTexts();

    WheelMetadata(
            IndexConfiguration configuration,
            Transport transport,
            Cache cache,
            ServerMemory servers,
            Download download,
            IndexTally tally) {
        this.configuration = configuration;
        this.transport = transport;
        this.cache = cache;
        this.servers = servers;
        this.download = download;
        this.tally = tally;
    }

    /**
     * Metadata without its description.
     *
     * @param headers the text that it was read from; empty once the cache has it: metadata are kept
     *     as long as the index
     * @param besideSha256 of the text as served, null where it was read out of the wheel
     */
    record Found(
            Metadata metadata,
            MetadataSource source,
            String headers,
            @Nullable String besideSha256) {
        Found withoutText() {
            return new Found(metadata, source, "", besideSha256);
        }
    }

    /**
     * @param from the index that names the wheel, null for a person's own word
     */
    Found read(DistributionFile wheel, @Nullable URI from) throws IndexException {
        if (wheel.uri().getScheme().equals("file")) { // quick anyway, and the file may change
            return counted(
                    found(wheel, fromLocal(wheel, Path.of(wheel.uri())), MetadataSource.RANGES),
                    false);
        }
        Found cached = cached(wheel);
        if (cached != null) {
            return counted(cached, true);
        }
        if (configuration.offline()) {
            throw new IndexException(
                    Kind.OFFLINE,
                    Message.of(
                            "%s: its metadata is not in the cache, and the network is not used\nrun once without --offline",
                            wheel.filename()));
        }
        Found found = fromNetwork(wheel, from);
        keep(entry(wheel), found);
        return counted(found, false);
    }

    private Found counted(Found found, boolean fromCache) {
        tally.metadata(found.source(), fromCache);
        return found.withoutText();
    }

    private Found fromNetwork(DistributionFile wheel, @Nullable URI from) throws IndexException {
        Found beside =
                wheel.metadataFile() != null
                        ? announced(wheel, from, wheel.metadataFile())
                        : unannounced(wheel, from);
        if (beside != null) {
            return beside;
        }
        ServerOrigin server = ServerOrigin.of(wheel.uri());
        Found read = servers.givesParts(server) ? ranged(wheel, from) : null;
        if (read != null) {
            return read;
        }
        Found whole = found(wheel, fromWhole(wheel, from), MetadataSource.WHOLE_WHEEL);
        servers.givesNoParts(server); // of a wheel that can be read, as is known only now
        return whole;
    }

    /**
     * Null where the server gives no parts, or such as no wheel has: what it says of them is no
     * more than its word, and the whole file decides.
     */
    private @Nullable Found ranged(DistributionFile wheel, @Nullable URI from)
            throws IndexException {
        try {
            RangedBytes parts = RangedBytes.open(transport, wheel, from);
            if (parts == null) {
                servers.givesNoParts(ServerOrigin.of(wheel.uri()));
                return null;
            }
            return found(wheel, metadata(wheel, parts), MetadataSource.RANGES);
        } catch (IndexException e) {
            if (e.kind() == Kind.FORMAT) {
                return null;
            }
            throw e;
        }
    }

    /** Null where the announced file is not there, which costs nothing but a request. */
    private @Nullable Found announced(
            DistributionFile wheel, @Nullable URI from, MetadataFile promise)
            throws IndexException {
        byte[] text = beside(wheel, from);
        if (text == null) {
            return null;
        }
        for (var hash : promise.hashes().entrySet()) {
            String algorithm = hash.getKey();
            if (Hashes.isKnown(algorithm) && !Hashes.hex(algorithm, text).equals(hash.getValue())) {
                throw new IndexException(
                        Kind.HASH,
                        Message.of(
                                "the metadata beside %s is not what the index announced\n  expected %s %s\n  came     %s %s\nfrom %s",
                                wheel.filename(),
                                algorithm,
                                hash.getValue(),
                                algorithm,
                                Hashes.hex(algorithm, text),
                                Redaction.of(beside(wheel.uri()))));
            }
        }
        return found(wheel, text, MetadataSource.ANNOUNCED);
    }

    /**
     * Null where there is no such file; what is there must be this wheel's metadata, not a friendly
     * error page.
     */
    private @Nullable Found unannounced(DistributionFile wheel, @Nullable URI from)
            throws IndexException {
        ServerOrigin server = ServerOrigin.of(wheel.uri());
        if (!servers.mayHaveMetadata(server)) {
            return null;
        }
        Found found = null;
        try {
            byte[] text = beside(wheel, from);
            found = text == null ? null : found(wheel, text, MetadataSource.UNANNOUNCED);
        } catch (IndexException e) {
            if (e.kind() != Kind.FORMAT && e.kind() != Kind.NETWORK) {
                throw e;
            } // else nobody promised anything: the wheel itself is asked next
        }
        servers.metadataWasThere(server, found != null);
        return found;
    }

    private byte @Nullable [] beside(DistributionFile wheel, @Nullable URI from)
            throws IndexException {
        return transport.<byte @Nullable []>exchange(
                "GET",
                beside(wheel.uri()),
                Map.of("Accept-Encoding", "gzip"),
                from,
                answer -> answer.status() == 200 ? answer.bytes(MOST_METADATA_BYTES) : null);
    }

    private static URI beside(URI wheel) {
        String query = wheel.getRawQuery() == null ? "" : "?" + wheel.getRawQuery();
        String text = wheel.toString();
        return URI.create(text.substring(0, text.length() - query.length()) + ".metadata" + query);
    }

    private byte[] fromWhole(DistributionFile wheel, @Nullable URI from) throws IndexException {
        Path folder = cache.draft();
        Path whole = folder.resolve(wheel.filename());
        try {
            return fromLocal(wheel, download.fetch(wheel, folder, from, Transfer.SILENT));
        } finally {
            whole.toFile().delete();
            folder.toFile().delete();
        }
    }

    private static byte[] fromLocal(DistributionFile wheel, Path file) throws IndexException {
        try (var bytes = new FileBytes(file)) {
            return metadata(wheel, bytes);
        } catch (IOException e) {
            throw new IndexException(
                    Kind.DISK, "cannot read %s: %s".formatted(file, IoFailure.words(e)), e);
        }
    }

    private static byte[] metadata(DistributionFile wheel, ByteSource bytes) throws IndexException {
        WheelName name = Objects.requireNonNull(wheel.wheel());
        try (Archive archive = Archive.over(bytes, wheel.filename())) {
            return DistInfo.of(archive, name).bytes("METADATA");
        } catch (RefusedWheelException e) {
            throw new IndexException(Kind.FORMAT, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            if (e.getCause() instanceof IndexException failure) {
                throw failure;
            }
            throw new IndexException(
                    Kind.FORMAT,
                    "%s is not a readable wheel: %s".formatted(wheel.filename(), e.getMessage()),
                    e);
        }
    }

    private Found found(DistributionFile wheel, byte[] text, MetadataSource source)
            throws IndexException {
        String headers;
        Metadata metadata;
        try {
            headers = Metadata.withoutDescription(utf8(text));
            metadata = Metadata.read(headers, known);
        } catch (InvalidSyntaxException e) {
            throw new IndexException(
                    Kind.FORMAT,
                    "the metadata of %s cannot be read: %s"
                            .formatted(wheel.filename(), e.getMessage()),
                    e);
        }
        WheelName name = Objects.requireNonNull(wheel.wheel());
        if (!metadata.name().equals(name.name()) || !metadata.version().equals(name.version())) {
            throw new IndexException(
                    Kind.FORMAT,
                    "the metadata of %s says that it is %s %s"
                            .formatted(wheel.filename(), metadata.name(), metadata.version()));
        }
        boolean beside = source == MetadataSource.ANNOUNCED || source == MetadataSource.UNANNOUNCED;
        return new Found(metadata, source, headers, beside ? Hashes.hex("sha256", text) : null);
    }

    private static String utf8(byte[] text) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException _) {
            throw new InvalidSyntaxException("it is not UTF-8", "METADATA", 0);
        }
    }

    /**
     * By address and hash together: by hash alone, an index could speak for the files of another.
     */
    private Path entry(DistributionFile wheel) {
        String address = wheel.uri().toString().split("[?]", 2)[0];
        String key = Cache.key(address + " " + wheel.sha256());
        return cache.folder("metadata").resolve(key.substring(0, 2)).resolve(key.substring(2));
    }

    /** What the cache has, null where it has nothing. */
    @Nullable Found cached(DistributionFile wheel) {
        WheelName name = Objects.requireNonNull(wheel.wheel());
        Found found = cache.read(entry(wheel), this::kept);
        return found != null
                        && found.metadata().name().equals(name.name())
                        && found.metadata().version().equals(name.version())
                ? found
                : null;
    }

    private Found kept(Unpacker in) {
        MetadataSource source = MetadataSource.valueOf(in.text());
        String besideSha256 = in.optional();
        String headers = in.text();
        return new Found(Metadata.read(headers, known), source, headers, besideSha256);
    }

    private void keep(Path entry, Found found) {
        cache.write(
                entry,
                new Packer(found.headers().length() + 128)
                        .text(found.source().name())
                        .optional(found.besideSha256())
                        .text(found.headers())
                        .bytes());
    }
}
