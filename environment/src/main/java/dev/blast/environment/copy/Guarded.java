package dev.blast.environment.copy;

import dev.blast.environment.copy.CopyChange.Deed;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
                    Map.entry(".devcontainer", "an editor runs what it says"),
                    Map.entry(".claude", "an agent runs what it says"),
                    Map.entry(".cursor", "an agent runs what it says"));

    /** A file of this name anywhere. */
    private static final Map<String, String> FILES =
            Map.ofEntries(
                    Map.entry("head", "git takes its folder for a repository"),
                    Map.entry("commondir", "git takes its folder for a repository"),
                    Map.entry("pyvenv.cfg", "Python takes its folder for an environment"),
                    Map.entry("sitecustomize.py", "Python runs it whenever it starts"),
                    Map.entry("usercustomize.py", "Python runs it whenever it starts"),
                    Map.entry(".pre-commit-config.yaml", "git's hooks run what it says"),
                    Map.entry(".lefthook.yml", "git's hooks run what it says"),
                    Map.entry("lefthook.yml", "git's hooks run what it says"),
                    Map.entry(".envrc", "direnv runs it in a shell that comes here"),
                    Map.entry(".autoenv", "a shell that comes here runs it"),
                    Map.entry("mise.toml", "mise runs what it says"),
                    Map.entry(".mise.toml", "mise runs what it says"),
                    Map.entry(".mcp.json", "an agent runs what it says"));

    private static final Set<String> STARTUP = Set.of(".pth", ".start");

    Guarded {
        places = Map.copyOf(places);
    }

    /** How a change that could be made here stands. */
    Keepable standing(Path path, Deed deed) {
        for (Map.Entry<Path, String> place : places.entrySet()) {
            if (path.startsWith(place.getKey())) {
                return new Keepable.OnlyNamed(place.getValue());
            }
        }
        if (settings && path.equals(SETTINGS)) {
            return new Keepable.OnlyNamed("its [tool.blast] is another one");
        }
        for (Path part : path) {
            String why = FOLDERS.get(part.toString().toLowerCase(Locale.ROOT));
            if (why != null) {
                return new Keepable.OnlyNamed(why);
            }
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        String why = FILES.get(name);
        if (why == null && STARTUP.stream().anyMatch(name::endsWith)) {
            why = "Python runs what it says whenever it starts";
        }
        return why == null || deed == Deed.REMOVED ? Keepable.FREE : new Keepable.OnlyNamed(why);
    }
}
