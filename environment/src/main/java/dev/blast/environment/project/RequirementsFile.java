package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.index.Formats;
import dev.blast.index.settings.FormatWords;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SourceError;
import dev.blast.packaging.SpecifierSet;
import dev.blast.solver.RootRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requirements as pip's requirements files list them: requirements with hashes, comments, continued
 * lines, further files, constraints, indexes. What would need a build is refused with its place.
 * Reads one file and those that it includes; for one thread.
 *
 * <p>Source: pip's documentation, "Requirements File Format".
 */
final class RequirementsFile {
    /**
     * A comment begins at a {@code #} at the start of a line or after white space; elsewhere it is
     * part of an address.
     */
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");

    /** {@code name @} and {@code name[extra] @}: an address that says whose it is (PEP 508). */
    private static final Pattern NAMED = Pattern.compile("^[\\w.-]+\\s*(\\[[^]]*])?\\s*@.*");

    /** As ssh has it, which is no requirement. */
    private static final Pattern SHORT = Pattern.compile("(git\\+)?[\\w.-]+@[\\w.-]+:(?!//).*");

    private static final Pattern SETTING = Pattern.compile("(?s)([^=]+)=(.*)");

    /** What only says how something is brought. */
    private static final Map<String, String> PASSED_OVER =
            Map.of(
                    "--trusted-host",
                    "a file of a project does not say whom to trust; PIP_TRUSTED_HOST or pip.conf do",
                    "--use-pep517",
                    "all builds are",
                    "--no-use-pep517",
                    "builds go by PEP 517 alone",
                    "--no-build-isolation",
                    "a build sees its declared requirements alone",
                    "--global-option",
                    "builds go by PEP 517, which has none; --config-settings is given to the backend",
                    "--use-feature",
                    "it is a feature of pip");

    private final Path directory;
    private final Map<String, String> variables;
    private final ProjectTexts texts;
    private final List<RootRequirement> requirements = new ArrayList<>();
    private final List<RootRequirement> constraints = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    /** Where -e of a repository stands. */
    private final List<String> clones = new ArrayList<>();

    private final List<Self> selves = new ArrayList<>();
    private final Map<PackageName, Set<String>> hashes = new TreeMap<>();
    private final List<String> extraIndexUrls = new ArrayList<>();
    private final List<String> findLinks = new ArrayList<>();
    private @Nullable String indexUrl;
    private @Nullable String hashOrigin;
    private boolean noIndex;
    private boolean prereleases;
    private boolean usesVariables;
    private final FormatWords formats = new FormatWords();
    private final Map<String, List<String>> settings = new TreeMap<>();
    private final List<UnnamedRequirement> unnamed = new ArrayList<>();

    /** From where relative paths of sources go: the file's own folder comes after it. */
    private final Path base;

    private RequirementsFile(
            Path directory, Path base, Map<String, String> variables, ProjectTexts texts) {
        this.directory = directory;
        this.base = base;
        this.variables = variables;
        this.texts = texts;
    }

    /** The project itself, as {@code -e .[test]} asks for it. */
    record Self(String origin, Set<ExtraName> extras, boolean editable) {}

    /**
     * Reads a file and those that it includes.
     *
     * @param directory the project, by which files are named in origins and messages
     * @param variables of the process, for {@code ${NAME}}
     * @param texts what some files will hold
     */
    static RequirementsFile read(
            Path file, Path directory, Map<String, String> variables, ProjectTexts texts)
            throws EnvironmentException {
        return read(file, directory, directory, variables, texts);
    }

    /**
     * The same for a file that a person names.
     *
     * @param base from where its relative paths go, as pip and uv have it: the working directory
     */
    static RequirementsFile read(
            Path file, Path directory, Path base, Map<String, String> variables, ProjectTexts texts)
            throws EnvironmentException {
        var all = new RequirementsFile(directory, base, variables, texts);
        all.read(file, false);
        return all;
    }

