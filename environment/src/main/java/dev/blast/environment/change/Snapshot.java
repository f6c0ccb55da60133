package dev.blast.environment.change;

import dev.blast.environment.Caller;
import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.Inode;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.install.Store;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeChange;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.environment.tree.TreeScan;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What an environment consists of just before a change of it, and where all of that can be had
 * again. What pip or an editor made of it since the last change is a generation of its own, {@link
 * Occasion.Kind#FOUND}, so that it can come back. Used by the thread that holds the {@link
 * WriterLock}; {@link #close} when done.
 */
public final class Snapshot implements AutoCloseable {
    private static final String DIST_INFO = ".dist-info";

    /** What an INSTALLER may say to be repeated. */
    private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_-]{0,19}");

    private final Dossier dossier;
    private final History history;
    private final Optional<Generation> last;
    private final Optional<Restorable> left;
    private final Contents contents;
    private Tree tree = Tree.EMPTY;
    private Optional<Generation> found = Optional.empty();

    private Snapshot(
            Dossier dossier,
            History history,
            Optional<Generation> last,
            Optional<Restorable> left,
            Contents contents) {
        this.dossier = dossier;
        this.history = history;
        this.last = last;
        this.left = left;
        this.contents = contents;
    }

    /**
     * Looks at the environment, keeps what could not be had again, and enters what was not known
     * into the history.
     */
    public static Snapshot take(
            Dossier dossier, History history, Store store, Caller caller, Instant now)
            throws EnvironmentException {
        Optional<Generation> last = history.last();
        Optional<Restorable> left =
                last.isEmpty() ? Optional.empty() : history.restorable(last.get().number());
        List<String> wheels =
                last.stream()
                        .flatMap(it -> it.packages().stream())
                        .map(Generation.Installed::sha256)
                        .toList();
        try {
            var snapshot = new Snapshot(dossier, history, last, left, Contents.of(store, wheels));
            try {
                snapshot.look(caller, now);
                return snapshot;
            } catch (IOException | EnvironmentException e) {
                snapshot.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed(dossier, e);
        }
    }

    private static EnvironmentException failed(Dossier dossier, IOException e) {
        return new EnvironmentException(
                Message.of(
                        "cannot keep what is in %s, so that it can come back: %s%s\nnothing has been changed",
                        dossier.environment().root(),
                        Cause.of(e),
                        Cause.advice(e, dossier.environment().root())),
                e);
    }

    /** What the environment consists of. */
    public Tree tree() {
        return tree;
    }

    /** The generation that it is. */
    public Optional<Generation> generation() {
        return found.isPresent() ? found : last;
    }

    /** Where what its files hold, and held, can be had. */
    public Contents contents() {
        return contents;
    }

    /** What others had made of it since the last change, and is a generation now. */
    public Optional<Generation> found() {
        return last.isPresent() ? found : Optional.empty();
    }

    private void look(Caller caller, Instant now) throws IOException, EnvironmentException {
        try (HeldEnvironment held = HeldEnvironment.open(dossier.environment())) {
            if (held.isThere()) {
                tree = TreeScan.of(held.root(), this::hash);
            }
        }
        contents.keep();
        Tree before = left.map(Restorable::tree).orElse(Tree.EMPTY);
        if (left.isEmpty() ? !tree.isEmpty() : !TreeChange.between(before, tree).isEmpty()) {
            enter(before, caller, now);
        }
    }

    /**
     * What has its size, its times and its mode still holds what it held: nobody can set back the
     * ctime, which is compared with the time at which the tree was noted.
     */
    private String hash(String path, Inode inode, Path place) throws IOException {
        if (left.isPresent()
                && left.get().tree().at(path).orElse(null) instanceof TreeEntry.File known
                && known.sizeBytes() == inode.sizeBytes()
                && known.modifiedNanos() == inode.modifiedNanos()
                && inode.changedNanos() < left.get().notedNanos()
                && contents.holds(known.hash())) {
            return known.hash();
        }
        Optional<String> linked = contents.linked(inode);
        return linked.isPresent() ? linked.get() : contents.take(place);
    }

    private void enter(Tree before, Caller caller, Instant now)
            throws IOException, EnvironmentException {
        Optional<Applied> applied = Applied.left(dossier.environment());
        var generation =
                new Generation(
                        history.next(applied),
                        UUID.randomUUID().toString(),
                        now,
                        Occasion.of(Occasion.Kind.FOUND, by(before), caller),
                        "",
                        applied.map(Applied::python).orElse(""),
                        applied.map(Applied::policy).orElse(""),
                        packages(),
                        last.map(Generation::lifted).orElse(List.of()),
                        last.map(Generation::requirements).orElse(List.of()));
        Optional<String> lock = Transaction.there(dossier.environment().lockFile());
        try {
            history.add(
                    generation,
                    new Restorable(tree, applied.map(Applied::text), lock, List.of(), notedNow()));
        } catch (EnvironmentException e) {
            throw new EnvironmentException(
                    Message.of("%s\nnothing has been changed", Message.of(e)), e);
        }
        found = Optional.of(generation);
    }

    /** The tools that say of themselves that they installed what is new. */
    private String by(Tree before) {
        var tools = new TreeSet<String>();
        for (TreeEntry entry : tree.entries()) {
            String path = entry.path();
            if (path.endsWith(DIST_INFO + "/INSTALLER") && before.at(path).isEmpty()) {
                String tool = installer(dossier.environment().root().resolve(path));
                if (TOOL.matcher(tool).matches()) {
                    tools.add(tool);
                }
            }
        }
        return String.join(" ", tools);
    }

    /** Empty where it is no text. */
    private static String installer(Path file) {
        try {
            return OrdinaryFile.text(file).strip();
        } catch (IOException _) {
            return "";
        }
    }

    private List<Generation.Installed> packages() throws IOException {
        var packages = new ArrayList<Generation.Installed>();
        var names = new TreeSet<String>();
        for (Path site : sites()) {
            for (InstalledDistribution it : InstalledDistributions.scan(site)) {
                String name = it.name().normalized();
                String version = it.version().toString();
                if (names.add(name)) {
                    packages.add(
                            last.flatMap(before -> before.installed(name, version))
                                    .orElseGet(() ->
                                            new Generation.Installed(
                                                    name, version, "", "", it.requested())));
                }
            }
        }
        return packages;
    }

    private List<Path> sites() {
        return tree.entries().stream()
                .map(TreeEntry::path)
                .filter(path -> path.endsWith(DIST_INFO))
                .map(path -> dossier.environment().root().resolve(path).resolveSibling(""))
                .distinct()
                .toList();
    }

    /** The time of the filesystem that the dossier lies on. */
    private long notedNow() throws IOException {
        Path mark = Files.createTempFile(dossier.folder(), ".noted", "");
        try {
            return Inode.of(mark).changedNanos();
        } finally {
            Files.delete(mark);
        }
    }

    @Override
    public void close() throws EnvironmentException {
        try {
            contents.close();
        } catch (IOException e) {
            throw failed(dossier, e);
        }
    }
}
