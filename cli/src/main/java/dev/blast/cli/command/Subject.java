package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.syntax.Nearest;
import dev.blast.packaging.Host;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Protocol;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code blast check --explain} is asked about. */
sealed interface Subject {

    /** May it connect there? */
    record Connect(String host, int port, Protocol protocol) implements Subject {}

    /** May it read this path? Absolute. */
    record Read(Path path) implements Subject {}

    /** May it write to this path? Absolute. */
    record Write(Path path) implements Subject {}

    /** Would this command be run, and how confined? */
    record Run(String command) implements Subject {}

    /** May this version be chosen; without one: what is chosen among, and what is held back. */
    record Choose(PackageName name, @Nullable Version version) implements Subject {}

    /** May this version be built from its source; without one, the newest? */
    record ToBuild(Choose what) implements Subject {}

    /**
     * May these two versions be together? Without a version it is the newest that is no
     * pre-release.
     */
    record Together(Choose one, Choose other) implements Subject {}

    /** Does this advisory count, by any of its names? */
    record AdvisoryCalled(String id) implements Subject {}

    /**
     * Something that was decided before, as {@code run} and {@code sync} name it.
     *
     * @param id the first hexadecimal digits of it
     */
    record Decided(String id) implements Subject {}

    /** May it make this system call? */
    record Syscall(String name) implements Subject {}

    /** How much may it use up? */
    record LimitOf(Resource resource) implements Subject {}

    /** Is this variable there? */
    record Variable(String name) implements Subject {}

    /** How does this path stand? Absolute. */
    record AccessTo(Path path) implements Subject {}

    /** What follows it, if a session runs into that so often? */
    record Violated(Violation violation) implements Subject {}

    /** Which layers of the sandbox are in force here. */
    record Sandbox() implements Subject {}

    /** Before an id. */
    String DECISION = "#";

    /** Between two packages. */
    String WITH = "with";

    List<String> KINDS =
            List.of(
                    "connect",
                    "read",
                    "write",
                    "access",
                    "run",
                    "package",
                    "build",
                    "advisory",
                    "syscall",
                    "variable",
                    "limit",
                    "violation",
                    "sandbox");

    Pattern ID = Pattern.compile("[0-9a-f]{4,8}");

    Pattern ENDPOINT =
            Pattern.compile(
                    "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^/@]*@)?)?"
                            + "(?<host>\\[[^\\[\\]]+\\]|[^/:\\[\\]@?#\\s]+)(?::(?<port>[0-9]{1,5}))?"
                            + "(?:[/?#].*)?");

    /**
     * Reads the words after {@code --explain}.
     *
     * @param directory what a relative path is relative to
     * @param home what {@code ~} stands for
     */
    static Subject parse(List<String> words, Path directory, Path home) throws Failure {
        String kind = words.getFirst();
        String about = words.size() > 1 ? words.get(1) : "";
        if (kind.startsWith(DECISION)) {
            return decided(words);
        }
        if (!KINDS.contains(kind)) {
            var help = new ArrayList<>(Nearest.hint(kind, KINDS));
            help.add("it is one of: %s, or '#' and an id".formatted(String.join(", ", KINDS)));
            throw new Failure(Exit.USAGE, "cannot explain '" + kind + "'", help);
        }
        boolean pair = kind.equals("package") && words.size() > 2;
        boolean several = pair || kind.equals("limit") || kind.equals("violation");
        boolean more = kind.equals("sandbox") ? !about.isEmpty() : words.size() > 2 && !several;
        boolean less = pair ? words.size() < 4 : about.isEmpty() && !kind.equals("sandbox");
        if (more || less) {
            throw new Failure(
                    Exit.USAGE,
                    "explain " + kind + (less ? " needs to know what" : " takes nothing more"),
                    usage(kind));
        }
        if (pair) {
            return together(words);
        }
        return switch (kind) {
            case "connect" ->
                    isSocketName(about)
                            ? new Connect(
                                    path(about.replaceFirst("^unix:(?://)?", ""), directory, home)
                                            .toString(),
                                    0,
                                    Protocol.UNIX)
                            : connect(about);
            case "read" -> new Read(path(about, directory, home));
            case "write" -> new Write(path(about, directory, home));
            case "run" -> new Run(about);
            case "package" -> versionOf(about, "package");
            case "build" -> new ToBuild(versionOf(about, "build"));
            case "advisory" -> new AdvisoryCalled(about);
            case "syscall" -> new Syscall(about);
            case "access" -> new AccessTo(path(about, directory, home));
            case "variable" -> variable(about);
            case "limit" -> limit(String.join(" ", words.subList(1, words.size())));
            case "violation" -> violation(words.subList(1, words.size()));
            default -> new Sandbox();
        };
    }

    private static Decided decided(List<String> words) throws Failure {
        String id = words.getFirst().substring(DECISION.length()).toLowerCase(Locale.ROOT);
        if (words.size() > 1 || !ID.matcher(id).matches()) {
            throw new Failure(
                    Exit.USAGE,
                    "'%s' is no id of a decision".formatted(String.join(" ", words)),
                    List.of(
                            "such as, in quotes, since a shell leaves out what follows #: blast check --explain '#a41f'"));
        }
        return new Decided(id);
    }

