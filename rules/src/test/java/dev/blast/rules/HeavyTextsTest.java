package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A policy file cannot exhaust its reader: each heavy text is read in a small heap, in little time,
 * and refused with a place unless it is only large.
 */
final class HeavyTextsTest {
    /** The JVM, Drools and this module need some 12 MiB of it; the rest is for the texts. */
    private static final String HEAP = "-Xmx76m";

    /**
     * Milliseconds. Measured is less than one second; other work on the machine may triple that.
     */
    private static final long MOST = 8_000;

    private static final Set<String> ONLY_LARGE =
            Set.of(
                    "many texts with many holes",
                    "long lists against each other",
                    "expressions against long texts",
                    "many long numbers",
                    "negated ways",
                    "as many rules as may be",
                    "as many large rules as fit",
                    "globs with many stars",
                    "specifiers with many parts",
                    "a version with many parts",
                    "many names that differ at their end",
                    "names in another script",
                    "paths that go up",
                    "classes of many ranges",
                    "any letter, ignoring case",
                    "reasons of reasons",
                    "bindings of bindings");

    private record Read(String outcome, long millis) {}

    @Test
    @Timeout(300)
    void eachIsReadInASmallHeap() throws IOException {
        Map<String, Read> read = readAll();
        assertThat(read.keySet()).containsExactlyElementsOf(HeavyTexts.all().keySet());
        read.forEach((name, it) -> {
            assertThat(it.outcome())
                    .as(name)
                    .matches(
                            ONLY_LARGE.contains(name)
                                    ? "loaded [0-9]+"
                                    : "refused test\\.drl:[0-9]+:[0-9]+ .{1,400}");
            assertThat(it.millis()).as(name).isLessThan(MOST);
        });
    }

    private static Map<String, Read> readAll() throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin/java")
                                                .toString(),
                                        HEAP,
                                        "-XX:+UseSerialGC",
                                        "-XX:+ExitOnOutOfMemoryError",
                                        "-Dblast.root=" + Fixtures.ROOT,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        HeavyReader.class.getName()))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines()
                .map(line -> line.split("\t", -1))
                .collect(
                        Collectors.toMap(
                                columns -> columns[0],
                                columns ->
                                        columns.length == 4
                                                ? new Read(columns[1], Long.parseLong(columns[2]))
                                                : new Read(String.join(" ", columns), 0),
                                (one, _) -> one,
                                LinkedHashMap::new));
    }
}
