package dev.blast.environment.session;

import dev.blast.environment.Cause;
import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.HeldEnvironment;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.install.Trees;
import dev.blast.packaging.Digest;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The bytecode that confined programs keep from run to run. Whoever may write it decides what those
 * who read it run, so each outcome of the rules has a folder of its own: programs with the same
 * rights share it, and nobody else.
 */
public final class Bytecode {
    /** Folders that stay; the others, the longest unused first, can be made again. */
    private static final int KEPT = 8;

    private static final int KEY_DIGITS = 16;

    /** Where Python keeps bytecode, in place of a folder beside each module. */
    static final String PREFIX = "PYTHONPYCACHEPREFIX";

    /** Set to anything: Python keeps none. */
    static final String NONE = "PYTHONDONTWRITEBYTECODE";

    private final Environment environment;
    private final Path folder;
    private final Path compiled;

    public Bytecode(Environment environment) {
        this.environment = environment;
        folder = environment.folder().resolve("bytecode");
        compiled = environment.folder().resolve("compiled");
    }

    /** Whether what the last change left was compiled where it lies. */
    public boolean isCompiled(Applied last) {
        try {
            return OrdinaryFile.text(compiled).equals(note(last));
        } catch (IOException _) {
            return false; // it was not
        }
    }

    void noteCompiled(Applied last) throws EnvironmentException {
        HeldEnvironment.write(environment, compiled, note(last));
    }

    private static String note(Applied last) {
        return "generation %d of %s\n".formatted(last.generation(), last.time());
    }

    /**
     * Where the installed modules are compiled, what is kept beside them is read, and nothing is
     * written: what a program would leave in its project others would run. Else see {@link #apart}.
     */
    SandboxPolicy settled(SandboxPolicy policy, Applied last) {
        if (!isCompiled(last)) {
            return apart(policy);
        }
        SandboxPolicy without = withoutShared(policy);
        Map<String, String> variables = new TreeMap<>(without.setVariables());
        if (!policy.setVariables().equals(without.setVariables())) {
            variables.put(NONE, "1");
        }
        return without.with(without.paths(), variables);
    }

    /**
     * The same policy with the folder of those who have just these rights; with none where none can
     * be kept, as in an image that another user made.
     */
    public SandboxPolicy apart(SandboxPolicy policy) {
        Path own = folder.resolve(key(policy));
        if (!Directories.canBeMade(own)) {
            return withoutShared(policy);
        }
        List<PathGrant> paths = new ArrayList<>();
        for (PathGrant grant : policy.paths()) {
            paths.add(
                    isShared(grant)
                            ? new PathGrant(own, Access.WRITABLE, grant.sizeBytes(), grant.reason())
                            : grant);
        }
        Map<String, String> variables = new TreeMap<>(policy.setVariables());
        variables.replaceAll(
                (_, value) -> value.equals(folder.toString()) ? own.toString() : value);
        return policy.with(paths, variables);
    }

    private SandboxPolicy withoutShared(SandboxPolicy policy) {
        return policy.with(
                policy.paths().stream().filter(grant -> !isShared(grant)).toList(),
                policy.setVariables().entrySet().stream()
                        .filter(set -> !set.getValue().equals(folder.toString()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private boolean isShared(PathGrant grant) {
        return grant.access() == Access.WRITABLE && grant.path().equals(folder);
    }

    /** Everything that a program can see or do by it; not how much of it. */
    private static String key(SandboxPolicy policy) {
        var digest = new Digest();
        for (PathGrant grant : policy.paths()) {
            digest.add(grant.access().name());
            digest.add(grant.path().toString());
        }
        for (Iterable<String> names :
                List.of(
                        policy.passVariables().keySet(),
                        policy.setVariables().keySet(),
                        policy.setVariables().values(),
                        policy.syscalls().opened(),
                        policy.syscalls().closed())) {
            digest.add("");
            names.forEach(digest::add);
        }
        return digest.hex().substring(0, KEY_DIGITS);
    }

    /**
     * Takes away what has not been used for longest, as far as it can be; the next time tries
     * again. Only while nothing runs in the environment.
     */
    public void tidy() {
        try {
            keep(KEPT);
        } catch (IOException _) {
            // a program may have made a folder that cannot be read; nothing is the worse for it
        }
    }

    /** Takes all of it away. Only while nothing runs in the environment. */
    public void clear() throws EnvironmentException {
        try {
            keep(0);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot remove %s: %s".formatted(folder, Cause.of(e, folder)), e);
        }
    }

    private void keep(int most) throws IOException {
        record Used(Path path, FileTime at) {}
        List<Used> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                all.add(
                        new Used(
                                entry,
                                Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)));
            }
        } catch (NoSuchFileException e) {
            return; // nothing has run here yet
        }
        all.sort(Comparator.comparing(Used::at).reversed());
        for (Used used : all.subList(Math.min(most, all.size()), all.size())) {
            Trees.delete(used.path());
        }
    }
}
