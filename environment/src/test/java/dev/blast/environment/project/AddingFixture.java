package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a project, what is typed to add to it, and what comes of that. */
abstract class AddingFixture {
    static final ProjectPart DEPENDENCIES = new ProjectPart.Dependencies();
    static final ProjectPart DEV = new ProjectPart.Group(new ExtraName("dev"));
    static final ProjectPart WEB = new ProjectPart.Extra(new ExtraName("web"));
    static final Map<PackageName, Version> CHOSEN =
            Map.of(new PackageName("six"), Version.parse("1.17.0+local"));
    static final String HEAD = "[project]\nname = 's'\nversion = '1'\n";

    @TempDir Path folder;

    Path project() throws IOException {
        return Files.createDirectories(folder.resolve("s"));
    }

    static List<Addition> typed(Path project, String... typed) throws Exception {
        var reading =
                new TypedAdditions(
                        project,
                        project,
                        null,
                        false,
                        unnamed -> new PackageName(unnamed.url().replaceFirst(".*/", "")));
        var all = new ArrayList<Addition>();
        for (String each : typed) {
            all.add(reading.of(each.replaceFirst("^-e ", ""), each.startsWith("-e ")));
        }
        return all;
    }

    static Map<String, String> texts(PlannedEdit edit) {
        var texts = new LinkedHashMap<String, String>();
        edit.files()
                .forEach(file ->
                        texts.put(
                                file.file().toString(),
                                new String(file.after(), StandardCharsets.UTF_8)));
        return texts;
    }

    static Removing.Removed removed(Path project, String name, @Nullable ProjectPart part)
            throws Exception {
        return Removing.from(Project.at(project), List.of(new PackageName(name)), part);
    }

    static void write(Path project, PlannedEdit edit) throws IOException {
        for (AmendedFile each : edit.files()) {
            Files.write(project.resolve(each.file()), each.after());
        }
    }

    void check(String file, ProjectPart part, String typed, String before, String after)
            throws Exception {
        var letters =
                before.contains("latin-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        Path project = project();
        Files.write(project.resolve(file), before.getBytes(letters));
        Adding.Added added = Adding.to(Project.at(project), typed(project, typed), part);
        String now = before;
        for (AmendedFile each : added.edit().files(CHOSEN)) {
            assertThat(each.file()).hasToString(file);
            assertThat(each.before()).isEqualTo(before.getBytes(letters));
            now = new String(each.after(), letters);
        }
        assertThat(now).isEqualTo(after);
        assertThat(added.edit().isEmpty()).isEqualTo(before.equals(after));
        assertThat(added.said().isEmpty())
                .isEqualTo(!before.equals(after) && !isMade(part, before));
        Files.write(project.resolve(file), now.getBytes(letters));
        assertThat(Adding.to(Project.at(project), typed(project, typed), part).edit().isEmpty())
                .as("added once more")
                .isTrue();
    }

    static boolean isMade(ProjectPart part, String before) {
        return part.equals(DEPENDENCIES)
                && before.contains("[tool.x]")
                && !before.contains("[project]");
    }
}
