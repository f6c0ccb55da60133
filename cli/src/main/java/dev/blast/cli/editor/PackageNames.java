package dev.blast.cli.editor;

import dev.blast.environment.Environment;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Locked;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The packages that a project has to do with. */
final class PackageNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._]*[A-Za-z0-9])?");

    private PackageNames() {}

    /** What it asks for and what is installed; links that lead out of it are not followed. */
    static SortedSet<String> of(Project project, Environment environment) {
        var names = new TreeSet<String>();
        Locked.roots(project).forEach(root -> names.add(root.requirement().name().normalized()));
        Path libraries = environment.root().resolve("lib");
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(libraries, "python3*")) {
            for (Path version : versions) {
                Path site = version.resolve("site-packages");
                if (Files.isDirectory(site)
                        && site.toRealPath().startsWith(project.directory().toRealPath())) {
                    installed(site, names);
                }
            }
        } catch (IOException _) {
            return names; // nothing is installed
        }
        return names;
    }

    private static void installed(Path site, SortedSet<String> names) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(site, "*-*.dist-info")) {
            for (Path folder : folders) {
                String name = String.valueOf(folder.getFileName());
                String packageName = name.substring(0, name.indexOf('-'));
                if (NAME.matcher(packageName).matches()) {
                    names.add(new PackageName(packageName).normalized());
                }
            }
        }
    }
}
