package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PlatformName;
import dev.blast.packaging.Version;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownProjectTest {
    private static final String NEEDS =
            """
            Metadata-Version: 2.4
            Name: shop
            Version: 1.0
            Requires-Dist: idna>=3
            Requires-Dist: nothing; python_version < '3'
            Provides-Extra: fast
            Requires-Dist: quick; extra == 'fast'
            """;

    @TempDir Path folder;
    private Path site;

    @BeforeEach
    void setUp() throws IOException {
        folder = folder.toRealPath();
        site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(folder.resolve("setup.py"), "setup()\n");
    }

    @Test
    void whatItsBackendSaidStandsInItsOwnMetadata() throws Exception {
        install(folder.toUri().toString().replaceFirst("/$", ""), NEEDS);
        KnownProject known = known();
        assertThat(names(known.usual())).containsExactly("idna", "shop");
        assertThat(names(known.all())).containsExactly("idna", "quick", "shop");
        assertThat(known.all().getFirst().origin()).isEqualTo("setup.py, its build backend");
    }

    @Test
    void whatComesFromElsewhereSaysNothingOfIt() throws Exception {
        for (String url :
                List.of(
                        folder.resolve("other").toUri().toString(),
                        "https://index.example" + folder,
                        "file://host" + folder,
                        "file:%00",
                        "file:")) {
            install(url, NEEDS);
            assertThat(known().all()).as(url).isEmpty();
        }
    }

    @Test
    void aDamagedNoteOrMetadataSaysNothing() throws Exception {
        install(folder.toUri().toString(), "no metadata");
        assertThat(names(known().usual())).containsExactly("shop");
        Files.writeString(site.resolve("shop-1.0.dist-info/direct_url.json"), "[");
        assertThat(known().all()).isEmpty();
    }

    private void install(String url, String metadata) throws IOException {
        Path info = Files.createDirectories(site.resolve("shop-1.0.dist-info"));
        Files.writeString(info.resolve("METADATA"), metadata);
        Files.writeString(
                info.resolve("direct_url.json"), "{\"url\":\"%s\",\"dir_info\":{}}".formatted(url));
    }

    private static List<String> names(List<RootRequirement> roots) {
        return roots.stream().map(it -> it.requirement().name().toString()).toList();
    }

    private KnownProject known() throws Exception {
        List<InstalledDistribution> installed = InstalledDistributions.scan(site);
        assertThat(installed).hasSize(1);
        return KnownProject.of(
                Project.at(folder),
                installed,
                PlatformName.of("linux").markers(Version.parse("3.13.0")));
    }
}
