package dev.blast.environment.project;

import dev.blast.index.Formats;
import dev.blast.index.settings.FormatWords;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Visible;
import dev.blast.solver.Cutoff;
import dev.blast.solver.PrereleaseWish;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code [tool.uv]} says of versions and means here what it means to uv, where {@code
 * [tool.blast]} does not say otherwise. Of a member of a workspace it is what the root says, as uv
 * has it. What is written in no way that is understood is not read, which is said.
 *
 * @param followed what counts, a sentence each
 */
record UvSettings(
        List<RootRequirement> overrides,
        List<RootRequirement> constraints,
        Optional<Cutoff> cutoff,
        Optional<PrereleaseWish> prereleases,
        Formats formats,
        List<String> followed) {
    static final String OVERRIDES = "override-dependencies";
    static final String CONSTRAINTS = "constraint-dependencies";
    private static final String CUTOFF = "exclude-newer";
    private static final String PRERELEASE = "prerelease";
    private static final String NO_BUILD = "no-build";
    private static final String NO_BINARY = "no-binary";
    private static final List<String> FOLLOWED =
            List.of(
                    OVERRIDES,
                    CONSTRAINTS,
                    CUTOFF,
                    PRERELEASE,
                    NO_BUILD,
                    NO_BUILD + "-package",
                    NO_BINARY,
                    NO_BINARY + "-package");

    /**
     * Reads them.
     *
     * @param directory the project's
     * @param own the project's file
     * @param workspace that the project is in
     * @param members whose needs are the project's too
     * @param unreads gets what does not count
     */
    static UvSettings of(
            Path directory,
            TomlDocument own,
            Optional<UvWorkspace> workspace,
            Collection<PyProjectFile> members,
            Unreads unreads) {
        TomlDocument read = workspace.map(UvWorkspace::toml).orElse(own);
        Path folder = workspace.map(UvWorkspace::root).orElse(directory);
        String file = directory.relativize(folder).resolve(Project.PYPROJECT).toString();
        Map<?, ?> blast = table(own, "blast");
        var reader = new Reader(read, file, table(read, "uv"), unreads);
        List<RootRequirement> overrides =
                reader.requirements(
                        OVERRIDES, blast.containsKey("overrides") ? "overrides" : null, true);
        List<RootRequirement> constraints = reader.requirements(CONSTRAINTS, null, false);
        Optional<Cutoff> cutoff = reader.cutoff(blast.containsKey(CUTOFF) ? CUTOFF : null);
        Optional<PrereleaseWish> prereleases =
                reader.prereleases(blast.containsKey(PRERELEASE) ? PRERELEASE : null);
        Formats formats = reader.formats();
        if (!folder.equals(directory)) {
            ofMember(Project.PYPROJECT, own, file, unreads);
        }
        members.forEach(it -> ofMember(it.name(), it.toml(), file, unreads));
        return new UvSettings(
                overrides, constraints, cutoff, prereleases, formats, List.copyOf(reader.followed));
    }

    /** Says what does not count since a member says it. */
    private static void ofMember(String name, TomlDocument toml, String root, Unreads unreads) {
        Map<?, ?> said = table(toml, "uv");
        for (String key : FOLLOWED) {
            if (said.containsKey(key)) {
                unreads.versionsOnly(
                        "%s:%d: [tool.uv.%s] is not read"
                                .formatted(name, toml.line("tool", "uv", key), key),
                        "of a workspace, what its root says counts (%s)".formatted(root));
            }
        }
    }

    /**
     * The same for a document that belongs to no workspace.
     *
     * @param file how it is called
     */
    static UvSettings of(TomlDocument toml, String file, Unreads unreads) {
        Map<?, ?> blast = table(toml, "blast");
        var reader = new Reader(toml, file, table(toml, "uv"), unreads);
        return new UvSettings(
                reader.requirements(
                        OVERRIDES, blast.containsKey("overrides") ? "overrides" : null, true),
                reader.requirements(CONSTRAINTS, null, false),
                reader.cutoff(blast.containsKey(CUTOFF) ? CUTOFF : null),
                reader.prereleases(blast.containsKey(PRERELEASE) ? PRERELEASE : null),
                reader.formats(),
                List.copyOf(reader.followed));
    }

    private static Map<?, ?> table(TomlDocument file, String name) {
        return file.values().get("tool") instanceof Map<?, ?> tool
                        && tool.get(name) instanceof Map<?, ?> table
                ? table
                : Map.of();
    }

    private static final class Reader {
        private final TomlDocument toml;
        private final String file;
        private final Map<?, ?> uv;
        private final Unreads unreads;
        private final List<String> followed = new ArrayList<>();

        Reader(TomlDocument toml, String file, Map<?, ?> uv, Unreads unreads) {
            this.toml = toml;
            this.file = file;
            this.uv = uv;
            this.unreads = unreads;
        }

        /**
         * @param instead the key of {@code [tool.blast]} that goes before; null where there is none
         */
        List<RootRequirement> requirements(
                String key, @Nullable String instead, boolean overriding) {
            if (!isToFollow(key, instead)) {
                return List.of();
            }
            if (!(uv.get(key) instanceof List<?> texts)
                    || !texts.stream().allMatch(String.class::isInstance)) {
                return refused(key, "it is no list of requirements");
            }
            var roots = new ArrayList<RootRequirement>();
            for (int i = 0; i < texts.size(); i++) {
                String text = (String) texts.get(i);
                String origin = file + ":" + toml.line("tool", "uv", key, i);
                try {
                    Requirement requirement = Requirement.parse(text);
                    if (requirement.url() != null) {
                        return refused(key, requirement.name() + " is given an address there");
                    }
                    roots.add(
                            overriding
                                    ? RootRequirement.override(requirement, origin)
                                    : RootRequirement.constraint(requirement, origin));
                } catch (IllegalArgumentException e) {
                    return refused(key, Visible.of(String.valueOf(e.getMessage())));
                }
            }
            if (!roots.isEmpty()) {
                String names =
                        roots.stream()
                                .map(root -> root.requirement().name().toString())
                                .distinct()
                                .collect(Collectors.joining(", "));
                followed.add(
                        "%s: [tool.uv.%s] is followed, as %s %s"
                                .formatted(
                                        place(key),
                                        key,
                                        (overriding ? "override" : "constraint")
                                                + (roots.size() == 1 ? "" : "s")
                                                + (overriding ? " of" : " on"),
                                        names));
            }
            return roots;
        }

        Optional<Cutoff> cutoff(@Nullable String instead) {
            if (!isToFollow(CUTOFF, instead)) {
                return Optional.empty();
            }
            if (!(uv.get(CUTOFF) instanceof String text)) {
                refused(CUTOFF, "it is no text");
                return Optional.empty();
            }
            try {
                var cutoff = Cutoff.of(text, place(CUTOFF), Instant.now());
                followed.add(
                        "%s: [tool.uv.%s] is followed: %s"
                                .formatted(place(CUTOFF), CUTOFF, cutoff.said()));
                return Optional.of(cutoff);
            } catch (IllegalArgumentException e) {
                refused(CUTOFF, Visible.of(String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }

        Optional<PrereleaseWish> prereleases(@Nullable String instead) {
            if (!isToFollow(PRERELEASE, instead)) {
                return Optional.empty();
            }
            if (!(uv.get(PRERELEASE) instanceof String word)) {
                refused(PRERELEASE, "it is no text");
                return Optional.empty();
            }
            try {
                PrereleaseWish wish = PrereleaseWish.of(word, place(PRERELEASE));
                followed.add(
                        "%s: [tool.uv.%s] is followed: %s"
                                .formatted(place(PRERELEASE), PRERELEASE, wish.mode().word()));
                return Optional.of(wish);
            } catch (IllegalArgumentException e) {
                refused(PRERELEASE, Visible.of(String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }

        /** A switch for all, and a list of names beside it. */
        Formats formats() {
            var words = new FormatWords();
            for (String key : List.of(NO_BUILD, NO_BINARY)) {
                for (String said : List.of(key, key + "-package")) {
                    List<String> values = formats(said);
                    for (String value : values) {
                        if (key.equals(NO_BUILD)) {
                            words.onlyBinary(value, place(said));
                        } else {
                            words.noBinary(value, place(said));
                        }
                    }
                    if (!values.isEmpty()) {
                        followed.add("%s: [tool.uv.%s] is followed".formatted(place(said), said));
                    }
                }
            }
            return words.formats();
        }

        private List<String> formats(String key) {
            Object value = uv.get(key);
            if (value == null || Boolean.FALSE.equals(value)) {
                return List.of();
            }
            if (Boolean.TRUE.equals(value)) {
                return List.of(":all:");
            }
            try {
                if (value instanceof List<?> names
                        && names.stream().allMatch(String.class::isInstance)) {
                    return names.stream()
                            .map(name -> new PackageName((String) name).normalized())
                            .toList();
                }
                refused(key, "it is no list of names");
            } catch (InvalidSyntaxException e) {
                refused(key, Visible.of(String.valueOf(e.getMessage())));
            }
            return List.of();
        }

        private boolean isToFollow(String key, @Nullable String instead) {
            if (instead != null && uv.containsKey(key)) {
                refused(key, "[tool.blast] %s goes before it".formatted(instead));
            }
            return instead == null && uv.containsKey(key);
        }

        private List<RootRequirement> refused(String key, String why) {
            unreads.versionsOnly("%s: [tool.uv.%s] is not read".formatted(place(key), key), why);
            return List.of();
        }

        private String place(String key) {
            return file + ":" + toml.line("tool", "uv", key);
        }
    }
}