    /** Reads a file that only narrows, whatever it looks like: pip's {@code PIP_CONSTRAINT}. */
    static RequirementsFile narrowing(Path file, Path directory, Map<String, String> variables)
            throws EnvironmentException {
        var all = new RequirementsFile(directory, directory, variables, ProjectTexts.AS_THEY_ARE);
        all.read(file, true);
        return all;
    }

    List<RootRequirement> requirements() {
        return List.copyOf(requirements);
    }

    /** From {@code -c}: what a version must fit if the package is chosen at all. */
    List<RootRequirement> constraints() {
        return List.copyOf(constraints);
    }

    /** Those read, absolute. */
    List<Path> files() {
        return List.copyOf(files);
    }

    List<Unread> unread() {
        var all = new ArrayList<Unread>(unread);
        if (!clones.isEmpty()) {
            all.add(
                    new Unread(
                            "%s%s: -e of a repository is installed as it is at that commit"
                                    .formatted(
                                            clones.getFirst(),
                                            clones.size() == 1
                                                    ? ""
                                                    : " and %d more".formatted(clones.size() - 1)),
                            "clone it, and name the folder, to work on it",
                            false));
        }
        return all;
    }

    List<Self> selves() {
        return List.copyOf(selves);
    }

    /** Of which kinds of files packages may be taken. */
    Formats formats() {
        return formats.formats();
    }

    RequirementOptions options() {
        return new RequirementOptions(
                Optional.ofNullable(indexUrl),
                extraIndexUrls,
                findLinks,
                noIndex,
                prereleases,
                Optional.ofNullable(hashOrigin).map(origin -> new RequiredHashes(origin, hashes)),
                usesVariables,
                settings,
                unnamed);
    }

    private void read(Path file, boolean constraint) throws EnvironmentException {
        if (files.contains(file)) {
            return; // included twice, or by itself: pip reads it once too
        }
        files.add(file);
        String name =
                file.startsWith(directory)
                        ? directory.relativize(file).toString()
                        : file.toString();
        List<String> lines = texts.read(file, name).declared().lines().toList();
        String whole = String.join("\n", lines);
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            var logical = new StringBuilder(lines.get(i));
            // a comment is never continued, and a line that the end of the file cuts off is whole
            while (logical.toString().endsWith("\\") && !isComment(lines.get(i))) {
                logical.setLength(logical.length() - 1);
                if (i + 1 == lines.size()) {
                    break;
                }
                String next = lines.get(++i);
                logical.append(isComment(next) ? " " + next : next);
            }
            String text = COMMENT.matcher(logical).replaceFirst("").strip();
            if (!text.isEmpty()) {
                var place = new Place(file, name, first + 1, whole, constraint);
                if (text.indexOf('\0') >= 0) {
                    throw place.error("a NUL can stand in no requirement and in no name of a file");
                }
                line(RequirementWords.of(expanded(text, place)), place);
            }
        }
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    private record Place(Path path, String file, int line, String text, boolean constraint) {
        String origin() {
            return file + ":" + line;
        }

        EnvironmentException error(String message) {
            String source = text.lines().skip(line - 1L).findFirst().orElse("");
            int column = 1 + source.length() - source.stripLeading().length();
            return new EnvironmentException(SourceError.render(file, text, line, column, message));
        }
    }

    /**
     * With the values of variables, as far as they stay on this machine: a name and an address are
     * sent to a server that the file chooses, and with them whatever the file puts there.
     */
    private String expanded(String text, Place place) throws EnvironmentException {
        Matcher found = VARIABLE.matcher(text);
        if (!found.find()) {
            return text;
        }
        boolean isSent =
                text.replace("file://", "").contains("://") || text.matches("[\\w.-]*\\$\\{.*");
        if (isSent) {
            throw place.error(
                    "%s would be sent to where this file says; give the address by PIP_INDEX_URL, pip.conf or netrc"
                            .formatted(found.group()));
        }
        usesVariables = true;
        return found.replaceAll(match ->
                Matcher.quoteReplacement(variables.getOrDefault(match.group(1), match.group())));
    }

