package dev.blast.index.page;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.ProjectStatus;
import dev.blast.index.UnusableFile;
import dev.blast.index.Yanked;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.Host;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a project page in JSON (PEP 691; fields of PEP 700, 714 and 792) as it arrives. Unknown
 * keys are passed over.
 */
public final class JsonPage {
    /** What says one name twice is read by each reader in another way. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final URI base;
    private final JsonParser in;
    private final List<Link> links = new ArrayList<>();
    private final List<UnusableFile> passedOver = new ArrayList<>();
    private @Nullable String apiVersion;
    private @Nullable String project;
    private ProjectStatus status = ProjectStatus.ACTIVE;

    private JsonPage(URI base, JsonParser in) {
        this.base = base;
        this.in = in;
    }

    /**
     * Reads a page (PEP 691).
     *
     * @param base what relative addresses are relative to
     * @throws IOException when the stream breaks off
     */
    public static Listing read(URI base, InputStream body) throws IOException, IndexException {
        try (JsonParser in = JSON.createParser(body)) {
            return new JsonPage(base, in).page();
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            JsonLocation at = e.getLocation();
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: not the JSON of a project page: broken, ambiguous, too deep or too long at line %d, column %d"
                            .formatted(
                                    Redaction.of(base),
                                    at == null ? 0 : at.getLineNr(),
                                    at == null ? 0 : at.getColumnNr()),
                    e);
        }
    }

    private Listing page() throws IOException, IndexException {
        expect(in.nextToken(), JsonToken.START_OBJECT);
        boolean files = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            if (key.equals("files") && value == JsonToken.START_ARRAY) {
                files = true;
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    file();
                }
            } else if (key.equals("meta") && value == JsonToken.START_OBJECT) {
                apiVersion = texts().get("api-version");
            } else if (key.equals("name")) {
                project = text(value);
            } else if (key.equals("project-status")) {
                status = status(value);
            } else {
                in.skipChildren();
            }
        }
        expect(in.currentToken(), JsonToken.END_OBJECT);
        expect(in.nextToken(), null);
        if (apiVersion == null) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: JSON without 'meta' and its 'api-version' is not a project page"
                            .formatted(Redaction.of(base)));
        }
        List<String> remarks = RepositoryVersion.check(base, apiVersion);
        if (!files) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: JSON without 'files' is not a project page".formatted(Redaction.of(base)));
        }
        return new Listing(links, status, passedOver, remarks, project);
    }

    /** What is there and cannot be read might have been a warning. */
    private ProjectStatus status(JsonToken value) throws IOException, IndexException {
        if (value == JsonToken.VALUE_NULL) {
            return ProjectStatus.ACTIVE;
        }
        expect(value, JsonToken.START_OBJECT);
        Map<String, String> said = texts();
        return new ProjectStatus(
                said.getOrDefault("status", ProjectStatus.ACTIVE.state()),
                said.getOrDefault("reason", ""));
    }

    private void file() throws IOException, IndexException {
        expect(in.currentToken(), JsonToken.START_OBJECT);
        String filename = null;
        String url = null;
        String requiresPython = null;
        Map<String, String> hashes = Map.of();
        MetadataFile metadata = null;
        MetadataFile legacyMetadata = null;
        Yanked yanked = null;
        long size = -1;
        long upload = Link.NO_TIME;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            switch (key) {
                case "filename" -> filename = text(value);
                case "url" -> url = text(value);
                case "requires-python" -> requiresPython = text(value);
                case "hashes" -> hashes = hashes(value);
                case "core-metadata" -> metadata = metadataFile(value);
                case "dist-info-metadata" ->
                        legacyMetadata = metadataFile(value); // its name before PEP 714
                case "yanked" -> yanked = yanked(value);
                case "size" -> size = size(value);
                case "upload-time" -> upload = UploadTime.millis(text(value));
                default -> in.skipChildren();
            }
        }
        String absolute = url == null ? null : Links.absolute(base, url);
        if (filename == null || absolute == null) {
            passedOver.add(
                    new UnusableFile(
                            filename == null ? String.valueOf(url) : filename,
                            filename == null
                                    ? "it has no name"
                                    : "its address is none that can be followed"));
        } else {
            Links.bound(base, links.size());
            MetadataFile announced = metadata != null ? metadata : legacyMetadata;
            links.add(
                    new Link(
                            filename,
                            absolute,
                            hashes,
                            size,
                            upload,
                            requiresPython,
                            yanked,
                            announced));
        }
    }

    /** A number that no file has is none. */
    private long size(JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            in.skipChildren();
            return -1;
        }
        return switch (in.getNumberType()) {
            case INT, LONG -> in.getLongValue();
            default -> Long.MAX_VALUE;
        };
    }

    private @Nullable String text(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return in.getText();
        }
        in.skipChildren();
        return null;
    }

    /** {@code true}, or the hashes; anything else is no announcement. */
    private @Nullable MetadataFile metadataFile(JsonToken value) throws IOException {
        boolean announced = value == JsonToken.START_OBJECT || value == JsonToken.VALUE_TRUE;
        Map<String, String> hashes = hashes(value);
        return announced ? new MetadataFile(hashes) : null;
    }

    /** What is neither a reason nor a plain no is taken for a yes. */
    private @Nullable Yanked yanked(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return new Yanked(in.getText());
        }
        in.skipChildren();
        return value == JsonToken.VALUE_FALSE || value == JsonToken.VALUE_NULL
                ? null
                : new Yanked("");
    }

    /** In lower case, names too; one that is known and no text becomes one that cannot be. */
    private Map<String, String> hashes(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            in.skipChildren();
            return Map.of();
        }
        var hashes = new HashMap<String, String>(4);
        texts().forEach((written, hex) -> {
            String name = Host.lower(written);
            if (!hex.isEmpty() || Hashes.isKnown(name)) {
                hashes.put(name, Host.lower(hex));
            }
        });
        return hashes;
    }

    /** An object's text values by key; the empty text for a value of another kind. */
    private Map<String, String> texts() throws IOException {
        var texts = new HashMap<String, String>(4);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            texts.put(key, Objects.requireNonNullElse(text(in.nextToken()), ""));
        }
        return texts;
    }

    private void expect(@Nullable JsonToken found, @Nullable JsonToken wanted)
            throws IndexException {
        if (found != wanted) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: not the JSON of a project page: %s at line %d, column %d, where %s should be"
                            .formatted(
                                    Redaction.of(base),
                                    found == null ? "the end" : found,
                                    in.currentTokenLocation().getLineNr(),
                                    in.currentTokenLocation().getColumnNr(),
                                    wanted == null ? "the end" : wanted));
        }
    }
}
