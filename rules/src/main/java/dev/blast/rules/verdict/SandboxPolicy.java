package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Glob;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a session may see and use. What is not named is not there.
 *
 * @param paths one grant for each path, ordered by path: parents before children
 * @param passVariables names of environment variables to pass on, {@code *} standing for any
 *     characters, each with a rule that says so
 * @param setVariables variables to set, whatever is passed on
 * @param setBy which rule sets a variable; nothing about what no rule sets
 * @param closedOut what a final rule of the system took from the layers below it
 * @param untrusted what a project file that is not trusted would have opened
 */
public record SandboxPolicy(
        List<PathGrant> paths,
        Limits limits,
        Map<String, Reason> passVariables,
        Map<String, String> setVariables,
        Map<String, Reason> setBy,
        SyscallRights syscalls,
        List<Reason> closedOut,
        List<Reason> untrusted) {

    private static final Pattern OF_PROXY =
            Pattern.compile("(https?|all|ftp|pip)_proxy", Pattern.CASE_INSENSITIVE);

    public SandboxPolicy {
        paths = List.copyOf(paths);
        passVariables = Collections.unmodifiableMap(new TreeMap<>(passVariables));
        setVariables = Collections.unmodifiableMap(new TreeMap<>(setVariables));
        setBy = Collections.unmodifiableMap(new TreeMap<>(setBy));
        closedOut = List.copyOf(closedOut);
        untrusted = List.copyOf(untrusted);
    }

    /**
     * The same without what Blast itself takes: hidden whatever is granted, read-only where a rule
     * lets something above be written and none names the path itself.
     */
    public SandboxPolicy withholding(List<Withheld> withheld) {
        SortedMap<Path, PathGrant> rest = new TreeMap<>();
        paths.forEach(grant -> rest.put(grant.path(), grant));
        for (Withheld one : withheld) {
            if (one.access() == Access.HIDDEN) {
                rest.put(one.path(), granting(one.path(), one));
            } else if (deciding(one.path())
                    .filter(grant -> grant.access() == Access.WRITABLE)
                    .isPresent()) {
                rest.putIfAbsent(one.path(), granting(one.path(), one));
            }
        }
        return with(List.copyOf(rest.values()), setVariables);
    }

    private static PathGrant granting(Path path, Withheld one) {
        return new PathGrant(path, one.access(), OptionalLong.empty(), one.reason());
    }

    /** The same with other paths and variables. */
    public SandboxPolicy with(List<PathGrant> paths, Map<String, String> setVariables) {
        return new SandboxPolicy(
                paths, limits, passVariables, setVariables, setBy, syscalls, closedOut, untrusted);
    }

    /**
     * The grant that decides about a path: a hidden one above it, else the longest; empty where
     * nothing is said.
     */
    public Optional<PathGrant> deciding(Path path) {
        Path normalized = path.toAbsolutePath().normalize();
        List<PathGrant> above =
                paths.stream().filter(grant -> normalized.startsWith(grant.path())).toList();
        Optional<PathGrant> hidden =
                above.stream().filter(grant -> grant.access() == Access.HIDDEN).findFirst();
        return hidden.isPresent()
                ? hidden
                : above.stream().max(Comparator.comparingInt(grant -> grant.path().getNameCount()));
    }

    /**
     * Whether what is at this path on the machine can be read. In a temporary folder nothing of it
     * is there.
     */
    public Ruling reading(Path path) {
        return ruling(path, Access.READABLE, Access.WRITABLE);
    }

    /** Whether something can be written there, be it kept or not. */
    public Ruling writing(Path path) {
        return ruling(path, Access.WRITABLE, Access.TEMPORARY);
    }

    private Ruling ruling(Path path, Access one, Access other) {
        Optional<PathGrant> grant = deciding(path);
        return new Ruling(
                grant.filter(it -> it.access() == one || it.access() == other).isPresent(),
                grant.map(PathGrant::reason).stream().toList());
    }

    /**
     * Whether a variable of that name says where a proxy is, often with a password. Only its name
     * passes it on, no pattern: connections go through the proxy without a program's doing, and one
     * that knew of it would go there itself and be refused.
     */
    public static boolean isOfProxy(String variable) {
        return OF_PROXY.matcher(variable).matches();
    }

    public boolean passes(String variable) {
        return !passing(variable).isEmpty();
    }

    /** Whether a variable is there inside: set, or passed on where the caller has it. */
    public Ruling having(String variable) {
        Reason setting = setBy.get(variable);
        return setVariables.containsKey(variable)
                ? new Ruling(true, setting == null ? List.of() : List.of(setting))
                : new Ruling(passes(variable), passing(variable));
    }

    private List<Reason> passing(String variable) {
        return passVariables.entrySet().stream()
                .filter(it ->
                        isOfProxy(variable)
                                ? it.getKey().equals(variable)
                                : Glob.of(it.getKey(), Glob.FLAT).matches(variable))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }
}
