package dev.blast.environment.install;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.HookKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the files that go into an environment act whenever its interpreter starts: .pth and
 * .start files directly in site-packages, and the customize modules there and in every folder that
 * a .pth file adds, with those that the interpreter's own sitecustomize asks for; one of the
 * environment's or one that comes now. Judged by where a file goes, not by which part of a wheel it
 * comes from. Folders that are added are not searched for further .pth files.
 */
public final class StartupHooks {
    private static final String SITE_CUSTOMIZE = "sitecustomize";
    private static final String USER_CUSTOMIZE = "usercustomize";

    private final Collection<InstallPlan> plans;
    private final StandardLibrary library;

    /** What stands for sitecustomize: itself, and what the interpreter's own asks for. */
    private final List<String> customize = new ArrayList<>();

    /** With a slash at its end. */
    private final String site;

    private final Path siteFolder;

    /** The folders of what is installed editable, without links. */
    private final Map<PackageName, Path> editables;

    private final Set<String> added = new HashSet<>();

    /**
     * @param plans all that are to be carried out together
     * @param environment the root of what is there already; need not exist
     * @param editables the folders that a person named, by what is installed editable from them
     */
    public StartupHooks(
            Collection<InstallPlan> plans,
            Interpreter interpreter,
            Path environment,
            Map<PackageName, Path> editables)
            throws IOException {
        this.editables = Map.copyOf(editables);
        this.plans = plans;
        this.library = new StandardLibrary(interpreter.standardLibrary());
        this.site = interpreter.venvScheme().purelib() + "/";
        customize.add(SITE_CUSTOMIZE);
        if (!plans.isEmpty()) {
            customize.addAll(library.askedForAtStart());
        }
        this.siteFolder = environment.resolve(site);
        added.add("");
        for (Path file : there("", "*.pth")) {
            if (Files.isRegularFile(file)) {
                addFolders(PathFile.of(Files.readAllBytes(file)));
            }
        }
        for (InstallPlan plan : plans) {
            for (InstallEntry entry : plan.entries()) {
                String path = within(entry);
                if (path != null && isPathFile(path)) {
                    addFolders(PathFile.of(entry.source().read()));
                }
            }
        }
    }

    private void addFolders(PathFile file) {
        for (String line : file.folders()) {
            folder(line).ifPresent(added::add);
        }
    }

    /** Those of one of the plans, in the order of its entries. */
    public List<StartupHookFile> of(InstallPlan plan) throws IOException {
        var hooks = new ArrayList<StartupHookFile>();
        for (InstallEntry entry : plan.entries()) {
            String path = within(entry);
            if (path == null) {
                continue;
            }
            if (isPathFile(path)) {
                hooks.add(pathFile(plan, path, entry.source().read()));
            } else if (path.endsWith(".start") && path.indexOf('/') < 0) {
                hooks.add(hook(path, HookKind.START));
            } else if (isCustomize(path, USER_CUSTOMIZE)) {
                hooks.add(hook(path, HookKind.USERCUSTOMIZE));
            } else if (isSystemCustomize(path)) {
                hooks.add(hook(path, HookKind.SITECUSTOMIZE));
            }
        }
        return hooks;
    }

    private boolean isSystemCustomize(String path) {
        for (String name : customize) {
            if (isCustomize(path, name)) {
                return true;
            }
        }
        return false;
    }

    private static StartupHookFile hook(String file, HookKind kind) {
        return new StartupHookFile(file, kind, true, false);
    }

    private static boolean isPathFile(String path) {
        return path.indexOf('/') < 0 && path.endsWith(".pth");
    }

    /** Its path below site-packages; null where it lies elsewhere. */
    private @Nullable String within(InstallEntry entry) {
        return entry.target().startsWith(site) ? entry.target().substring(site.length()) : null;
    }

    /** As a .py, a .pyc, an extension module with any suffix, or a package. */
    private boolean isCustomize(String path, String name) {
        int at = path.lastIndexOf('/') + 1;
        if (path.startsWith("__init__.", at)) {
            String packagePath = path.substring(0, Math.max(0, at - 1));
            int of = packagePath.lastIndexOf('/') + 1;
            return packagePath.startsWith(name, of)
                    && packagePath.length() == of + name.length()
                    && added.contains(packagePath.substring(0, Math.max(0, of - 1)));
        }
        return path.startsWith(name, at)
                && path.startsWith(".", at + name.length())
                && added.contains(path.substring(0, Math.max(0, at - 1)));
    }

