package dev.blast.environment.saves;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.blast.environment.change.Generation;
import dev.blast.environment.install.RecordHash;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what {@link SaveText} wrote, and nothing else: every field is known, there once and of its
 * kind, nothing is nested deeper, and what is too much is not read to its end.
 */
final class SaveReading {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final int ENTRY_CAP = 500_000;
    private static final int PERMISSIONS = 0777;
    private static final int SHA256_DIGITS = 64;

    private static final Set<String> TEXTS =
            Set.of(
                    "schema",
                    "name",
                    "saved",
                    "command",
                    "environment",
                    "root",
                    "strategy",
                    "policy",
                    "applied",
                    "lock",
                    "treeHash");

    private final JsonParser json;
    private final Fields top = new Fields(new HashMap<>());
    private final List<Generation.Installed> packages = new ArrayList<>();
    private final List<Generation.Asked> requirements = new ArrayList<>();
    private final List<TreeEntry> entries = new ArrayList<>();
    private final SavedPaths paths = new SavedPaths();
    private Fields python = new Fields(Map.of());

    private SaveReading(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads a document.
     *
     * @throws RefusedSaveException where it is none
     */
    static Save of(byte[] text) throws RefusedSaveException {
        try (JsonParser json = FACTORY.createParser(text)) {
            return new SaveReading(json).save();
        } catch (JsonProcessingException e) {
            throw new RefusedSaveException(
                    "its manifest is no JSON that can be read: " + e.getOriginalMessage());
        } catch (RefusedSaveException e) {
            throw e;
        } catch (IOException e) {
            throw new RefusedSaveException("its manifest cannot be read: " + e.getMessage());
        }
    }

    private Save save() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new RefusedSaveException("its manifest is no JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "python" -> {
                    python = flat();
                    python.requireOnly("implementation", "version", "freeThreaded", "platform");
                }
                case "packages" -> each(field, () -> packages.add(installed(flat())));
                case "requirements" -> each(field, () -> requirements.add(asked(flat())));
                case "tree" -> each(field, () -> entries.add(entry(flat())));
                default -> {
                    if (!TEXTS.contains(field)) {
                        throw unknown(field);
                    }
                    top.values.put(field, scalar(field));
                }
            }
        }
        if (json.nextToken() != null) {
            throw new RefusedSaveException("something follows the end of its manifest");
        }
        if (!top.text("schema").equals(SaveText.SCHEMA)) {
            throw new RefusedSaveException(
                    "it is in the format '%s'; this version of Blast reads '%s'"
                            .formatted(top.text("schema"), SaveText.SCHEMA));
        }
        return built();
    }

    private Save built() throws RefusedSaveException {
        Tree tree = Tree.of(entries);
        SavedPaths.requireFolders(tree);
        if (!tree.hash().equals(top.text("treeHash"))) {
            throw new RefusedSaveException("its tree has not the hash that it says");
        }
        String root = top.text("root");
        boolean isPlace =
                root.startsWith("/")
                        && root.indexOf('\0') < 0
                        && StandardCharsets.UTF_8.newEncoder().canEncode(root);
        if (!isPlace) {
            throw new RefusedSaveException("its root '%s' is no absolute path".formatted(root));
        }
        try {
            return new Save(
                    new SaveName(top.text("name")),
                    Instant.parse(top.text("saved")),
                    top.text("command"),
                    top.text("environment"),
                    root,
                    new SavedPython(
                            python.text("implementation"),
                            Version.parse(python.text("version")),
                            python.flag("freeThreaded"),
                            python.text("platform")),
                    top.text("strategy"),
                    top.text("policy"),
                    packages,
                    requirements,
                    top.perhaps("applied"),
                    top.perhaps("lock"),
                    tree);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new RefusedSaveException("its manifest is wrong: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Element {
        void read() throws IOException;
    }

    private void each(String field, Element element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new RefusedSaveException("'%s' in its manifest is no list".formatted(field));
        }
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (++count > ENTRY_CAP) {
                throw new RefusedSaveException(
                        "'%s' in its manifest has more than %,d entries"
                                .formatted(field, ENTRY_CAP));
            }
            element.read();
        }
    }

    /** An object of texts, numbers and flags. */
    private Fields flat() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new RefusedSaveException("an entry of its manifest is no object");
        }
        var values = new HashMap<String, Object>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            values.put(field, scalar(field));
        }
        return new Fields(values);
    }

    private Object scalar(String field) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                    throw new RefusedSaveException(
                            "'%s' in its manifest is of another kind".formatted(field));
        };
    }

    private static RefusedSaveException unknown(String field) {
        return new RefusedSaveException("its manifest has a field '%s'".formatted(field));
    }

    private static Generation.Installed installed(Fields fields) throws RefusedSaveException {
        fields.requireOnly("name", "version", "wheel", "sha256", "requested");
        String sha256 = fields.text("sha256");
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
            throw new RefusedSaveException(
                    "'%s' in its manifest is no SHA-256 of a wheel".formatted(sha256));
        }
        try {
            return new Generation.Installed(
                    new PackageName(fields.text("name")).normalized(),
                    Version.parse(fields.text("version")).toString(),
                    fields.text("wheel"),
                    sha256,
                    fields.flag("requested"));
        } catch (IllegalArgumentException e) {
            throw new RefusedSaveException("a package in its manifest is none: " + e.getMessage());
        }
    }

    private static Generation.Asked asked(Fields fields) throws RefusedSaveException {
        fields.requireOnly("requirement", "origin", "group");
        return new Generation.Asked(
                fields.text("requirement"), fields.text("origin"), fields.text("group"));
    }

    private TreeEntry entry(Fields fields) throws RefusedSaveException {
        String path = fields.text("path");
        paths.add(path);
        return switch (fields.text("type")) {
            case SaveText.FOLDER -> {
                fields.requireOnly("path", "type", "mode");
                yield new TreeEntry.Folder(path, mode(fields, path));
            }
            case SaveText.LINK -> {
                fields.requireOnly("path", "type", "modified", "target");
                String target = fields.text("target");
                if (target.isEmpty() || target.indexOf('\0') >= 0) {
                    throw new RefusedSaveException("'%s' is a link to nowhere".formatted(path));
                }
                yield new TreeEntry.Link(path, fields.number("modified"), target);
            }
            case SaveText.FILE -> {
                fields.requireOnly("path", "type", "mode", "modified", "size", "sha256");
                String hex = fields.text("sha256");
                String hash = hex.length() == SHA256_DIGITS ? RecordHash.ofHex(hex) : "";
                if (hash.isEmpty() || !RecordHash.hex(hash).equals(hex)) {
                    throw new RefusedSaveException(
                            "the hash of '%s' is no SHA-256: %s".formatted(path, hex));
                }
                long size = fields.number("size");
                if (size < 0) {
                    throw new RefusedSaveException("'%s' has a size below nothing".formatted(path));
                }
                yield new TreeEntry.File(
                        path, mode(fields, path), fields.number("modified"), size, hash);
            }
            default ->
                    throw new RefusedSaveException(
                            "'%s' is neither file, link nor folder, but %s"
                                    .formatted(path, fields.text("type")));
        };
    }

    private static int mode(Fields fields, String path) throws RefusedSaveException {
        String text = fields.text("mode");
        int mode;
        try {
            mode = Integer.parseInt(text, 8);
        } catch (NumberFormatException e) {
            throw new RefusedSaveException(
                    "the permissions of '%s' are no number: %s".formatted(path, text));
        }
        if (mode < 0 || mode > PERMISSIONS) {
            throw new RefusedSaveException(
                    "'%s' would run with another's rights, or is no ordinary file: its permissions are %s"
                            .formatted(path, text));
        }
        return mode;
    }

    /** What stands in an object, by name. */
    private record Fields(Map<String, Object> values) {
        String text(String name) throws RefusedSaveException {
            return required(name, String.class);
        }

        Optional<String> perhaps(String name) throws RefusedSaveException {
            return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
        }

        long number(String name) throws RefusedSaveException {
            return required(name, Long.class);
        }

        boolean flag(String name) throws RefusedSaveException {
            return required(name, Boolean.class);
        }

        void requireOnly(String... known) throws RefusedSaveException {
            var others = new TreeSet<String>(values.keySet());
            List.of(known).forEach(others::remove);
            if (!others.isEmpty()) {
                throw unknown(others.first());
            }
        }

        private <T> T required(String name, Class<T> type) throws RefusedSaveException {
            Object value = values.get(name);
            if (!type.isInstance(value)) {
                throw new RefusedSaveException(
                        "'%s' in its manifest is %s"
                                .formatted(name, value == null ? "missing" : "of another kind"));
            }
            return type.cast(value);
        }
    }
}
