package dev.blast.environment.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathFoldingTest {
    private static final PathFolding FOLDING =
            new PathFolding(
                    Path.of("/home/ada"),
                    Path.of("/srv/work/team/shop"),
                    folder -> !folder.endsWith("with-secret"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/opt",
                "/srv",
                "/etc",
                "/etc/ssl",
                "/usr/lib",
                "/usr/local/bin",
                "/var/lib",
                "/home",
                "/home/bob",
                "/home/ada",
                "/home/ada/.config",
                "/run/user/1000",
                "/run/user/1000/systemd",
                "/var/run/docker",
                "/sys/fs/cgroup",
                "/srv/work",
                "/srv/work/team",
                "/srv/work/team/shop"
            })
    void someFoldersAreOfNoOneProgram(String folder) {
        assertThat(FOLDING.isBroad(Path.of(folder))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/opt/tool",
                "/srv/data",
                "/srv/work/other",
                "/srv/work/team/shop/out",
                "/usr/share/zoneinfo",
                "/var/lib/shop",
                "/home/ada/data",
                "/home/ada/.config/shop",
                "/home/bob/shared/data"
            })
    void othersMayBe(String folder) {
        assertThat(FOLDING.isBroad(Path.of(folder))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /home/ada/d/a /home/ada/d/b,               /home/ada/d/a /home/ada/d/b
                    /home/ada/d/a /home/ada/d/b /home/ada/d/c, /home/ada/d
                    /home/ada/d/a /home/ada/d,                 /home/ada/d
                    /home/ada/a /home/ada/b /home/ada/c,       /home/ada/a /home/ada/b /home/ada/c
                    /home/ada/.config/a /home/ada/.config/b /home/ada/.config/c, /home/ada/.config/a /home/ada/.config/b /home/ada/.config/c
                    /etc/a /etc/b /etc/c /etc/d,               /etc/a /etc/b /etc/c /etc/d
                    /opt/x/a /opt/x/b /opt/x/c,                /opt/x
                    /srv/m/a/1 /srv/m/a/2 /srv/m/a/3 /srv/m/b /srv/m/c, /srv/m
                    /srv/m/a/1 /srv/m/a/2 /srv/m/a/3 /srv/m/b, /srv/m/a /srv/m/b
                    /home/ada/with-secret/a /home/ada/with-secret/b /home/ada/with-secret/c, /home/ada/with-secret/a /home/ada/with-secret/b /home/ada/with-secret/c
                    """)
    void threeOfAFolderAreTheFolder(String paths, String folded) {
        var all = new TreeSet<Path>();
        Arrays.stream(paths.split(" ")).map(Path::of).forEach(all::add);
        assertThat(FOLDING.fold(all))
                .containsExactly(
                        Arrays.stream(folded.split(" ")).map(Path::of).toArray(Path[]::new));
    }
}
