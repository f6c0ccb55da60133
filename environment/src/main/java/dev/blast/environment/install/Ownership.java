package dev.blast.environment.install;

import dev.blast.environment.interpreter.Scheme;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose each file of an environment is, by the RECORDs of what stays in it and the plans of what
 * comes. The same content twice is shared, as namespace packages do; everything else that one
 * distribution brings to a place of another's is a {@link Trespass}, in whichever order the two
 * come.
 */
public final class Ownership {
    private static final String INIT = "__init__.";

    /** An owner's word on a file: its hash as RECORD has it, and where its content is. */
    private record Claim(
            PackageName owner, String target, @Nullable String hash, FileSource content) {}

    private final String site;
    private final String scripts;

    /** Where the bytecode of modules directly in site-packages lies, without and with a slash. */
    private final String bytecodeFolder;

    private final String bytecode;

    private final Path environment;
    private final List<Claim> claims = new ArrayList<>();

    /** Who was the first at each place. */
    private final Map<String, PackageName> first = new HashMap<>();

    /** Places where distributions meet. */
    private final Set<String> shared = new HashSet<>();

    /** Of the path before, which most often has the same. */
    private String lastPlace = "";

    // What is claimed at shared places, looked up once all claims are made:

    private boolean indexed;
    private final Map<String, List<Claim>> files = new HashMap<>();
    private final Map<String, Set<PackageName>> folders = new HashMap<>();

    /** By the path of a module without its suffix; a package's is its folder. */
    private final Map<String, List<Claim>> modules = new HashMap<>();

    /**
     * @param environment the root that what stays lies in
     */
    public Ownership(Scheme scheme, Path environment) {
        this.site = scheme.purelib() + "/";
        this.scripts = scheme.scripts() + "/";
        this.bytecodeFolder = site + "__pycache__";
        this.bytecode = bytecodeFolder + "/";
        this.environment = environment;
    }

    /** What stays. Without a RECORD that can be read nothing is known to be its own. */
    public void stays(InstalledDistribution distribution) throws IOException {
        if (!distribution.hasRecord()) {
            return;
        }
        InstalledRecord record;
        try {
            record = InstalledRecord.read(distribution, environment);
        } catch (InvalidSyntaxException _) {
            return;
        }
        for (InstalledRecord.Line line : record.lines) {
            claim(
                    new Claim(
                            distribution.name(),
                            line.target(),
                            line.entry().hash(),
                            new FileSource.Installed(environment.resolve(line.target()))));
        }
    }

    /** What comes. */
    public void comes(InstallPlan plan) {
        for (InstallEntry entry : plan.entries()) {
            claim(new Claim(plan.name(), entry.target(), entry.hash(), entry.source()));
        }
    }

    private void claim(Claim claim) {
        claims.add(claim);
        claim(claim.owner(), place(claim.target()));
        if (claim.target().startsWith(bytecode)) {
            claim(claim.owner(), bytecodeFolder);
        }
    }

    private void claim(PackageName owner, String place) {
        PackageName other = first.putIfAbsent(place, owner);
        if (other != null && !other.equals(owner)) {
            shared.add(place);
        }
    }

    /** Most distributions have their places to themselves; their files are looked at no closer. */
    private boolean isShared(String target) {
        return shared.contains(place(target))
                || (target.startsWith(bytecode) && shared.contains(bytecodeFolder));
    }

