package dev.blast.cli;

import dev.blast.rules.Access;
import dev.blast.rules.Withheld;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Blast's own places, which no rule opens: what lies in them is believed. */
final class OwnPlaces {
    private static final Path SYSTEM_LAYER = Path.of("/etc/blast");

    private OwnPlaces() {}

    /** Data, state, cache, configuration, sockets, the program itself and the system's rules. */
    static List<Withheld> withheld(Workspace workspace, Path project) {
        Set<Path> places = new LinkedHashSet<>(workspace.directories().all());
        String sockets = workspace.variables().getOrDefault("XDG_RUNTIME_DIR", "");
        if (sockets.startsWith("/")) {
            places.add(Path.of(sockets, "blast").normalize());
        }
        places.add(SYSTEM_LAYER);
        places.addAll(beside(project, workspace.distribution()));
        List.copyOf(places).forEach(place -> places.add(Grounds.real(place)));
        List<Withheld> withheld = new ArrayList<>();
        for (Path place : places) {
            withheld.add(
                    new Withheld(
                            place,
                            Access.HIDDEN,
                            "Blast's own folders",
                            "what is in them decides what sandboxes may do"));
        }
        Path java = Grounds.real(Path.of(System.getProperty("java.home")));
        withheld.add(
                new Withheld(
                        java,
                        Access.READABLE,
                        "the Java that runs Blast",
                        "Blast is run by it, outside"));
        return withheld;
    }

    /**
     * A distribution around the project, as in a checkout: all of it but the way to the project.
     */
    private static List<Path> beside(Path project, Path distribution) {
        if (!project.startsWith(Grounds.real(distribution))) {
            return List.of(distribution);
        }
        List<Path> beside = new ArrayList<>();
        try (DirectoryStream<Path> children =
                Files.newDirectoryStream(Grounds.real(distribution))) {
            for (Path child : children) {
                if (!project.startsWith(child)) {
                    beside.add(child);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + distribution, e);
        }
        return beside;
    }
}
