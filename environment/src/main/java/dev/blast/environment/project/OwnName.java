package dev.blast.environment.project;

import dev.blast.packaging.Marker;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name that means something of this project: itself, a folder, a repository. A package that an
 * index has under the same name is somebody else's.
 *
 * @param what it means, such as {@code this project} or {@code the folder ../api}
 * @param origin where that is said: {@code pyproject.toml:14}
 * @param url where it is; null where nothing can be had from there
 * @param editable whether the folder is read where it is
 * @param marker where it means that; null for everywhere
 * @param version of the project itself, where it is written; null of all else
 */
public record OwnName(
        PackageName name,
        String what,
        String origin,
        @Nullable String url,
        boolean editable,
        @Nullable Marker marker,
        @Nullable Version version) {
    private static final String ITSELF = "this project";

    /** One of a place. */
    OwnName(
            PackageName name,
            String what,
            String origin,
            @Nullable String url,
            boolean editable,
            @Nullable Marker marker) {
        this(name, what, origin, url, editable, marker, null);
    }

    /** The name of the project itself. */
    static OwnName itself(PackageName name, String origin, @Nullable Version version) {
        return new OwnName(name, ITSELF, origin, null, false, null, version);
    }

    public boolean isItself() {
        return what.equals(ITSELF);
    }

    /** Whether the other stands for the same name, wherever they hold, and for another place. */
    boolean isAnotherPlaceThan(OwnName other) {
        return name.equals(other.name)
                && marker == null
                && other.marker == null
                && !Objects.equals(url, other.url);
    }

    public boolean appliesTo(MarkerEnvironment environment) {
        return marker == null || marker.evaluate(environment, Set.of());
    }

    /** {@code is the folder ../api (pyproject.toml:14)}. */
    public String sentence() {
        return "is %s (%s)".formatted(what, origin);
    }
}
