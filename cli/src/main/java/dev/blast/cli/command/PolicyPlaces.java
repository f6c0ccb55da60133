package dev.blast.cli.command;

import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.project.Project;
import dev.blast.rules.source.PolicyFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the policy files lie that people call by a short name. */
final class PolicyPlaces {
    private static final String HOME = "~/";

    private final PolicySources sources;
    private final Project project;
    private final Map<String, Path> places = new HashMap<>();

    PolicyPlaces(PolicySources sources, Project project, List<PolicyFile> files) {
        this.sources = sources;
        this.project = project;
        files.forEach(file -> places.put(file.displayPath(), sources.path(project, file)));
    }

    private Path place(String shown) {
        Path known = places.get(shown);
        if (known != null) {
            return known;
        }
        return shown.startsWith(HOME)
                ? sources.home().resolve(shown.substring(HOME.length()))
                : project.directory().resolve(shown);
    }

    /** Each file's path, as an editor opens it, by the name that people call it. */
    Map<String, String> paths() {
        var paths = new TreeMap<String, String>();
        places.forEach((shown, path) -> paths.put(shown, path.toString()));
        return paths;
    }

    /** Of a file of the project relative to it, of any other one absolute. */
    String address(String shown) {
        Path place = place(shown);
        URI address = place.toUri();
        return place.startsWith(project.directory())
                ? project.directory().toUri().relativize(address).toASCIIString()
                : address.toASCIIString();
    }

    /**
     * Below the repository that a step of GitHub Actions has checked out, else below the project.
     */
    String inRepository(String shown, Map<String, String> environment) {
        Path place = place(shown);
        String checkedOut = environment.getOrDefault("GITHUB_WORKSPACE", "");
        Path root =
                checkedOut.startsWith("/") && project.directory().startsWith(checkedOut)
                        ? Path.of(checkedOut).normalize()
                        : project.directory();
        return (place.startsWith(root) ? root.relativize(place) : place).toString();
    }
}