    /** A socket with a name in a folder. */
    private static boolean isSocketName(String about) {
        return about.startsWith("/")
                || about.startsWith("~/")
                || about.startsWith("./")
                || about.startsWith("unix:");
    }

    /**
     * A host with its port, or a URL as it is pasted; without a port it is the one of TLS. {@code
     * udp://} is about datagrams.
     */
    private static Subject connect(String about) throws Failure {
        Matcher matcher = ENDPOINT.matcher(about);
        String scheme = matcher.matches() ? matcher.group("scheme") : null;
        String digits = matcher.matches() ? matcher.group("port") : null;
        int usual = scheme != null && scheme.equalsIgnoreCase("http") ? 80 : 443;
        int port = digits == null ? usual : Integer.parseInt(digits);
        if (!matcher.matches() || port > 65_535) {
            throw new Failure(Exit.USAGE, "'" + about + "' is not HOST:PORT", usage("connect"));
        }
        try {
            var protocol = "udp".equalsIgnoreCase(scheme) ? Protocol.UDP : Protocol.TCP;
            return new Connect(Host.written(matcher.group("host")).text(), port, protocol);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()), usage("connect"));
        }
    }

    /** {@code open-files} is two words, however it is written. */
    private static Subject limit(String about) throws Failure {
        Resource resource =
                Resource.named(about.toLowerCase(Locale.ROOT).replace('-', ' ')).orElse(null);
        if (resource == null) {
            var help = new ArrayList<>(Nearest.hint(about, Resource.words()));
            help.add("it is one of: " + String.join(", ", Resource.words()));
            throw new Failure(Exit.USAGE, "there is no limit '%s'".formatted(about), help);
        }
        return new LimitOf(resource);
    }

    /** A kind, what it is about, and how often: the last word, where it is a number. */
    private static Subject violation(List<String> words) throws Failure {
        String word = words.getFirst().toUpperCase(Locale.ROOT).replace('-', '_');
        List<String> kinds =
                Arrays.stream(ViolationKind.values())
                        .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList();
        ViolationKind kind =
                Arrays.stream(ViolationKind.values())
                        .filter(it -> it.name().equals(word))
                        .findFirst()
                        .orElse(null);
        if (kind == null) {
            var help = new ArrayList<>(Nearest.hint(words.getFirst(), kinds));
            help.add("it is one of: " + String.join(", ", kinds));
            throw new Failure(
                    Exit.USAGE, "there is no violation '%s'".formatted(words.getFirst()), help);
        }
        boolean counted = words.size() > 2 && words.getLast().matches("[0-9]{1,9}");
        long count = counted ? Long.parseLong(words.getLast()) : 1;
        List<String> about = words.subList(1, words.size() - (counted ? 1 : 0));
        return new Violated(new Violation(kind, count, String.join(" ", about)));
    }

    private static Subject variable(String about) throws Failure {
        if (about.contains("=") || about.indexOf('\0') >= 0) {
            throw new Failure(
                    Exit.USAGE,
                    "'" + about + "' is no name of a variable",
                    List.of("such as: blast check --explain variable LC_ALL"));
        }
        return new Variable(about);
    }

    private static Path path(String about, Path directory, Path home) {
        if (about.equals("~") || about.startsWith("~/")) {
            return home.resolve(about.substring(Math.min(2, about.length()))).normalize();
        }
        return directory.resolve(about).normalize();
    }

    private static Subject together(List<String> words) throws Failure {
        if (!words.get(2).equals(WITH)) {
            throw new Failure(
                    Exit.USAGE,
                    "explain package takes 'with' between two packages, not '%s'"
                            .formatted(words.get(2)),
                    usage("package"));
        }
        return new Together(versionOf(words.get(1), "package"), versionOf(words.get(3), "package"));
    }

    private static Choose versionOf(String about, String kind) throws Failure {
        int operator = about.indexOf("==");
        try {
            return operator < 0
                    ? new Choose(new PackageName(about.strip()), null)
                    : new Choose(
                            new PackageName(about.substring(0, operator).strip()),
                            Version.parse(about.substring(operator + 2).strip()));
        } catch (InvalidSyntaxException e) {
            throw new Failure(
                    Exit.USAGE,
                    "'" + about + "' is not NAME or NAME==VERSION: " + e.getMessage(),
                    usage(kind));
        }
    }

    private static List<String> usage(String kind) {
        String example =
                switch (kind) {
                    case "connect" -> "connect index.example:443";
                    case "read", "write", "access" -> kind + " ~/.ssh/id_ed25519";
                    case "variable" -> "variable LC_ALL";
                    case "limit" -> "limit memory";
                    case "violation" -> "violation connect index.example:443 10";
                    case "run" -> "run pytest";
                    case "package" -> "package httpx==0.28.1";
                    case "build" -> "build docopt==0.6.2";
                    case "advisory" -> "advisory CVE-2026-21441";
                    case "syscall" -> "syscall ptrace";
                    default -> kind;
                };
        var examples = new ArrayList<String>();
        examples.add("such as: blast check --explain " + example);
        if (kind.equals("connect")) {
            examples.add("by datagrams: blast check --explain connect udp://time.example:123");
            examples.add("to a socket in a folder: blast check --explain connect /run/x/socket");
        }
        if (kind.equals("package")) {
            examples.add(
                    "two together: blast check --explain %s with anyio==4.9.0".formatted(example));
        }
        return examples;
    }
}