    /**
     * Where a path can meet others: what is the same, lies above or below, or stands for the same
     * module, has the same place.
     */
    private String place(String target) {
        boolean program = target.startsWith(scripts);
        boolean compiled = target.startsWith(bytecode);
        int from = 0;
        if (program) {
            from = scripts.length();
        } else if (compiled) {
            from = bytecode.length();
        } else if (target.startsWith(site)) {
            from = site.length();
        }
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '.') {
            end++;
        }
        if (program || compiled) {
            return site + target.substring(from, end);
        }
        if (lastPlace.length() != end || !target.startsWith(lastPlace)) {
            lastPlace = target.substring(0, end);
        }
        return lastPlace;
    }

    private void index() {
        if (!indexed) {
            indexed = true;
            claims.stream().filter(claim -> isShared(claim.target())).forEach(this::add);
        }
    }

    private void add(Claim claim) {
        add(files, claim.target(), claim);
        String module = module(claim.target());
        if (module != null) {
            add(modules, module, claim);
        }
        for (String folder = parent(claim.target()); !folder.isEmpty(); folder = parent(folder)) {
            Set<PackageName> owners = folders.get(folder);
            if (owners == null) {
                folders.put(folder, Set.of(claim.owner()));
            } else if (!owners.contains(claim.owner())) {
                var more = new TreeSet<>(owners);
                more.add(claim.owner());
                folders.put(folder, more);
            } else {
                return; // and the folders above it are known to be
            }
        }
    }

    private static void add(Map<String, List<Claim>> map, String key, Claim claim) {
        List<Claim> claims = map.get(key);
        if (claims == null) {
            map.put(key, List.of(claim));
        } else {
            var more = new ArrayList<>(claims);
            more.add(claim);
            map.put(key, more);
        }
    }

    /**
     * What a plan that {@linkplain #comes comes} does to others: the gravest trespass on each of
     * them, and of these the first in the order of its files.
     */
    public List<Trespass> by(InstallPlan plan) throws IOException {
        index();
        var found = new LinkedHashMap<PackageName, Trespass>();
        var untouched = new HashSet<String>();
        for (InstallEntry entry : plan.entries()) {
            if (!isShared(entry.target())) {
                continue;
            }
            for (Trespass trespass : by(plan.name(), entry, untouched)) {
                Trespass graver = found.get(trespass.owner());
                if (graver == null || trespass.kind().compareTo(graver.kind()) < 0) {
                    found.put(trespass.owner(), trespass);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The files that both claim, with different content. */
    public Set<String> contested(PackageName one, PackageName other) {
        index();
        var contested = new TreeSet<String>();
        files.forEach((target, claims) -> {
            Optional<Claim> ours = of(claims, one);
            Optional<Claim> theirs = of(claims, other);
            if (ours.isPresent()
                    && theirs.isPresent()
                    && !Objects.equals(ours.get().hash(), theirs.get().hash())) {
                contested.add(target);
            }
        });
        return contested;
    }

    private static Optional<Claim> of(List<Claim> claims, PackageName owner) {
        return claims.stream().filter(claim -> claim.owner().equals(owner)).findFirst();
    }

    /**
     * @param untouched folders in which, and above which, this distribution meets nobody
     */
    private List<Trespass> by(PackageName name, InstallEntry entry, Set<String> untouched)
            throws IOException {
        var found = new ArrayList<Trespass>();
        String target = entry.target();
        for (Claim other : others(files, target, name)) {
            if (entry.hash() == null || !entry.hash().equals(other.hash())) {
                found.add(new Trespass(target, other.owner(), Trespass.Kind.REPLACES));
            }
        }
        for (PackageName other : folders.getOrDefault(target, Set.of())) {
            if (!other.equals(name)) {
                found.add(new Trespass(target, other, Trespass.Kind.BLOCKS));
            }
        }
        String module = module(target);
        if (module != null) {
            for (Claim other : others(modules, module, name)) {
                if (!other.target().equals(target)) {
                    found.add(new Trespass(target, other.owner(), Trespass.Kind.SHADOWS));
                }
            }
            if (isInit(target)) {
                enclosed(name, entry, module, found);
            }
        }
        int before = found.size();
        String folder = parent(target);
        while (!folder.isEmpty() && !untouched.contains(folder)) {
            for (Claim other : others(files, folder, name)) {
                found.add(new Trespass(target, other.owner(), Trespass.Kind.BLOCKS));
            }
            intruded(name, target, folder, found);
            folder = parent(folder);
        }
        if (found.size() == before) {
            untouched.add(parent(target));
        }
        return found;
    }

    /** Into packages of others that are not its own too. */
    private void intruded(PackageName name, String target, String folder, List<Trespass> found)
            throws IOException {
        if (isPackageOf(name, folder)) {
            return;
        }
        for (Claim other : others(modules, folder, name)) {
            if (isInit(other.target()) && !isNamespace(other.target(), other.content())) {
                found.add(new Trespass(target, other.owner(), Trespass.Kind.INTRUDES));
            }
        }
    }

    /** Others whose files lie in the folder that this makes a package of. */
    private void enclosed(PackageName name, InstallEntry entry, String folder, List<Trespass> found)
            throws IOException {
        for (PackageName other : folders.getOrDefault(folder, Set.of())) {
            if (!other.equals(name)
                    && !isPackageOf(other, folder)
                    && !isNamespace(entry.target(), entry.source())) {
                found.add(new Trespass(entry.target(), other, Trespass.Kind.ENCLOSES));
            }
        }
    }

    private boolean isPackageOf(PackageName name, String folder) {
        return modules.getOrDefault(folder, List.of()).stream()
                .anyMatch(claim -> claim.owner().equals(name) && isInit(claim.target()));
    }

    private static List<Claim> others(Map<String, List<Claim>> map, String key, PackageName name) {
        List<Claim> claims = map.get(key);
        if (claims == null || (claims.size() == 1 && claims.getFirst().owner().equals(name))) {
            return List.of();
        }
        return claims.stream().filter(claim -> !claim.owner().equals(name)).toList();
    }

    private static boolean isInit(String target) {
        return target.startsWith(INIT, target.lastIndexOf('/') + 1);
    }

    /**
     * Whether an {@code __init__.py} invites others into its package, by pkgutil or pkg_resources.
     */
    private static boolean isNamespace(String target, FileSource content) throws IOException {
        if (!target.endsWith("/__init__.py")) {
            return false;
        }
        if (content instanceof FileSource.Installed(Path file) && !Files.isRegularFile(file)) {
            return false;
        }
        var text = new String(content.read(), StandardCharsets.ISO_8859_1);
        return text.contains("extend_path(__path__, __name__)")
                || text.contains("declare_namespace(__name__)");
    }

    /**
     * Which module, if any, the import system would find by a file of site-packages: its path
     * without suffix, that of a package its folder, that of bytecode its source's. A program's
     * folder comes first on the path, so beside one a module stands for one in site-packages.
     */
    private @Nullable String module(String target) {
        boolean program = target.startsWith(scripts);
        if (!program && !target.startsWith(site)) {
            return null;
        }
        int at = target.lastIndexOf('/') + 1;
        int dot = target.indexOf('.', at);
        if (dot < 0 || !Modules.isImportable(target)) {
            return null;
        }
        if (program) {
            boolean beside = at == scripts.length() && !target.startsWith(INIT, at);
            return beside ? site + target.substring(at, dot) : null;
        }
        String folder = parent(target);
        if (folder.endsWith("/__pycache__")) {
            folder = parent(folder);
        }
        if (!target.startsWith(INIT, at)) {
            return folder + "/" + target.substring(at, dot);
        }
        return folder.length() < site.length() ? null : folder; // site-packages is no package
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
