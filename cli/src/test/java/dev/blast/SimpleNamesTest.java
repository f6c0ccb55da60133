package dev.blast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One name, one thing: a type's simple name stands once in all modules. */
final class SimpleNamesTest {
    /** What still stands for two things; a name leaves this list and none comes. */
    private static final Set<String> TWICE =
            Set.of(
                    "Answer",
                    "Bounds",
                    "Cause",
                    "Effort",
                    "Facts",
                    "Frame",
                    "Lines",
                    "Message",
                    "MissingLayer",
                    "Nearest",
                    "Operator",
                    "Outcome",
                    "Project",
                    "Reach",
                    "Requirement",
                    "Resolution",
                    "Source",
                    "Span",
                    "Strategy",
                    "Surroundings",
                    "Sync",
                    "Way",
                    "Wheels");

    @Test
    void aNameStandsForOneThing() throws IOException {
        var seen = new HashSet<String>();
        var twice = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("blast.root")))) {
            files.map(Path::toString)
                    .filter(path -> path.contains("/src/main/java/") && !path.contains("/target/"))
                    .filter(path -> path.endsWith(".java") && !path.endsWith("-info.java"))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - 5))
                    .filter(name -> !seen.add(name))
                    .forEach(twice::add);
        }
        assertThat(TWICE).as("simple names of two types").containsAll(twice);
    }
}
