package dev.blast.environment.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.copy.CopyChange.Deed;
import dev.blast.environment.copy.CopyChange.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class KeptChoiceTest {
    private static CopyChange added(String path, Thing thing, Keepable standing) {
        return new CopyChange(Path.of(path), Deed.ADDED, thing, 0, 1, "", standing);
    }

    @Test
    void whatIsNamedBringsItsFoldersAlong() {
        CopyChange folder = added("n", Thing.FOLDER, new Keepable.OnlyNamed("x"));
        CopyChange named = added("n/a", Thing.FILE, new Keepable.OnlyNamed("x"));
        CopyChange other = added("n/b", Thing.FILE, new Keepable.OnlyNamed("x"));
        CopyChange free = added("z", Thing.FILE, Keepable.FREE);
        List<CopyChange> changes = List.of(folder, named, other, free);
        assertThat(KeptChoice.of(changes, false, List.of(Path.of("n/a"))))
                .containsExactly(folder, named);
        assertThat(KeptChoice.of(changes, true, List.of())).containsExactly(free);
    }

    @Test
    @Timeout(10)
    void manyChangesTakeNoTime() {
        var changes = new ArrayList<CopyChange>();
        for (int i = 0; i < 100_000; i++) {
            changes.add(added("d/f" + i, Thing.FILE, Keepable.FREE));
        }
        assertThat(KeptChoice.of(changes, true, List.of())).hasSize(100_000);
    }
}
