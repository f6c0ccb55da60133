package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.spawn.SandboxCgroups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Control groups that other sandboxes left or hold. */
@Timeout(60)
class LeftCgroupsTest {
    @TempDir Path folder;

    @BeforeEach
    void realPath() throws Exception {
        folder = folder.toRealPath();
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNext() throws Exception {
        CgroupPlaces places = Confined.kernel().cgroups();
        assumeTrue(
                !places.version1().isEmpty(),
                "needs a cgroup controller of version 1 for this user");
        Path parent = places.version1().values().iterator().next();
        Path abandoned = Files.createDirectories(parent.resolve("blast-run-999999999-1"));
        Path among =
                Files.createDirectories(
                        parent.resolve(
                                "blast-sandboxes-%d/blast-run-999999999-1"
                                        .formatted(Confined.kernel().userId())));
        Path foreign = Files.createDirectories(parent.resolve("blast-of-somebody-else"));
        try {
            new Confined(folder, PolicyBuilder.system().limit("memory", 64 << 20)).run("true");
            assertThat(abandoned).doesNotExist();
            assertThat(among).doesNotExist();
            assertThat(foreign).exists();
        } finally {
            Files.deleteIfExists(foreign);
        }
    }

    /** Its process may be one that another pid namespace does not show. */
    @Test
    void whatAnotherHoldsIsLeftAlone() throws Exception {
        SandboxCgroups held =
                SandboxCgroups.make(
                        new Step.MakeCgroups(Confined.kernel().cgroups(), List.of(), List.of()),
                        Kernel.linux());
        try {
            assumeTrue(held.birthplace().isPresent(), "needs a cgroup of version 2 for this user");
            new Confined(folder, PolicyBuilder.system().limit("memory", 64 << 20)).run("true");
            assertThat(held.birthplace().orElseThrow()).exists();
        } finally {
            held.remove();
        }
        assertThat(leftovers()).isEmpty();
    }

    /** Those of this process. */
    static List<Path> leftovers() throws Exception {
        CgroupPlaces places = Confined.kernel().cgroups();
        String owner = "blast-run-" + ProcessHandle.current().pid() + "-";
        List<Path> found = new ArrayList<>();
        for (Map.Entry<Controller, Path> place : places.version1().entrySet()) {
            for (String above :
                    new String[] {"", "blast-sandboxes-" + Confined.kernel().userId()}) {
                String[] names = place.getValue().resolve(above).toFile().list();
                Stream.of(names == null ? new String[0] : names)
                        .filter(name -> name.startsWith(owner))
                        .forEach(name -> found.add(place.getValue().resolve(above).resolve(name)));
            }
        }
        return found;
    }
}
