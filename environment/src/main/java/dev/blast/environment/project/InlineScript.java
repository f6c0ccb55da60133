package dev.blast.environment.project;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.packaging.Digest;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SourceError;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Visible;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlDocument;
import dev.blast.toml.TomlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script says in its comments that it needs (PEP 723): the block {@code # /// script}.
 *
 * @param name of its file
 * @param text the document in the block; each character stands where it stands in the script, and
 *     what is before it is blank
 */
public record InlineScript(String name, String text) {
    private static final Pattern OPENING = Pattern.compile("# /// ([a-zA-Z0-9-]+)");
    private static final String CLOSING = "# ///";
    private static final String TYPE = "script";
    private static final Set<String> KEYS =
            new TreeSet<>(Set.of("dependencies", "requires-python", "tool"));

    /** What of {@code [tool.uv]} counts here too. */
    private static final Set<String> FOLLOWED =
            Set.of(
                    UvSettings.OVERRIDES,
                    UvSettings.CONSTRAINTS,
                    "exclude-newer",
                    "prerelease",
                    "index",
                    "no-build",
                    "no-build-package",
                    "no-binary",
                    "no-binary-package");

    /**
     * Reads it; empty where the script has no such block.
     *
     * @throws EnvironmentException with its place, where a block does not end, or there are two
     */
    public static Optional<InlineScript> of(Path script) throws EnvironmentException {
        String name = String.valueOf(script.getFileName());
        return NotUnderstoodException.in(
                () -> parse(name, ProjectFile.read(script, name).declared()));
    }

    static Optional<InlineScript> parse(String name, String script) throws EnvironmentException {
        List<String> lines = script.lines().toList();
        var document = new ArrayList<String>();
        boolean found = false;
        for (int at = 0; at < lines.size(); at++) {
            Matcher opening = OPENING.matcher(lines.get(at));
            if (!found) {
                document.add("");
            }
            if (!opening.matches()) {
                continue;
            }
            int end = end(lines, at);
            if (opening.group(1).equals(TYPE)) {
                if (end < 0 || found) {
                    throw new EnvironmentException(
                            SourceError.render(
                                    name,
                                    script,
                                    at + 1,
                                    1,
                                    found
                                            ? "there is a second block '# /// script'; a script has one"
                                            : "this block does not end: '# ///' on a line of its own closes it, and each line before begins with '# '"));
                }
                found = true;
                lines.subList(at + 1, end).stream()
                        .map(line -> line.length() < 2 ? "" : "  " + line.substring(2))
                        .forEach(document::add);
                document.add("");
            } else if (!found) {
                lines.subList(at + 1, Math.max(end + 1, at + 1)).forEach(_ -> document.add(""));
            }
            at = Math.max(end, at);
        }
        return found
                ? Optional.of(new InlineScript(name, String.join("\n", document) + "\n"))
                : Optional.empty();
    }

    /** The last closing line of the comments that follow; -1 where there is none. */
    private static int end(List<String> lines, int opening) {
        int end = -1;
        for (int at = opening + 1; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.equals(CLOSING)) {
                end = at;
            } else if (!line.equals("#") && !line.startsWith("# ")) {
                break;
            }
        }
        return end;
    }

    /** Another text for whatever asks for something else. */
    public String key() {
        return new Digest().add(name).add(text).hex().substring(0, 16);
    }

    /**
     * What it asks for, as a project.
     *
     * @param folder of the script, from which paths go
     * @param environment that it is for
     * @param kept where its document lies
     * @throws EnvironmentException with its place in the script, where it is not understood
     */
    public Project project(Path folder, Environment environment, Path kept)
            throws EnvironmentException {
        return NotUnderstoodException.in(() -> read(folder, environment, kept));
    }

    private Project read(Path folder, Environment environment, Path kept)
            throws EnvironmentException {
        TomlDocument toml = document();
        var unreads = new Unreads(folder);
        UvSettings uv = UvSettings.of(toml, name, unreads);
        unreadOf(toml, unreads);
        Settings settings =
                Settings.of(toml, Set.of()).with(IndexTables.of(toml, folder), List.of()).with(uv);
        var constraints = new ArrayList<RootRequirement>(settings.overrides());
        constraints.addAll(uv.constraints());
        return new Project(
                folder,
                name,
                requiresPython(toml),
                dependencies(toml),
                Map.of(),
                Map.of(),
                constraints,
                RequirementOptions.NONE,
                settings,
                List.of(),
                true,
                Optional.empty(),
                unreads.all(),
                List.of(kept),
                environment.lockFile(),
                environment.lockFile());
    }

    private TomlDocument document() throws EnvironmentException {
        TomlDocument toml;
        try {
            toml = TomlDocument.parse(name, text);
        } catch (TomlException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
        for (String key : toml.values().keySet()) {
            if (!KEYS.contains(key)) {
                throw error(
                        toml,
                        "unknown key '%s' of a script; there are: %s"
                                .formatted(Visible.of(key), String.join(", ", KEYS)),
                        key);
            }
        }
        return toml;
    }

    private void unreadOf(TomlDocument toml, Unreads unreads) throws EnvironmentException {
        if (!(toml.values().get("tool") instanceof Map<?, ?> tool)
                || !(tool.get("uv") instanceof Map<?, ?> uv)) {
            return;
        }
        if (uv.containsKey("sources")) {
            throw error(
                    toml,
                    "[tool.uv.sources] is not followed in scripts: the names in it would come from an index; write addresses into dependencies (NAME @ URL)",
                    "tool",
                    "uv",
                    "sources");
        }
        for (Object key : uv.keySet()) {
            if (!FOLLOWED.contains(String.valueOf(key))) {
                unreads.versionsOnly(
                        "%s:%d: [tool.uv] %s is not read"
                                .formatted(
                                        name,
                                        toml.line("tool", "uv", key),
                                        Visible.of(String.valueOf(key))),
                        "[tool.blast] and options say such things");
            }
        }
    }

    private Optional<PythonNeed> requiresPython(TomlDocument toml) throws EnvironmentException {
        Object value = toml.values().get("requires-python");
        if (value == null) {
            return Optional.empty();
        }
        try {
            if (value instanceof String text) {
                return Optional.of(
                        new PythonNeed(
                                SpecifierSet.parse(text),
                                name + ":" + toml.line("requires-python")));
            }
            throw error(toml, "requires-python is a text, such as \">=3.11\"", "requires-python");
        } catch (InvalidSyntaxException e) {
            throw error(toml, String.valueOf(e.getMessage()), "requires-python");
        }
    }

    private List<RootRequirement> dependencies(TomlDocument toml) throws EnvironmentException {
        Object value = toml.values().getOrDefault("dependencies", List.of());
        if (!(value instanceof List<?> texts)
                || !texts.stream().allMatch(String.class::isInstance)) {
            throw error(toml, "dependencies is a list of texts", "dependencies");
        }
        var roots = new ArrayList<RootRequirement>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                roots.add(
                        new RootRequirement(
                                Requirement.parse((String) texts.get(i)),
                                name + ":" + toml.line("dependencies", i),
                                null));
            } catch (InvalidSyntaxException e) {
                throw error(toml, String.valueOf(e.getMessage()), "dependencies", i);
            }
        }
        return roots;
    }

    private static EnvironmentException error(TomlDocument toml, String message, Object... place) {
        return new EnvironmentException(toml.error(message, place));
    }
}
