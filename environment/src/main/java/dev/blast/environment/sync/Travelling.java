package dev.blast.environment.sync;

import dev.blast.environment.change.Generation;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.FileSource;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.install.InstallEntry;
import dev.blast.environment.install.RefusedFilesException;
import dev.blast.environment.install.TravelledPackages;
import dev.blast.environment.install.Venv;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.JsonFields;
import dev.blast.environment.interpreter.Scheme;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.RecordFile;
import dev.blast.packaging.Version;
import dev.blast.packaging.archive.DistInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What of an environment can be laid out at another place: its packages, and the venv anew. */
final class Travelling {
    private static final String DIRECT_URL = ".dist-info/direct_url.json";
    private static final Pattern INTERPRETER = Pattern.compile("bin/(?:python|pypy)");
    private static final int OWNER_READS = 0400;
    private static final int OWNER_RUNS = 0100;

    /** Other makers of venvs put these into site-packages, and Blast's do without. */
    private static final Set<String> MAKERS = Set.of("_virtualenv.pth", "_virtualenv.py");

    private Travelling() {}

    /**
     * What travels, and what stays behind.
     *
     * @param editable the {@code .dist-info} folders of packages that are read from a folder of
     *     this machine; their files are not in the tree
     */
    record Luggage(Tree tree, List<String> editable) {
        /** Of these the ones that travel. */
        List<Generation.Installed> of(List<Generation.Installed> packages) {
            return packages.stream()
                    .filter(it -> editable.stream().noneMatch(folder -> describes(folder, it)))
                    .toList();
        }

        /** A sentence on each that does not. */
        List<String> remarks(List<Generation.Installed> packages) {
            return packages.stream()
                    .filter(it -> editable.stream().anyMatch(folder -> describes(folder, it)))
                    .map(it ->
                            "%s %s is read from its own folder and does not travel: blast sync installs it where that is"
                                    .formatted(it.name(), it.version()))
                    .toList();
        }

        private static boolean describes(String folder, Generation.Installed it) {
            return DistInfo.isOf(new PackageName(it.name()), Version.parse(it.version()), folder);
        }
    }

    /**
     * The same without what is made again anywhere, or is nowhere else: bytecode, what other makers
     * leave, editable packages, and folders that would be left with nothing in them.
     *
     * @param contents holds what the files hold
     */
    static Luggage of(Tree tree, Interpreter interpreter, Contents contents) throws IOException {
        Scheme scheme = interpreter.venvScheme();
        var editable = new ArrayList<String>();
        var behind = new HashSet<String>();
        for (TreeEntry.File file : tree.files()) {
            if (file.path().endsWith(DIRECT_URL) && isEditable(contents.read(file.hash()))) {
                Path folder = HeldFolder.above(Path.of(file.path()));
                editable.add(folder.getFileName().toString());
                behind.addAll(files(folder, tree, contents));
            }
        }
        var staying = new ArrayList<TreeEntry>();
        Set<String> folders = folders(scheme);
        for (TreeEntry entry : tree.entries()) {
            String path = entry.path();
            boolean isLeft =
                    entry instanceof TreeEntry.Folder
                            || behind.contains(path)
                            || isInterpreter(entry)
                            || TravelledPackages.isBytecode(path)
                            || (path.startsWith(scheme.purelib() + "/")
                                    && MAKERS.contains(
                                            path.substring(scheme.purelib().length() + 1)));
            if (!isLeft) {
                staying.add(entry);
                addAbove(path, folders);
            }
        }
        for (TreeEntry entry : tree.entries()) {
            if (entry instanceof TreeEntry.Folder && folders.contains(entry.path())) {
                staying.add(entry);
            }
        }
        return new Luggage(Tree.of(staying), editable);
    }

    private static boolean isEditable(byte[] directUrl) {
        try {
            return JsonFields.parse(new String(directUrl, StandardCharsets.UTF_8))
                                    .members()
                                    .get("dir_info")
                            instanceof JsonFields info
                    && Boolean.TRUE.equals(info.members().get("editable"));
        } catch (IOException _) {
            return false; // what it is is for those to say who look closer
        }
    }

