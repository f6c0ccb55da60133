package dev.blast.environment.install;

import dev.blast.environment.interpreter.JsonFields;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A distribution found in site-packages, by its .dist-info folder.
 *
 * @param name from the folder's name
 * @param version from the folder's name
 * @param distInfo the folder
 * @param installerName what INSTALLER says; null without one
 * @param requested whether somebody asked for it by name (REQUESTED)
 * @param hasRecord whether there is a RECORD, without which it can neither be checked nor removed
 * @param directUrlText what direct_url.json holds; null without one
 * @param givesWayTo the distributions whose files lie where some of its own would
 */
public record InstalledDistribution(
        PackageName name,
        Version version,
        Path distInfo,
        @Nullable String installerName,
        boolean requested,
        boolean hasRecord,
        @Nullable String directUrlText,
        Set<PackageName> givesWayTo) {

    /** What every environment has, asked for or not. */
    public static final PackageName PIP = new PackageName("pip");

    /** In its dist-info, a name a line. */
    static final String GIVES_WAY = "gives-way-to.txt";

    public InstalledDistribution {
        givesWayTo = Set.copyOf(givesWayTo);
    }

    public Optional<String> installer() {
        return Optional.ofNullable(installerName);
    }

    /** Where it came from, if not from an index: the text of direct_url.json (PEP 610). */
    public Optional<String> directUrl() {
        return Optional.ofNullable(directUrlText);
    }

    /** The folder of this machine that it is read from (PEP 660); empty where it is copied. */
    public Optional<Path> editable() {
        return folder(true);
    }

    /** The folder of this machine that it came from; empty where that is not said. */
    public Optional<Path> folder() {
        return folder(false);
    }

    private Optional<Path> folder(boolean editable) {
        if (directUrlText == null) {
            return Optional.empty();
        }
        try {
            JsonFields said = JsonFields.parse(directUrlText);
            String url = said.text("url");
            boolean isEditable =
                    said.members().get("dir_info") instanceof JsonFields info
                            && Boolean.TRUE.equals(info.members().get("editable"));
            if (editable && !isEditable) {
                return Optional.empty();
            }
            return url.startsWith("file:")
                    ? Optional.of(Path.of(URI.create(url)).normalize())
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
