package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Marker;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people type behind {@code add}, as additions to a project. */
public final class TypedAdditions {
    /** With a user and no password. */
    private static final Pattern OF_SSH = Pattern.compile("(git\\+)?ssh://[^:@/?#]+@[^@]*");

    private final Path directory;
    private final Path base;
    private final @Nullable String marker;
    private final boolean raw;
    private final Naming naming;

    /** Finds out the name of what is behind an address that does not say it. */
    public interface Naming {
        /**
         * Asks its metadata.
         *
         * @throws EnvironmentException where that is not possible
         */
        PackageName name(UnnamedRequirement unnamed) throws EnvironmentException;
    }

    /**
     * @param directory of the project
     * @param base from where paths are typed
     * @param marker that all of them get; null for none
     * @param raw whether a bare name is written as it is typed
     */
    public TypedAdditions(
            Path directory, Path base, @Nullable String marker, boolean raw, Naming naming) {
        this.directory = directory;
        this.base = base;
        this.marker = marker;
        this.raw = raw;
        this.naming = naming;
    }

    /**
     * Reads one: a name with or without versions, an address, a path.
     *
     * @throws InvalidSyntaxException where it is none of these
     */
    public Addition of(String typed, boolean editable) throws EnvironmentException {
        String text = typed.strip();
        if (editable || RequirementsFile.isPlace(text)) {
            SourceAddress address = SourceAddress.of(text, editable, List.of(base));
            return ofAddress(
                    name(address, editable),
                    address.extras(),
                    address.url(),
                    editable,
                    text,
                    address.marker());
        }
        Requirement requirement = Requirement.parse(text);
        String url = requirement.url();
        if (url != null) {
            String there = SourceAddress.behindName(url, List.of(base));
            return ofAddress(
                    requirement.name(),
                    requirement.extras(),
                    there,
                    false,
                    url,
                    requirement.marker());
        }
        Marker both = both(requirement.marker());
        int end = text.indexOf(';');
        String plain = end < 0 ? text : text.substring(0, end).strip();
        var now =
                new Requirement(
                        requirement.name(),
                        requirement.extras(),
                        requirement.specifier(),
                        null,
                        both);
        return new Addition(
                now, both == null ? plain : "%s; %s".formatted(plain, words(both)), null, !raw);
    }

    /** All that a requirements file asks for, as it is written there. */
    public List<Addition> in(String file, Map<String, String> variables)
            throws EnvironmentException {
        RequirementsFile read =
                RequirementsFile.read(
                        base.resolve(file).normalize(),
                        directory,
                        base,
                        variables,
                        ProjectTexts.AS_THEY_ARE);
        var all = new ArrayList<Addition>();
        for (RootRequirement root : read.requirements()) {
            Requirement requirement = root.requirement();
            String url = requirement.url();
            all.add(
                    url == null
                            ? asWritten(requirement)
                            : ofAddress(
                                    requirement.name(),
                                    requirement.extras(),
                                    url,
                                    root.editable(),
                                    url,
                                    requirement.marker()));
        }
        for (UnnamedRequirement unnamed : read.options().unnamed()) {
            all.add(
                    ofAddress(
                            naming.name(unnamed),
                            unnamed.extras(),
                            unnamed.url(),
                            unnamed.editable(),
                            unnamed.url(),
                            unnamed.marker()));
        }
        return all;
    }

    private Addition asWritten(Requirement requirement) {
        var now =
                new Requirement(
                        requirement.name(),
                        requirement.extras(),
                        requirement.specifier(),
                        null,
                        both(requirement.marker()));
        return new Addition(now, Rewording.plain(now.canonical()), null, false);
    }

    private PackageName name(SourceAddress address, boolean editable) throws EnvironmentException {
        PackageName said = address.name();
        if (said != null) {
            return said;
        }
        return naming.name(
                new UnnamedRequirement(
                        address.url(),
                        address.extras(),
                        null,
                        RootRequirement.COMMAND_LINE,
                        editable && address.isFolder()));
    }

    private Addition ofAddress(
            PackageName name,
            Set<ExtraName> extras,
            String url,
            boolean editable,
            String typed,
            @Nullable Marker own)
            throws EnvironmentException {
        Marker both = both(own);
        String head =
                name
                        + (extras.isEmpty()
                                ? ""
                                : extras.stream()
                                        .sorted()
                                        .map(ExtraName::normalized)
                                        .collect(Collectors.joining(",", "[", "]")));
        if (url.startsWith("file:")) {
            Path there = SourceAddress.pathOf(url);
            String tail = url.contains("#") ? url.substring(url.indexOf('#')) : "";
            if (!tail.isEmpty()) {
                throw new EnvironmentException(
                        Message.of(
                                "%s: of an archive here only the whole is added, without %s",
                                Redaction.inText(typed), tail));
            }
            var place = new Addition.LocalPlace(path(there, typed), editable);
            var requirement = new Requirement(name, extras, SpecifierSet.ANY, null, both);
            return new Addition(
                    requirement,
                    both == null ? head : "%s; %s".formatted(head, words(both)),
                    place,
                    false);
        }
        if (editable) {
            throw new EnvironmentException(
                    Message.of(
                            "-e %s: a repository is installed as it is at a commit\nclone it, and name the folder, to work on it; or add it without -e",
                            Redaction.inText(typed)));
        }
        requireNoSecret(name, url);
        var requirement = new Requirement(name, extras, SpecifierSet.ANY, url, both);
        return new Addition(
                requirement,
                "%s @ %s%s".formatted(head, url, both == null ? "" : " ; " + words(both)),
                null,
                false);
    }

    /** The file is for all who have the project; the name of a user of ssh is none of it. */
    private static void requireNoSecret(PackageName name, String url) throws EnvironmentException {
        String open = Redaction.strip(url);
        if (!open.equals(url) && !OF_SSH.matcher(url).matches()) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is not added: its address holds what gives access, and whoever has the project could read it; nothing was changed\nput that into ~/.netrc (machine %s login … password …), and add '%s @ %s'",
                            name,
                            open.replaceFirst("^[^/]*//", "").replaceFirst("[:/?#].*$", ""),
                            name,
                            open));
        }
    }

    /** From the project's folder; what was typed as absolute and lies elsewhere stays so. */
    private String path(Path there, String typed) throws EnvironmentException {
        if (there.equals(directory)) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is the project itself, which a sync installs where it has a [build-system]; nothing was changed",
                            Redaction.inText(typed)));
        }
        boolean stays =
                !there.startsWith(directory)
                        && (typed.startsWith("/") || typed.startsWith("file:"));
        String path = stays ? there.toString() : directory.relativize(there).toString();
        if (!Files.exists(there)) {
            throw new EnvironmentException(Message.of("there is no file %s", there));
        }
        return path;
    }

    private @Nullable Marker both(@Nullable Marker own) {
        if (marker == null) {
            return own;
        }
        return own == null
                ? Marker.parse(marker)
                : Marker.parse("(%s) and (%s)".formatted(own, marker));
    }

    private static String words(Marker marker) {
        return Rewording.plain("; " + marker).substring(2);
    }
}
