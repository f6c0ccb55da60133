package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachTest {
    @TempDir Path home;

    @Test
    void whatWasNotedStays() throws Exception {
        var reach = new Reach(Directories.of(Map.of(), home));
        assertThat(reach.places()).isEmpty();
        Path odd = Path.of("/srv/two\nlines and more ");
        reach.note(List.of(Path.of("/srv/a"), odd));
        reach.note(List.of(Path.of("/srv/a")));
        assertThat(reach.places()).containsExactlyInAnyOrder(Path.of("/srv/a"), odd);
        Path folder = home.resolve(".local/share/blast/reach");
        assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
    }
}
