package dev.blast.cli.syntax;

import dev.blast.packaging.Visible;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands of pip, uv, Poetry, conda and their like that Blast does not have, in its own words. */
public final class ForeignWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,=+:/@-]+");

    /** After these the command that is meant comes next. */
    private static final List<String> PREFIXES = List.of("pip", "pip3", "env", "self", "tool");

    private ForeignWords() {}

    /**
     * What does the same here, in one line; empty for words that none of them has.
     *
     * @param line from the command's name on
     */
    public static Optional<String> answer(List<String> line) {
        String word = line.getFirst();
        if (PREFIXES.contains(word) && line.size() > 1 && !line.get(1).startsWith("-")) {
            Optional<String> known = second(word, line.subList(1, line.size()));
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.ofNullable(first(word, line.subList(1, line.size())));
    }

    /** The same of an option. */
    static Optional<String> option(String name) {
        return switch (name) {
            case "--package" ->
                    Optional.of(
                            "a member of a workspace has an environment of its own: blast -C FOLDER start");
            case "--all-packages" ->
                    Optional.of(
                            "all members are installed where the root has no [project]; each alone by blast -C FOLDER start");
            case "--script" ->
                    Optional.of(
                            "what a script needs stands in its # /// script block, which is written by hand: blast run SCRIPT.py brings it");
            default -> Optional.empty();
        };
    }

    private static Optional<String> second(String word, List<String> line) {
        String told = first(line.getFirst(), line.subList(1, line.size()));
        return switch (word + " " + line.getFirst()) {
            case "pip list", "pip3 list" -> Optional.of("blast list packages");
            case "pip check", "pip3 check", "pip sync" -> Optional.of("blast " + line.getFirst());
            case "pip compile" -> Optional.of("blast sync --lock-only");
            case "env list" -> Optional.of("blast list");
            case "env remove", "env rm" ->
                    Optional.of(words("blast clean", line.subList(1, line.size())));
            case "env use" ->
                    Optional.of(words("blast start --python", line.subList(1, line.size())));
            case "self update", "self upgrade" ->
                    Optional.of("Blast is updated where it came from: git pull, then ./install");
            default -> Optional.ofNullable(told);
        };
    }

    private static @Nullable String first(String word, List<String> rest) {
        String named = named(rest);
        return switch (word) {
            case "install", "i" ->
                    named.isEmpty() || isFile(rest)
                            ? "blast start makes the environment with what the project asks for; blast sync keeps it so"
                            : "blast add " + named;
            case "rm", "uninstall" -> "blast remove " + (named.isEmpty() ? "NAME" : named);
            case "lock", "compile" -> "blast sync --lock-only";
            case "venv", "virtualenv", "env", "new", "mkvirtualenv" -> "blast start";
            case "create" -> {
                String name = after(rest, "-n", "--name");
                yield name.isEmpty() ? "blast start" : "blast start --name " + name;
            }
            case "update", "upgrade" ->
                    named.isEmpty()
                            ? "blast sync --upgrade"
                            : plain(rest)
                                    .map(it -> "--upgrade " + it)
                                    .collect(Collectors.joining(" ", "blast sync ", ""));
            case "revert" -> "blast undo, or blast rollback N";
            case "pack", "archive" ->
                    "blast save NAME --file NAME.blast, and blast load NAME.blast elsewhere";
            case "snapshot", "backup", "checkpoint" -> "blast save NAME";
            case "restore" -> "blast load NAME, or blast rollback N";
            case "tree", "graph" -> "blast list packages --tree";
            case "export" -> "blast sync --lock-only requirements.lock.txt";
            case "freeze" ->
                    "blast list packages; all versions with their hashes are in pylock.toml, which pip and uv install from";
            case "show" -> named.isEmpty() ? "blast list packages" : "blast why " + named;
            case "info", "status", "doctor" -> "blast check, and blast list for all environments";
            case "outdated" -> "blast list packages --outdated";
            case "ls" -> "blast list packages";
            case "audit" -> "blast advisories update, then blast check";
            case "activate", "workon" ->
                    "source .venv/bin/activate, or blast shell; a program cannot change the shell that started it (eval \"$(blast init bash)\" in a start file makes blast activate work)";
            case "deactivate" ->
                    "deactivate, which the activation has defined in the shell; exit leaves a blast shell";
            case "pip", "pip3" -> words("blast run pip", rest);
            case "python", "python3" -> python(rest);
            case "exec", "x" -> words("blast run", rest);
            case "script" -> "blast run SCRIPT.py; what it needs stands in its # /// script block";
            default -> null;
        };
    }

    private static String python(List<String> rest) {
        List<String> named = plain(rest).toList();
        String version = named.size() > 1 ? quoted(named.get(1)) : "3.12";
        return switch (named.isEmpty() ? "" : named.getFirst()) {
            case "install" ->
                    "Blast takes interpreters that are here, and brings none: blast start --python %s"
                            .formatted(version);
            case "pin" -> "echo %s >.python-version, then blast sync".formatted(version);
            case "find", "list", "dir" -> "blast list shows which Python each environment has";
            default -> words("blast run python", rest);
        };
    }

    private static boolean isFile(List<String> rest) {
        return rest.contains("-r")
                || rest.contains("-e")
                || rest.contains("--requirement")
                || rest.contains(".");
    }

    private static String after(List<String> rest, String option, String other) {
        for (int i = 0; i + 1 < rest.size(); i++) {
            if (rest.get(i).equals(option) || rest.get(i).equals(other)) {
                return quoted(rest.get(i + 1));
            }
        }
        return "";
    }

    private static String named(List<String> rest) {
        return plain(rest).collect(Collectors.joining(" "));
    }

    private static Stream<String> plain(List<String> rest) {
        return rest.stream().filter(it -> !it.startsWith("-")).map(ForeignWords::quoted);
    }

    private static String words(String command, List<String> rest) {
        return rest.isEmpty()
                ? command
                : rest.stream()
                        .map(ForeignWords::quoted)
                        .collect(Collectors.joining(" ", command + " ", ""));
    }

    private static String quoted(String word) {
        String visible = Visible.of(word);
        return PLAIN.matcher(visible).matches()
                ? visible
                : "'%s'".formatted(visible.replace("'", "'\\''"));
    }
}
