package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.packaging.Message;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which generations of an environment are kept: the last ones, the younger ones, the one that is
 * there, and those that one of these brought back.
 *
 * @param last how many, from the newest
 * @param younger than this
 */
public record Retention(int last, Duration younger) {
    /** Where nobody says otherwise. */
    public static final Retention USUAL = new Retention(50, Duration.ofDays(90));

    private static final String TABLE = "history";
    private static final String KEEP = "keep";
    private static final String DAYS = "days";
    private static final int MOST = 1_000_000;

    /**
     * What the user's own {@code blast.toml} says: {@code [history]} with {@code keep} and {@code
     * days}.
     *
     * @throws EnvironmentException with file and line, where that cannot be understood
     */
    public static Retention of(Path file) throws EnvironmentException {
        String text;
        try {
            text = OrdinaryFile.text(file);
        } catch (NoSuchFileException e) {
            return USUAL;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        }
        try {
            TomlDocument document = TomlDocument.parse(file.toString(), text);
            for (String table : document.values().keySet()) {
                if (!table.equals(TABLE)) {
                    throw unknown(document, "[%s] is not known here".formatted(table), table);
                }
            }
            if (!(document.values().getOrDefault(TABLE, Map.of()) instanceof Map<?, ?> history)) {
                throw unknown(document, "history is a table: [history]", TABLE);
            }
            for (Object key : history.keySet()) {
                if (!key.equals(KEEP) && !key.equals(DAYS)) {
                    throw unknown(
                            document,
                            "[history] knows keep and days, and no '%s'".formatted(key),
                            TABLE,
                            key);
                }
            }
            return new Retention(
                    number(document, history, KEEP).orElse(USUAL.last()),
                    number(document, history, DAYS).map(Duration::ofDays).orElse(USUAL.younger()));
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private static Optional<Integer> number(TomlDocument document, Map<?, ?> table, String key)
            throws EnvironmentException {
        Object value = table.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Long number && number >= 0 && number <= MOST) {
            return Optional.of(number.intValue());
        }
        throw unknown(document, "%s is a number from 0 to %d".formatted(key, MOST), TABLE, key);
    }

    private static EnvironmentException unknown(
            TomlDocument document, String sentence, Object... path) {
        return new EnvironmentException(document.error(sentence, path));
    }

    /** The numbers of those that need not be kept. */
    public Set<Integer> forgotten(List<Generation> generations, Instant now) {
        List<Generation> newest =
                generations.stream()
                        .sorted(Comparator.comparingInt(Generation::number).reversed())
                        .toList();
        var kept = new HashSet<Integer>();
        kept.add(Timeline.of(generations).now());
        newest.stream().limit(Math.max(1, last)).forEach(it -> keep(it, kept));
        newest.stream()
                .filter(it -> it.time().isAfter(now.minus(younger)))
                .forEach(it -> keep(it, kept));
        var forgotten = new TreeSet<Integer>();
        newest.stream()
                .map(Generation::number)
                .filter(number -> !kept.contains(number))
                .forEach(forgotten::add);
        return forgotten;
    }

    /**
     * Whether none of them is young: of an environment that is gone nobody has asked for so long.
     */
    public boolean isOver(List<Generation> generations, Instant now) {
        return generations.stream().noneMatch(it -> it.time().isAfter(now.minus(younger)));
    }

    private static void keep(Generation generation, Set<Integer> kept) {
        kept.add(generation.number());
        kept.add(generation.occasion().restored());
    }
}
