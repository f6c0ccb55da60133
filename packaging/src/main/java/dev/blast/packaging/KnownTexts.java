package dev.blast.packaging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What metadata said before. Versions of a project mostly repeat the requirements of the version
 * before, hundreds of them where there are many extras, so each is read once and kept once. For any
 * thread.
 */
public final class KnownTexts {
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, Requirement> requirements = new ConcurrentHashMap<>();

    /** The same text, as it was met first. */
    String text(String text) {
        String first = texts.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    /**
     * Reads a requirement.
     *
     * @throws InvalidSyntaxException if the text is no dependency specifier
     */
    Requirement requirement(String text) {
        return requirements.computeIfAbsent(text, Requirement::parse);
    }
}