    private StartupHookFile pathFile(InstallPlan plan, String path, byte[] content)
            throws IOException {
        PathFile file = PathFile.of(content);
        boolean executes = !file.plain() || !file.code().isEmpty();
        for (String line : file.folders()) {
            executes |= !onlyAdds(plan, folder(line)) && !addsOfEditable(plan, line);
        }
        boolean known =
                KnownHooks.isKnown(plan.name(), content)
                        || joinsNamespaces(plan, file)
                        || findsEditable(plan, file);
        return new StartupHookFile(path, HookKind.PTH, executes, executes && known);
    }

    /**
     * A folder below site-packages with files of the same distribution, and nothing run from it.
     */
    private boolean onlyAdds(InstallPlan plan, Optional<String> folder) throws IOException {
        if (folder.isEmpty()) {
            return false;
        }
        if (folder.get().isEmpty()) {
            return true; // site-packages itself, which is on the path already
        }
        String prefix = site + folder.get() + "/";
        if (plan.entries().stream().noneMatch(entry -> entry.target().startsWith(prefix))) {
            return false;
        }
        for (String name : customizing()) {
            if (!there(folder.get(), name + "*").isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** A folder in the one that the person named, with nothing that is run from it. */
    private boolean addsOfEditable(InstallPlan plan, String line) throws IOException {
        Path root = editables.get(plan.name());
        if (root == null || !line.startsWith("/") || line.indexOf('\0') >= 0) {
            return false;
        }
        Path folder = Path.of(line).normalize();
        if (!folder.startsWith(root) || !folder.toRealPath().startsWith(root)) {
            return false;
        }
        for (String name : customizing()) {
            if (!in(folder, name + "*").isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private List<String> customizing() {
        var names = new ArrayList<>(customize);
        names.add(USER_CUSTOMIZE);
        return names;
    }

    /** The module beside the file is one by which setuptools finds what lies in the folder. */
    private boolean findsEditable(InstallPlan plan, PathFile file) throws IOException {
        Path root = editables.get(plan.name());
        String module = EditableFinder.module(file.code());
        if (root == null || module == null || !file.plain() || !file.folders().isEmpty()) {
            return false;
        }
        for (InstallEntry entry : plan.entries()) {
            if (entry.target().equals(site + module)) {
                return EditableFinder.isKnown(entry.source().read(), root, customizing());
            }
        }
        return false;
    }

    /**
     * What a line of a .pth file adds, relative to site-packages; empty where it leads elsewhere.
     */
    private Optional<String> folder(String line) {
        if (line.indexOf('\0') >= 0 || line.startsWith("/")) {
            return Optional.empty();
        }
        Path root = Path.of("/").resolve(site);
        Path path = root.resolve(line).normalize();
        return path.startsWith(root)
                ? Optional.of(root.relativize(path).toString())
                : Optional.empty();
    }

    /**
     * Whether all that a file does is to make modules of namespaces in which the distribution has
     * something. Python's own modules are none, and neither is a folder with an {@code __init__}:
     * the module made here stands for it and is empty.
     */
    private boolean joinsNamespaces(InstallPlan plan, PathFile file) throws IOException {
        List<String> namespaces = KnownHooks.namespaces(file);
        for (String namespace : namespaces) {
            String path = namespace.replace('.', '/');
            String inside = site + path + "/";
            if (library.has(namespace.split("\\.", 2)[0])
                    || plan.entries().stream().noneMatch(entry -> entry.target().startsWith(inside))
                    || plan.entries().stream()
                            .anyMatch(entry -> entry.target().startsWith(inside + "__init__."))) {
                return false;
            }
            int slash = path.lastIndexOf('/');
            String folder = slash < 0 ? "" : path.substring(0, slash);
            if (isMachineCode(path + ".")
                    || isMachineCode(path + "/__init__.")
                    || !there(folder, path.substring(slash + 1) + ".*so").isEmpty()
                    || !there(path, "__init__.*so").isEmpty()) {
                return false;
            }
        }
        return !namespaces.isEmpty();
    }

    private boolean isMachineCode(String prefix) {
        return plans.stream()
                .flatMap(plan -> plan.entries().stream())
                .map(InstallEntry::target)
                .anyMatch(it -> it.startsWith(site + prefix) && it.endsWith(".so"));
    }

    /** What the environment has already, in a folder below site-packages. */
    private List<Path> there(String folder, String glob) throws IOException {
        return in(siteFolder.resolve(folder), glob);
    }

    private static List<Path> in(Path folder, String glob) throws IOException {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            files.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
        return found;
    }
}
