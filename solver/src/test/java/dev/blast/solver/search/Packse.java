package dev.blast.solver.search;

import dev.blast.solver.MemoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Scenarios of packse. */
final class Packse {
    private Packse() {}

    static List<Path> scenarios(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(it ->
                            it.toString().endsWith(".toml")
                                    && !it.toString().contains("/examples/"))
                    .sorted()
                    .toList();
        }
    }

    static boolean isUniversal(TomlParseResult scenario) {
        return Boolean.TRUE.equals(scenario.getBoolean("resolver_options.universal"));
    }

    static MemoryIndex index(TomlTable scenario) {
        var index = new MemoryIndex();
        TomlTable packages = scenario.getTableOrEmpty("packages");
        for (String name : packages.keySet()) {
            TomlTable versions = packages.getTableOrEmpty(List.of(name, "versions"));
            for (String version : versions.keySet()) {
                TomlTable table = versions.getTableOrEmpty(List.of(version));
                var release = index.release(name, version).needs(texts(table.getArray("requires")));
                release.python(table.getString("requires_python", () -> ">=3.12"));
                TomlTable extras = table.getTableOrEmpty("extras");
                extras.keySet()
                        .forEach(extra ->
                                release.extra(extra, texts(extras.getArray(List.of(extra)))));
                if (table.contains("wheel_tags")) {
                    release.wheels(texts(table.getArray("wheel_tags")));
                }
                if (Boolean.FALSE.equals(table.getBoolean("wheel"))) {
                    release.wheels();
                }
                if (!Boolean.FALSE.equals(table.getBoolean("sdist"))) {
                    release.sdist();
                }
                if (Boolean.TRUE.equals(table.getBoolean("yanked"))) {
                    release.yanked();
                }
            }
        }
        return index;
    }

    static String[] texts(@Nullable TomlArray array) {
        return array == null
                ? new String[0]
                : array.toList().stream().map(String.class::cast).toArray(String[]::new);
    }
}
