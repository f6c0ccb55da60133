package dev.blast.environment.project;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierEdit;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that a project is to ask for.
 *
 * @param requirement what it is
 * @param written the same as a person wrote it
 * @param place a folder or file of this machine that it comes from; null for none
 * @param bounded whether the version that is chosen becomes its lower bound
 */
public record Addition(
        Requirement requirement, String written, @Nullable LocalPlace place, boolean bounded) {

    /**
     * A place on this machine.
     *
     * @param path from the project's folder, or absolute
     * @param editable whether it is read where it is
     */
    public record LocalPlace(String path, boolean editable) {}

    PackageName name() {
        return requirement.name();
    }

    /** Whether it says neither versions nor an address: any will do. */
    boolean isOpen() {
        return requirement.specifier().specifiers().isEmpty() && requirement.url() == null;
    }

    /** Whether it and the other one would be one line: another marker makes another requirement. */
    boolean isOfSameLine(Addition other) {
        return name().equals(other.name())
                && Objects.equals(requirement.marker(), other.requirement.marker());
    }

    boolean asksTheSameAs(Addition other) {
        return requirement.equals(other.requirement) && Objects.equals(place, other.place);
    }

    /** Both as one requirement; empty where one of them is an address or a place. */
    Optional<String> and(Addition other) {
        if (Stream.of(this, other)
                .anyMatch(it -> it.requirement.url() != null || it.place != null)) {
            return Optional.empty();
        }
        var extras = new TreeSet<>(requirement.extras());
        extras.addAll(other.requirement.extras());
        var specifiers =
                Stream.of(this, other)
                        .flatMap(it -> it.requirement.specifier().specifiers().stream())
                        .distinct()
                        .toList();
        var both =
                new Requirement(
                        name(), extras, new SpecifierSet(specifiers), null, requirement.marker());
        return Optional.of(Rewording.plain(both.canonical()));
    }

    /** What is written where this version is chosen. */
    String from(@Nullable Version chosen) {
        return chosen == null || !bounded || !isOpen()
                ? written
                : SpecifierEdit.of(written, SpecifierSet.parse(">=" + chosen.withoutLocal()))
                        .map(edit -> edit.in(written))
                        .orElse(written);
    }

    /** What is written into a requirements file where it comes from a place here. */
    String line() {
        if (place == null) {
            return written;
        }
        String path = place.path().matches("[./].*") ? place.path() : "./" + place.path();
        String extras =
                requirement.extras().isEmpty()
                        ? ""
                        : "[%s]"
                                .formatted(
                                        String.join(
                                                ",",
                                                requirement.extras().stream()
                                                        .map(Object::toString)
                                                        .toList()));
        return (place.editable() ? "-e " : "")
                + path
                + extras
                + (requirement.marker() == null ? "" : " ; " + requirement.marker());
    }
}
