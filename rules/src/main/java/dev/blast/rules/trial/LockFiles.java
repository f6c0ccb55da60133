package dev.blast.rules.trial;

import dev.blast.packaging.InvalidDocumentException;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Pylock;
import dev.blast.rules.fact.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** What lock files beside a test file would install, each read once. */
final class LockFiles {
    private final TestFile file;
    private final Map<String, Pylock> locks = new HashMap<>();

    LockFiles(TestFile file) {
        this.file = file;
    }

    /**
     * The fields of each distribution that a lock file installs for a session.
     *
     * @throws IllegalArgumentException where it cannot be read, or is not for that session
     */
    List<Map<String, @Nullable Object>> packages(String path, Session session) {
        Pylock lock = locks.get(path);
        if (lock == null) {
            lock = read(path);
            locks.put(path, lock);
        }
        return switch (lock.select(
                environment(session),
                Set.copyOf(lock.extras()),
                Set.copyOf(lock.defaultGroups()))) {
            case Pylock.Selection.Selected(List<LockedPackage> packages) -> {
                var installed = new ArrayList<Map<String, @Nullable Object>>();
                for (LockedPackage it : packages) {
                    installed.add(
                            Map.of(
                                    "name",
                                    it.name().normalized(),
                                    "version",
                                    it.version() == null ? "0" : it.version().toString()));
                }
                yield installed;
            }
            case Pylock.Selection.Refused(String reason) ->
                    throw new IllegalArgumentException(path + ": " + reason);
        };
    }

    private Pylock read(String path) {
        String text = file.beside().read(path);
        String heavy = TestFile.heavy(text, TestFile.MAX_LOCK);
        if (!heavy.isEmpty()) {
            throw new IllegalArgumentException("%s is %s".formatted(path, heavy));
        }
        TomlParseResult toml = Toml.parse(text);
        if (toml.hasErrors()) {
            throw new IllegalArgumentException(
                    "%s:%d: %s"
                            .formatted(
                                    path,
                                    toml.errors().getFirst().position().line(),
                                    toml.errors().getFirst().getMessage()));
        }
        try {
            return Pylock.of(plain(toml));
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> plain(TomlTable table) {
        var values = new LinkedHashMap<String, Object>();
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            if (value != null) {
                values.put(key, plain(value));
            }
        }
        return values;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case TomlTable table -> plain(table);
            case TomlArray array -> array.toList().stream().map(LockFiles::plain).toList();
            default -> value;
        };
    }

    /** As far as the session of a case tells it. */
    private static MarkerEnvironment environment(Session session) {
        String python = session.python().toString();
        boolean windows = session.platform().startsWith("win");
        return MarkerEnvironment.from(
                Map.ofEntries(
                        Map.entry("os_name", windows ? "nt" : "posix"),
                        Map.entry("sys_platform", session.platform()),
                        Map.entry("platform_machine", "x86_64"),
                        Map.entry("platform_python_implementation", "CPython"),
                        Map.entry("platform_release", ""),
                        Map.entry(
                                "platform_system",
                                windows
                                        ? "Windows"
                                        : session.platform().equals("darwin") ? "Darwin" : "Linux"),
                        Map.entry("platform_version", ""),
                        Map.entry(
                                "python_version",
                                session.python().major() + "." + session.python().minor()),
                        Map.entry("python_full_version", python),
                        Map.entry("implementation_name", "cpython"),
                        Map.entry("implementation_version", python)));
    }
}