    private void line(RequirementWords words, Place place) throws EnvironmentException {
        try {
            understood(words, place);
        } catch (InvalidSyntaxException e) {
            throw place.error("not a requirement: " + e.reason());
        }
    }

    private void understood(RequirementWords words, Place place) throws EnvironmentException {
        if (words.asked().isEmpty()) {
            for (RequirementWords.Option option : words.options()) {
                option(option, place);
            }
            return;
        }
        if (!isPlace(words.asked())) {
            Requirement requirement = Requirement.parse(spaced(words.asked()));
            if (requirement.url() != null) {
                requirement = at(requirement, place);
            }
            add(
                    new RootRequirement(requirement, place.origin(), null, place.constraint()),
                    words.options(),
                    place);
            return;
        }
        var address = SourceAddress.of(words.asked(), false, bases(place));
        if (address.name() == null) {
            addUnnamed(address, false, words.options(), place);
        } else {
            add(named(address, address.name(), place), words.options(), place);
        }
    }

    private void add(RootRequirement root, List<RequirementWords.Option> options, Place place)
            throws EnvironmentException {
        for (RequirementWords.Option option : options) {
            switch (option.name()) {
                case "--hash" -> addHash(root.requirement().name(), option.value(), place);
                case "--config-settings", "--config-setting", "-C" -> addSetting(option, place);
                default -> passOver(option, place);
            }
        }
        (place.constraint() ? constraints : requirements).add(root);
    }

    /** Where its name is not known its hashes belong to its address. */
    private void addUnnamed(
            SourceAddress address,
            boolean editable,
            List<RequirementWords.Option> options,
            Place place)
            throws EnvironmentException {
        if (!editable && address.isFolder() && address.url().equals(own())) {
            selves.add(new Self(place.origin(), address.extras(), false));
            return;
        }
        if (place.constraint()) {
            throw place.error("a constraint says which versions, and has a name");
        }
        for (RequirementWords.Option option : options) {
            if (option.name().equals("--hash")) {
                throw place.error(
                        "which package has this hash is not said: write NAME @ %s"
                                .formatted(Redaction.inText(address.url())));
            }
            passOver(option, place);
        }
        unnamed.add(
                new UnnamedRequirement(
                        address.url(),
                        address.extras(),
                        address.marker(),
                        place.origin(),
                        editable));
    }

    private String own() {
        return directory.toUri().toString().replaceFirst("/$", "");
    }

    private static RootRequirement named(SourceAddress address, PackageName name, Place place) {
        return new RootRequirement(
                new Requirement(
                        name, address.extras(), SpecifierSet.ANY, address.url(), address.marker()),
                place.origin(),
                null,
                place.constraint());
    }

    /** Behind a name, too, a path may stand. */
    private Requirement at(Requirement requirement, Place place) {
        return new Requirement(
                requirement.name(),
                requirement.extras(),
                SpecifierSet.ANY,
                SourceAddress.behindName(String.valueOf(requirement.url()), bases(place)),
                requirement.marker());
    }

    private List<Path> bases(Place place) {
        return List.of(base, place.path().resolveSibling(".").normalize());
    }

    /** Between an address and its marker stands white space; people leave it out. */
    private static String spaced(String asked) {
        return asked.replaceFirst("^([^;]*\\s@\\s*\\S+?);\\s", "$1 ; ");
    }

    private void editable(String value, Place place) throws EnvironmentException {
        var address = SourceAddress.of(value, true, bases(place));
        if (address.url().equals(own())) {
            selves.add(new Self(place.origin(), address.extras(), true));
            return;
        }
        boolean stays = address.isFolder();
        if (!stays) {
            clones.add(place.origin());
        }
        if (address.name() == null) {
            addUnnamed(address, stays, List.of(), place);
        } else {
            RootRequirement root = named(address, address.name(), place);
            requirements.add(stays ? root.asEditable() : root);
        }
    }

