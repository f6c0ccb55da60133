package dev.blast.environment.interpreter;

import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The static description that an installation of Python 3.14 and later carries (PEP 739), read to
 * pass an interpreter over without starting it. It does not hold all that the probe asks, so it
 * never replaces the probe.
 */
record BuildDetails(String implementation, Version version) {

    /** The description beside an executable, if there is exactly one and it can be understood. */
    static Optional<BuildDetails> of(Path executable) {
        try {
            Path lib = executable.toRealPath().resolveSibling("../lib").normalize();
            try (Stream<Path> folders = Files.list(lib)) {
                var files =
                        folders.map(folder -> folder.resolve("build-details.json"))
                                .filter(Files::isRegularFile)
                                .toList();
                return files.size() == 1 ? Optional.of(read(files.getFirst())) : Optional.empty();
            }
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static BuildDetails read(Path file) throws IOException {
        JsonFields json = JsonFields.parse(SmallFile.text(file));
        JsonFields info = json.object("language").object("version_info");
        String release =
                "%d.%d.%d"
                        .formatted(
                                info.number("major"), info.number("minor"), info.number("micro"));
        String level =
                switch (info.text("releaselevel")) {
                    case "final" -> "";
                    case "candidate" -> "rc" + info.number("serial");
                    case "alpha" -> "a" + info.number("serial");
                    case "beta" -> "b" + info.number("serial");
                    default -> throw new IOException("unknown release level");
                };
        return new BuildDetails(
                json.object("implementation").text("name"), Version.parse(release + level));
    }
}
