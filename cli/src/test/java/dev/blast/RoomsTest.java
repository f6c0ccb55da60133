package dev.blast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of ARCHITECTURE.md names the rooms that there are. */
final class RoomsTest {
    private static final Path ROOT = Path.of(System.getProperty("blast.root"));
    private static final Pattern ROOM = Pattern.compile("`([a-z]+)`");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packaging",
                "toml",
                "rules",
                "index",
                "solver",
                "enforcer",
                "environment",
                "daemon",
                "cli"
            })
    void theTableNamesThem(String module) throws IOException {
        String row =
                Files.readString(ROOT.resolve("ARCHITECTURE.md"))
                        .lines()
                        .filter(line -> line.startsWith("| [%s]".formatted(module)))
                        .findFirst()
                        .orElseThrow();
        String last = row.substring(row.lastIndexOf('|', row.length() - 2));
        assertThat(ROOM.matcher(last).results().map(MatchResult::group))
                .map(each -> each.replace("`", ""))
                .containsExactlyInAnyOrderElementsOf(rooms(module));
    }

    private static Set<String> rooms(String module) throws IOException {
        Path own = ROOT.resolve(module).resolve("src/main/java/dev/blast").resolve(module);
        try (Stream<Path> all = Files.walk(own, 2)) {
            return all.filter(path -> path.endsWith("package-info.java"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(own))
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