    private void option(RequirementWords.Option option, Place place) throws EnvironmentException {
        String value = option.value();
        switch (option.name()) {
            case "-r", "--requirement" -> include(value, place, place.constraint());
            case "-c", "--constraint" -> include(value, place, true);
            case "-i", "--index-url", "--pypi-url" -> indexUrl = value;
            case "--extra-index-url" -> extraIndexUrls.add(value);
            case "-f", "--find-links" -> findLinks.add(link(value, place));
            case "--no-index" -> noIndex = true;
            case "--pre" -> prereleases = true;
            case "--prefer-binary" -> {} // a wheel goes before a source of the same version anyway
            case "--no-binary" ->
                    formats.noBinary(value, "--no-binary (%s)".formatted(place.origin()));
            case "--only-binary" ->
                    formats.onlyBinary(value, "--only-binary (%s)".formatted(place.origin()));
            case "--config-settings", "--config-setting", "-C" -> addSetting(option, place);
            case "--require-hashes" ->
                    hashOrigin = hashOrigin == null ? place.origin() : hashOrigin;
            case "-e", "--editable" -> editable(value, place);
            default -> passOver(option, place);
        }
    }

    private void passOver(RequirementWords.Option option, Place place) throws EnvironmentException {
        String why = PASSED_OVER.get(option.name());
        if (why == null) {
            throw place.error("the option '%s' is not understood here".formatted(option.name()));
        }
        unread.add(
                new Unread(
                        "%s: %s is passed over".formatted(place.origin(), option.name()),
                        why,
                        false));
    }

    private void include(String named, Place place, boolean constraint)
            throws EnvironmentException {
        if (named.contains("://") && !named.startsWith("file://")) {
            throw place.error(
                    "'%s' is not on this machine; requirements are read from files here alone"
                            .formatted(Redaction.inText(named)));
        }
        Path included = place.path().resolveSibling(named.replaceFirst("^file://", "")).normalize();
        if (named.isEmpty() || !Files.exists(included)) {
            throw place.error("there is no file " + included);
        }
        read(included, constraint);
    }

    /** A folder is meant from the file on, as pip has it where there is one. */
    private static String link(String value, Place place) {
        Path near = place.path().resolveSibling(value);
        return !value.contains("://") && Files.exists(near) ? near.toString() : value;
    }

    private void addHash(PackageName name, String value, Place place) throws EnvironmentException {
        int colon = value.indexOf(':');
        String algorithm = value.substring(0, Math.max(colon, 0));
        String hex = value.substring(colon + 1).toLowerCase(Locale.ROOT);
        if (!RequiredHashes.ALGORITHMS.contains(algorithm) || !hex.matches("([0-9a-f]{2})+")) {
            throw place.error(
                    "'--hash %s' is no hash; it is written --hash=ALGORITHM:HEX, where the algorithm is one of %s"
                            .formatted(value, RequiredHashes.ALGORITHMS));
        }
        hashOrigin = hashOrigin == null ? place.origin() : hashOrigin;
        hashes.computeIfAbsent(name, _ -> new TreeSet<>()).add(algorithm + ":" + hex);
    }

    private void addSetting(RequirementWords.Option option, Place place)
            throws EnvironmentException {
        Matcher setting = SETTING.matcher(option.value());
        if (!setting.matches()) {
            throw place.error("%s is written KEY=VALUE".formatted(option.name()));
        }
        settings.computeIfAbsent(setting.group(1), _ -> new ArrayList<>()).add(setting.group(2));
    }

    /** An address or a path, where a name is expected. */
    static boolean isPlace(String text) {
        if (SHORT.matcher(text).matches()) {
            return true;
        }
        return !NAMED.matcher(text).matches()
                && (text.startsWith(".")
                        || text.contains("/")
                        || text.startsWith("file:")
                        || text.matches("(?s)\\S+\\.(whl|zip|tar\\.\\w+|tgz)(\\[.*])?(\\s.*)?"));
    }
}
