package dev.blast.environment;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SourceError;
import dev.blast.solver.RootRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requirements as pip's requirements files list them: one PEP 508 requirement a line, {@code #}
 * comments, continued lines, {@code -r FILE} and {@code -c FILE}. Every other option changes how
 * pip works and is refused by its name.
 *
 * @param constraints from {@code -c}: what a version must fit if the package is chosen at all
 * @param files those read, absolute
 */
record RequirementsFile(
        List<RootRequirement> requirements, List<RootRequirement> constraints, List<Path> files) {
    /**
     * A comment begins at a {@code #} at the start of a line or after white space; elsewhere it is
     * part of an address.
     */
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    private static final Pattern INCLUDE =
            Pattern.compile("(-r|-c|--requirement|--constraint)(?:\\s+|=|(?<=^-[rc]))(\\S.*)");

    /**
     * Reads a file and those that it includes.
     *
     * @param directory the project, by which files are named in origins and messages
     */
    static RequirementsFile read(Path file, Path directory) throws EnvironmentException {
        var all = new RequirementsFile(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        all.read(file, directory, false);
        return all;
    }

    private void read(Path file, Path directory, boolean constraint) throws EnvironmentException {
        if (files.contains(file)) {
            return; // included twice, or by itself: pip reads it once too
        }
        files.add(file);
        String name =
                file.startsWith(directory)
                        ? directory.relativize(file).toString()
                        : file.toString();
        List<String> lines = ProjectFile.read(file, name).declared().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            var logical = new StringBuilder(lines.get(i));
            while (logical.toString().endsWith("\\") && i + 1 < lines.size()) {
                logical.setLength(logical.length() - 1);
                logical.append(lines.get(++i));
            }
            String text = COMMENT.matcher(logical).replaceFirst("").strip();
            if (!text.isEmpty()) {
                line(
                        text,
                        file,
                        directory,
                        constraint,
                        new Place(name, first + 1, String.join("\n", lines)));
            }
        }
    }

    private record Place(String file, int line, String text) {
        EnvironmentException error(String message) {
            int column =
                    1
                            + text.lines()
                                    .skip(line - 1L)
                                    .findFirst()
                                    .map(l -> l.length() - l.stripLeading().length())
                                    .orElse(0);
            return new EnvironmentException(SourceError.render(file, text, line, column, message));
        }
    }

    private void line(String text, Path file, Path directory, boolean constraint, Place place)
            throws EnvironmentException {
        Matcher include = INCLUDE.matcher(text);
        if (include.matches()) {
            Path included = file.resolveSibling(include.group(2).strip()).normalize();
            if (!Files.isRegularFile(included)) {
                throw place.error("there is no file " + included);
            }
            read(included, directory, constraint || include.group(1).matches("-c|--constraint"));
        } else if (text.startsWith("-")) {
            throw place.error(
                    "the option '%s' is not understood here; only -r and -c are"
                            .formatted(text.split("[\\s=]", 2)[0]));
        } else if (text.contains(" --hash")) {
            throw place.error(
                    "the option '--hash' is not understood here; hashes belong into pylock.toml");
        } else {
            try {
                Requirement requirement = Requirement.parse(text);
                String origin = place.file + ":" + place.line;
                if (constraint) {
                    constraints.add(RootRequirement.constraint(requirement, origin));
                } else {
                    requirements.add(RootRequirement.of(requirement, origin));
                }
            } catch (InvalidSyntaxException e) {
                throw place.error("not a requirement: " + e.reason());
            }
        }
    }
}
