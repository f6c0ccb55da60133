package dev.blast.environment.learn;

import dev.blast.rules.format.PolicyFormat;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.vocabulary.AmountText;
import dev.blast.rules.vocabulary.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The narrowest rules for what was seen, as a file of the project. Pure.
 *
 * @param name of the file, without folder and ending
 * @param text laid out
 * @param tried the same as it may be in force before anybody has agreed: what would be written on
 *     the machine goes to a folder that holds only what is read there
 * @param lines what each rule opens or limits, in words
 * @param unproved folders outside of the project that are to be written
 * @param closed what is not proposed, and why
 */
public record LearnedRules(
        String name,
        String text,
        String tried,
        List<String> lines,
        List<String> unproved,
        SortedMap<String, String> closed) {
    /** Letters of a name. */
    private static final int LONGEST = 80;

    private static final String MORE =
            "what opens something is in force once somebody trusts the file: blast trust";

    public LearnedRules {
        lines = List.copyOf(lines);
        unproved = List.copyOf(unproved);
    }

    /**
     * Writes them.
     *
     * @param command the program as a session names it, to which all of it is bound
     * @param line the command as it was typed
     * @param withCalls whether refused system calls are opened: where the program failed with them
     *     refused
     */
    public static LearnedRules of(
            String command,
            String line,
            String name,
            SeenNeeds needs,
            SeenPeaks peaks,
            boolean withCalls,
            Path project,
            Path home) {
        var writing = new Writing(command, project, home);
        needs.endpoints().forEach(writing::connect);
        writing.reads(needs.reads());
        writing.writes(needs.writes(), needs.inner());
        writing.named("variables", "is given variables", "passVariable", needs.variables());
        if (withCalls) {
            writing.named("calls", "calls the kernel", "allowSyscalls", needs.calls());
        }
        writing.limits(peaks);
        writing.closed.putAll(needs.closed());
        if (!withCalls && !needs.calls().isEmpty()) {
            writing.closed.put(
                    "calls " + String.join(", ", needs.calls()),
                    "the command ended well with them refused");
        }
        String head =
                "package learned.of_%s\n\n// What `%s` was seen to need and no rule gave it; %s\n"
                        .formatted(name.replaceAll("[^A-Za-z0-9_]", "_"), Quoted.plain(line), MORE);
        return new LearnedRules(
                fileOf(name),
                laid(head + writing.rules),
                laid(head + writing.tried),
                writing.lines,
                writing.unproved,
                writing.closed);
    }

    private static String laid(String text) {
        return switch (PolicyFormat.of(file("learned", text))) {
            case PolicyFormat.Result.Laid(String laid) -> laid;
            case PolicyFormat.Result.Unreadable(var faults) ->
                    throw new IllegalStateException("learned rules cannot be read: " + faults);
        };
    }

    private static PolicyFile file(String name, String text) {
        return new PolicyFile(Layer.PROJECT, "policies/" + name + ".drl", text, true);
    }

    /**
     * Whether a run under what was {@link #tried} shows that they are enough. One that failed as
     * before may have failed for what was not tried.
     *
     * @param before the exit code of the run before
     * @param missed whether it was seen to need more
     */
    public boolean areProved(int exitCode, int before, boolean missed) {
        return exitCode == before && !missed && (exitCode == 0 || unproved.isEmpty());
    }

    /** What was tried, as if it were trusted. */
    public PolicyFile file() {
        return file(name, tried);
    }

    /** The name of the file, without folder and ending. */
    public static String fileOf(String name) {
        return "learned-" + name;
    }

    /** A name for the rules: of the script or the program that was run. */
    public static String nameOf(List<String> command) {
        String last = command.getFirst();
        for (String word : command) {
            if (word.endsWith(".py")) {
                last = word;
                break;
            }
        }
        String name =
                last.substring(last.lastIndexOf('/') + 1)
                        .replaceFirst("\\.(py|sh)$", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        String cut = name.substring(0, Math.min(name.length(), LONGEST)).replaceAll("-$", "");
        return cut.isEmpty() ? "command" : cut;
    }

    /** Takes one rule after the other. */
    private static final class Writing {
        private static final String WRITES = "writes of no other rule";

        private final String session;
        private final String who;
        private final Path project;
        private final Path home;
        private final StringBuilder rules = new StringBuilder();
        private final StringBuilder tried = new StringBuilder();
        private final List<String> lines = new ArrayList<>();
        private final List<String> unproved = new ArrayList<>();
        private final SortedMap<String, String> closed = new TreeMap<>();

        Writing(String command, Path project, Path home) {
            Optional<String> literal = Quoted.literal(command);
            this.session =
                    literal.map("    Session( command == %s )\n"::formatted)
                            .orElse("    Session( )\n");
            this.who = Quoted.plain(command).replace("\"", "'").replace("\\", "/");
            this.project = project;
            this.home = home;
        }

        void connect(Endpoint endpoint, int count) {
            Optional<String> host = Quoted.literal(endpoint.host());
            if (host.isEmpty()) {
                closed.put("connect " + endpoint.text(), "its name cannot be written in a rule");
                return;
            }
            String times = count == 1 ? "once" : count + " times";
            lines.add("connect %s (%s)".formatted(endpoint.text(), times));
            both(
                    "was reached " + times,
                    "%s reaches %s".formatted(who, Quoted.plain(endpoint.text())),
                    session
                            + "    Connection( host == %s, port == %d, protocol == %s )\n"
                                    .formatted(host.get(), endpoint.port(), endpoint.protocol()),
                    "    allow();\n");
        }

        void reads(Iterable<Path> paths) {
            both(
                    "reads of no other rule",
                    who + " reads what it was seen to",
                    session,
                    statements("readable", literals("reads", "readable", paths).values(), ""));
        }

        void writes(Iterable<Path> paths, Collection<Path> inner) {
            Map<Path, String> folders = literals("writes", "writable", paths);
            var outside = new TreeMap<Path, String>(folders);
            outside.keySet().removeIf(folder -> folder.startsWith(project));
            outside.keySet().forEach(folder -> unproved.add(shown(folder)));
            var inside = new TreeMap<Path, String>(folders);
            inside.keySet().removeAll(outside.keySet());
            String title = who + " writes what it was seen to";
            rule(rules, WRITES, title, session, statements("writable", folders.values(), ""));
            rule(
                    tried,
                    WRITES,
                    title,
                    session,
                    statements("writable", inside.values(), "")
                            + statements("temporary", outside.values(), ", \"1 GiB\"")
                            + statements("readable", inner(inner, outside.keySet()), ""));
        }

        private List<String> inner(Collection<Path> paths, Collection<Path> folders) {
            return paths.stream()
                    .filter(path -> folders.stream().anyMatch(path::startsWith))
                    .map(path -> literal(shown(path)))
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Optional<String> literal(String shown) {
            return shown.matches(".*[*?\\[\\]{}$].*") ? Optional.empty() : Quoted.literal(shown);
        }

        private SortedMap<Path, String> literals(String what, String verb, Iterable<Path> paths) {
            var literals = new TreeMap<Path, String>();
            for (Path path : paths) {
                String shown = shown(path);
                Optional<String> literal = literal(shown);
                if (literal.isEmpty()) {
                    closed.put(what + " " + path, "its name cannot be written in a rule");
                } else {
                    literals.put(path, literal.get());
                    lines.add("%s %s".formatted(verb, shown));
                }
            }
            return literals;
        }

        void named(String what, String title, String verb, Iterable<String> names) {
            List<String> literals = new ArrayList<>();
            for (String name : names) {
                Quoted.literal(name).filter(it -> !name.contains("*")).ifPresent(literals::add);
            }
            if (!literals.isEmpty()) {
                lines.add(what + " " + String.join(", ", names));
            }
            both(
                    what + " of no other rule",
                    "%s %s".formatted(who, title),
                    session,
                    statements(verb, literals, ""));
        }

        private static String statements(String verb, Collection<String> literals, String rest) {
            return literals.stream()
                    .map(it -> "    %s( %s%s );\n".formatted(verb, it, rest))
                    .collect(Collectors.joining());
        }

        void limits(SeenPeaks peaks) {
            var verbs = new StringBuilder();
            List<String> shown = new ArrayList<>();
            peaks.limits()
                    .forEach((resource, amount) -> {
                        verbs.append("    ")
                                .append(AmountText.verb(resource))
                                .append("( ")
                                .append(AmountText.literal(resource, amount))
                                .append(" );\n");
                        shown.add(
                                AmountText.verb(resource) + " " + AmountText.of(resource, amount));
                    });
            lines.add(String.join(", ", shown));
            both(
                    "twice what was seen, and five times as long",
                    who + " has room to grow",
                    session,
                    verbs.toString());
        }

        private void both(String comment, String title, String when, String then) {
            rule(rules, comment, title, when, then);
            rule(tried, comment, title, when, then);
        }

        private static void rule(
                StringBuilder text, String comment, String title, String when, String then) {
            if (!then.isEmpty()) {
                text.append("\n// ")
                        .append(comment)
                        .append("\nrule ")
                        .append(Quoted.of(title))
                        .append("\n    @reason(\"seen by blast learn\")\nwhen\n")
                        .append(when)
                        .append("then\n")
                        .append(then)
                        .append("end\n");
            }
        }

        private String shown(Path path) {
            return path.startsWith(project) && !path.equals(project)
                    ? "./" + project.relativize(path)
                    : path.startsWith(home) && !path.equals(home)
                            ? "~/" + home.relativize(path)
                            : path.toString();
        }
    }

    /** What is proposed and what is not, a line each. */
    public Stream<String> said() {
        return Stream.concat(
                lines.stream().map(it -> "+ " + it),
                closed.entrySet().stream()
                        .map(it ->
                                "! not proposed: %s (%s)".formatted(it.getKey(), it.getValue())));
    }
}