    /** Those of a package, by its RECORD. */
    private static Set<String> files(Path distInfo, Tree tree, Contents contents)
            throws IOException {
        var files = new HashSet<String>();
        Path site = HeldFolder.above(distInfo);
        if (tree.at(distInfo.resolve("RECORD").toString()).orElse(null)
                instanceof TreeEntry.File record) {
            try {
                RecordFile.read(new String(contents.read(record.hash()), StandardCharsets.UTF_8))
                        .entries()
                        .forEach(it -> files.add(site.resolve(it.path()).normalize().toString()));
            } catch (InvalidSyntaxException | InvalidPathException _) {
                return files;
            }
        }
        return files;
    }

    /**
     * The same where nobody may do more with a file or folder than with one that is made here, and
     * none is from the future: what is written into later is then the younger.
     *
     * @param allowed the permissions of a new folder, as the umask leaves them
     * @param nowNanos the time there, in nanoseconds since 1970
     */
    static Tree asMadeHere(Tree tree, int allowed, long nowNanos) {
        return Tree.of(
                tree.entries().stream()
                        .map(entry ->
                                switch (entry) {
                                    case TreeEntry.Folder(String path, int mode) ->
                                            new TreeEntry.Folder(path, mode & allowed);
                                    case TreeEntry.File it ->
                                            new TreeEntry.File(
                                                    it.path(),
                                                    it.mode() & allowed,
                                                    Math.clamp(it.modifiedNanos(), 0, nowNanos),
                                                    it.sizeBytes(),
                                                    it.hash());
                                    case TreeEntry.Link(
                                                    String path,
                                                    long modified,
                                                    String target) ->
                                            new TreeEntry.Link(
                                                    path,
                                                    Math.clamp(modified, 0, nowNanos),
                                                    target);
                                })
                        .toList());
    }

    /** A copy of one, where a link to one is usual. */
    private static boolean isInterpreter(TreeEntry entry) {
        return entry instanceof TreeEntry.File
                && Venv.isOwn(entry.path())
                && INTERPRETER.matcher(entry.path()).lookingAt();
    }

    /** Folders that a venv has even while they are empty. */
    private static Set<String> folders(Scheme scheme) {
        var folders = new HashSet<String>();
        for (String folder :
                List.of(scheme.purelib(), scheme.platlib(), scheme.scripts(), Venv.INCLUDE)) {
            folders.add(folder);
            addAbove(folder, folders);
        }
        return folders;
    }

    private static void addAbove(String path, Set<String> folders) {
        for (Path above = Path.of(path).getParent(); above != null; above = above.getParent()) {
            folders.add(above.toString());
        }
    }

    /**
     * The files of packages in a tree, which has nothing else but what a venv is made of.
     *
     * @param contents holds what they hold
     * @throws RefusedFilesException where it has
     */
    static List<InstallEntry> files(Tree tree, Interpreter interpreter, Contents contents)
            throws RefusedFilesException {
        var files = new ArrayList<InstallEntry>();
        Set<String> folders = folders(interpreter.venvScheme());
        tree.files().forEach(it -> addAbove(it.path(), folders));
        for (TreeEntry entry : tree.entries()) {
            String path = entry.path();
            switch (entry) {
                case TreeEntry.Folder _ -> {
                    if (!folders.contains(path)) {
                        throw new RefusedFilesException(
                                "'%s' is a folder with nothing in it".formatted(path));
                    }
                }
                case TreeEntry.Link _ -> {
                    if (!Venv.isOwn(path)) {
                        throw new RefusedFilesException(
                                "'%s' is a link; packages bring files alone".formatted(path));
                    }
                }
                case TreeEntry.File(_, int mode, _, long size, String hash) -> {
                    if ((mode & OWNER_READS) == 0) {
                        throw new RefusedFilesException(
                                "'%s' could not be read: its permissions are %o"
                                        .formatted(path, mode));
                    }
                    if (isInterpreter(entry)) {
                        throw new RefusedFilesException(
                                "'%s' would be an interpreter".formatted(path));
                    }
                    if (!Venv.isOwn(path)) {
                        files.add(
                                new InstallEntry(
                                        path,
                                        new FileSource.Taken(contents, hash),
                                        (mode & OWNER_RUNS) != 0,
                                        hash,
                                        size));
                    }
                }
            }
        }
        return files;
    }
}
