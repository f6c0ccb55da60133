package dev.blast.environment.copy;

import dev.blast.environment.copy.CopyChange.Deed;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody outside runs or believes later on without having asked for it: kept only where it
 * is named.
 *
 * @param places in the folder, by what lies there
 * @param settings whether the project's own settings of Blast differ
 */
record Guarded(Map<Path, String> places, boolean settings) {
    private static final Path SETTINGS = Path.of("pyproject.toml");

    /** A folder of this name anywhere. */
    private static final Map<String, String> FOLDERS =
            Map.ofEntries(
                    Map.entry(".git", "git runs what it says"),
                    Map.entry(".hg", "Mercurial runs what it says"),
                    Map.entry(".jj", "Jujutsu runs what it says"),
                    Map.entry(".githooks", "git may run what is in it"),
                    Map.entry(".husky", "git runs what is in it"),
                    Map.entry(".vscode", "an editor runs what it says"),
                    Map.entry(".idea", "an editor runs what it says"),
                    Map.entry(".zed", "an editor runs what it says"),
                    Map.entry(".devcontainer", "an editor runs what it says"),
                    Map.entry(".mise", "mise runs what it says"),
                    Map.entry(".gemini", "an agent runs what it says"),
                    Map.entry(".codex", "an agent runs what it says"),
                    Map.entry(".claude", "an agent runs what it says"),
                    Map.entry(".agents", "an agent runs what it says"),
                    Map.entry(".opencode", "an agent runs what it says"),
                    Map.entry(".clinerules", "an agent does what it says"),
                    Map.entry(".cursor", "an agent runs what it says"));

    /** A file of this name anywhere. */
    private static final Map<String, String> FILES =
            Map.ofEntries(
                    Map.entry("head", "git takes its folder for a repository"),
                    Map.entry("commondir", "git takes its folder for a repository"),
                    Map.entry("pyvenv.cfg", "Python takes its folder for an environment"),
                    Map.entry(".pre-commit-config.yaml", "git's hooks run what it says"),
                    Map.entry(".devcontainer.json", "an editor runs what it says"),
                    Map.entry(".envrc", "direnv runs it in a shell that comes here"),
                    Map.entry(".autoenv", "a shell that comes here runs it"),
                    Map.entry("mise.toml", "mise runs what it says"),
                    Map.entry(".mise.toml", "mise runs what it says"),
                    Map.entry("mise.local.toml", "mise runs what it says"),
                    Map.entry(".mise.local.toml", "mise runs what it says"),
                    Map.entry("agents.md", "an agent does what it says"),
                    Map.entry("claude.md", "an agent does what it says"),
                    Map.entry("claude.local.md", "an agent does what it says"),
                    Map.entry("gemini.md", "an agent does what it says"),
                    Map.entry("copilot-instructions.md", "an agent does what it says"),
                    Map.entry(".cursorrules", "an agent does what it says"),
                    Map.entry(".mcp.json", "an agent runs what it says"));

    private static final Pattern MISE = Pattern.compile(".*/\\.config/mise(\\.[^/]*)?(/.*)?");

    private static final String STARTS = "Python runs it whenever it starts";

    /** As a name without its endings: a module, compiled or not, or a package. */
    private static final Map<String, String> STEMS =
            Map.of(
                    "sitecustomize", STARTS,
                    "usercustomize", STARTS,
                    "lefthook", "git's hooks run what it says",
                    ".lefthook", "git's hooks run what it says",
                    "lefthook-local", "git's hooks run what it says",
                    ".lefthook-local", "git's hooks run what it says");

    private static final Map<String, String> ENDINGS =
            Map.of(
                    ".pth", "Python runs what it says whenever it starts",
                    ".start", "Python runs what it says whenever it starts",
                    ".code-workspace", "an editor runs what it says");

    Guarded {
        places = Map.copyOf(places);
    }

    /** How a change that could be made here stands. */
    Keepable standing(Path path, Deed deed) {
        if (path.getName(0).toString().startsWith(Keeping.PREFIX)) {
            return new Keepable.Never("Blast lays out there what is to come");
        }
        for (Map.Entry<Path, String> place : places.entrySet()) {
            if (path.startsWith(place.getKey())) {
                return new Keepable.OnlyNamed(place.getValue());
            }
        }
        if (settings && path.equals(SETTINGS)) {
            return new Keepable.OnlyNamed("its [tool.blast] is another one");
        }
        for (Path part : path) {
            String name = part.toString().toLowerCase(Locale.ROOT);
            String why = FOLDERS.get(name);
            if (why != null) {
                return new Keepable.OnlyNamed(why);
            }
            why = STEMS.get(stem(name));
            if (why != null && deed != Deed.REMOVED) {
                return new Keepable.OnlyNamed(why);
            }
        }
        if (MISE.matcher("/" + path.toString().toLowerCase(Locale.ROOT)).matches()) {
            return new Keepable.OnlyNamed("mise runs what it says");
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        Optional<String> why = Optional.ofNullable(FILES.get(name));
        if (why.isEmpty()) {
            why =
                    ENDINGS.entrySet().stream()
                            .filter(it -> name.endsWith(it.getKey()))
                            .map(Map.Entry::getValue)
                            .findFirst();
        }
        return why.isEmpty() || deed == Deed.REMOVED
                ? Keepable.FREE
                : new Keepable.OnlyNamed(why.get());
    }

    /** Up to the first point that is not its beginning. */
    private static String stem(String name) {
        int point = name.indexOf('.', 1);
        return point < 0 ? name : name.substring(0, point);
    }
}
