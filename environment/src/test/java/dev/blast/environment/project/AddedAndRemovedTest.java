package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Adding and removing undo each other. */
class AddedAndRemovedTest extends AddingFixture {
    /** Whatever the file looks like, what was added is taken out without a trace. */
    @Test
    void addedAndRemovedTheFileIsAsItWas() throws Exception {
        Path project = project();
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            boolean isToml = random.nextInt(3) > 0;
            Path file = project.resolve(isToml ? "pyproject.toml" : "requirements.txt");
            byte[] before = isToml ? toml(random) : requirements(random);
            Files.write(file, before);
            ProjectPart part =
                    !isToml ? DEPENDENCIES : List.of(DEPENDENCIES, DEV, WEB).get(random.nextInt(3));
            Adding.Added added =
                    Adding.to(Project.at(project), typed(project, "six[x]>=1", "m"), part);
            write(project, added.edit());
            assertThat(Files.readAllBytes(file)).as("seed %d", seed).isNotEqualTo(before);
            var names = List.of(new PackageName("m"), new PackageName("six"));
            var removed =
                    (Removing.Removed.Planned) Removing.from(Project.at(project), names, part);
            write(project, removed.edit());
            assertThat(Files.readString(file))
                    .as("seed %d", seed)
                    .isEqualTo(new String(before, StandardCharsets.UTF_8));
            Files.delete(file);
        }
    }

    /** In a time that grows with the length alone: its square would be minutes. */
    @Test
    void longFilesAreEditedInOneLine() throws Exception {
        Path project = project();
        String lines =
                IntStream.range(0, 8_000)
                        .mapToObj("p%05d>=1 # p\n"::formatted)
                        .collect(Collectors.joining());
        String array =
                HEAD
                        + IntStream.range(0, 8_000)
                                .mapToObj("  'p%05d>=1', # p\n"::formatted)
                                .collect(Collectors.joining("", "dependencies = [\n", "]\n"));
        for (Map.Entry<String, String> each :
                Map.of("requirements.txt", lines, "pyproject.toml", array).entrySet()) {
            Path file = Files.writeString(project.resolve(each.getKey()), each.getValue());
            PlannedEdit edit =
                    Adding.to(Project.at(project), typed(project, "six"), DEPENDENCIES).edit();
            assertThat(edit.files().getFirst().lines()).hasSize(1);
            write(project, edit);
            write(project, ((Removing.Removed.Planned) removed(project, "six", null)).edit());
            assertThat(file).hasContent(each.getValue());
            Files.delete(file);
        }
    }

    private static byte[] toml(Random random) {
        String text =
                "# ü\n[build-system]\nrequires = []\n\n[project] # p\nname = 's'\nversion = '1'\ndependencies = "
                        + array(random)
                        + "\n\n[project.optional-dependencies]\nweb = "
                        + array(random)
                        + " # w\n\n[dependency-groups]\ndev = "
                        + array(random)
                        + "\n\n[tool.x] # d = []\n";
        return encoded(random, text);
    }

    private static byte[] encoded(Random random, String text) {
        return ((random.nextInt(4) == 0 ? "\uFEFF" : "")
                        + (random.nextInt(4) == 0 ? text.replace("\n", "\r\n") : text))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static final List<String> NAMES =
            List.of("anyio", "Flask>=2", "numpy", "six-x==1", "Zope");

    private static List<String> names(Random random) {
        var names = new ArrayList<String>(NAMES.subList(0, random.nextInt(NAMES.size() + 1)));
        if (random.nextBoolean()) {
            Collections.shuffle(names, random);
        }
        return names;
    }

    private static String array(Random random) {
        List<String> names = names(random);
        String quote = random.nextBoolean() ? "'" : "\"";
        boolean lines = random.nextBoolean();
        boolean ended = random.nextBoolean();
        if (names.isEmpty()) {
            return "[]";
        }
        var text = new StringBuilder("[");
        for (int i = 0; i < names.size(); i++) {
            boolean isLast = i == names.size() - 1;
            text.append(lines ? "\n    " : i == 0 ? "" : " ");
            text.append(quote).append(names.get(i)).append(quote);
            text.append(!isLast || ended ? "," : "");
            text.append(lines && random.nextInt(4) == 0 ? "  # why ]" : "");
        }
        return text.append(lines ? "\n]" : "]").toString();
    }

    private static byte[] requirements(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "# top\n" : "");
        for (String name : names(random)) {
            text.append(random.nextInt(5) == 0 ? "\n# of it\n" : "");
            text.append(name).append(random.nextInt(4) == 0 ? " \\\n  ; os_name == 'posix'" : "");
            text.append(random.nextInt(4) == 0 ? "  # why" : "").append('\n');
        }
        text.append(text.isEmpty() || random.nextBoolean() ? "# end\n" : "");
        if (random.nextInt(4) == 0) {
            text.setLength(text.length() - 1);
        }
        return encoded(random, text.toString());
    }
}
