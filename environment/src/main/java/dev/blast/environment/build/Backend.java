package dev.blast.environment.build;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.toml.TomlDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What builds a source (PEP 517, PEP 518).
 *
 * @param object {@code setuptools.build_meta}, {@code a.b:c.d}
 * @param requires what has to be installed before it can be asked anything
 * @param path folders of the source that hold the backend itself, without links
 */
record Backend(String object, List<Requirement> requires, List<Path> path) {
    /** What PEP 517 assumes where nothing is said. */
    private static final String ASSUMED = "setuptools.build_meta:__legacy__";

    private static final Requirement SETUPTOOLS = Requirement.parse("setuptools>=40.8.0");

    Backend {
        requires = List.copyOf(requires);
        path = List.copyOf(path);
    }

    /**
     * The backend of a source. Of {@code pyproject.toml} only {@code [build-system]} is read: what
     * else is wrong in it is the backend's to say.
     *
     * @throws RefusedSourceException where it says nothing that can be followed
     */
    static Backend of(SourceTree tree) throws IOException {
        Optional<TomlDocument> document = tree.pyproject();
        @Nullable Object table =
                document.isEmpty() ? null : document.get().values().get("build-system");
        if (table == null) {
            if (document.isEmpty() && !tree.has("setup.py") && !tree.has("setup.cfg")) {
                throw new RefusedSourceException(
                        "it has neither a pyproject.toml nor a setup.py: nothing says how it is built");
            }
            return new Backend(ASSUMED, List.of(SETUPTOOLS), List.of());
        }
        if (!(table instanceof Map<?, ?> values)) {
            throw new RefusedSourceException("its [build-system] is no table");
        }
        if (!(values.get("requires") instanceof List<?>)) {
            throw new RefusedSourceException("its [build-system] does not say what it requires");
        }
        @Nullable Object backend = values.get("build-backend");
        return new Backend(
                backend == null ? ASSUMED : object(backend),
                requirements(texts(values, "requires")),
                tree.folders(texts(values, "backend-path")));
    }

    private static String object(Object backend) throws RefusedSourceException {
        if (backend instanceof String text
                && text.matches("[\\p{L}_][\\p{L}\\p{N}_.]*(:[\\p{L}_][\\p{L}\\p{N}_.]*)?")) {
            return text;
        }
        throw new RefusedSourceException(
                "its build-backend is no name of a Python object: '%s'".formatted(backend));
    }

    /** Requirements as texts of a backend, or of a document. */
    static List<Requirement> requirements(List<String> texts) throws RefusedSourceException {
        var requirements = new ArrayList<Requirement>();
        for (String text : texts) {
            try {
                requirements.add(Requirement.parse(text));
            } catch (InvalidSyntaxException e) {
                throw new RefusedSourceException(
                        "it requires something to be built that is no requirement: "
                                + e.getMessage());
            }
        }
        return requirements;
    }

    private static List<String> texts(Map<?, ?> values, String key) throws RefusedSourceException {
        @Nullable Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        if (value instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof String text) {
                    texts.add(text);
                }
            }
            if (texts.size() == list.size()) {
                return texts;
            }
        }
        throw new RefusedSourceException(
                "its [build-system] has something else than texts as %s".formatted(key));
    }
}
