package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order of preferences is that of names: searches go through them, and break ties by it. */
final class PreferencesTest {

    @Test
    void whatIsPreferredStandsByName() {
        var random = new Random(1);
        Map<PackageName, Version> installed = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            installed.put(new PackageName("n" + random.nextInt(1000)), Version.parse("1"));
        }
        var preferences = new Preferences(Map.of(), installed);
        assertThat(List.copyOf(preferences.installed().keySet()))
                .isEqualTo(List.copyOf(new TreeSet<>(installed.keySet())));
        PackageName first = preferences.installed().keySet().iterator().next();
        assertThat(List.copyOf(preferences.without(first).installed().keySet())).isSorted();
    }
}
