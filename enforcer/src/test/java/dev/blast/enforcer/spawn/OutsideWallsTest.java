package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.Confined;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.Wall;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the files of a process, in a folder that stands for them. */
final class OutsideWallsTest {
    private static final String MOUNTS =
            """
            22 1 0:21 / / ro - tmpfs tmpfs rw
            23 22 8:1 /usr /usr ro,nosuid - ext4 x rw
            24 22 0:50 /ada/shop /home/ada/shop rw,nosuid,nodev - nfs4 server:/home rw,vers=4.2
            """;

    @TempDir Path first;

    /** With a root and a network of its own, and no groups. */
    private Plan plan() {
        Plan whole =
                Confined.plan(
                        PolicyBuilder.system().grant(Access.WRITABLE, first.toString()).build(),
                        first,
                        Stdio.inherit(),
                        "sleep",
                        "1");
        return new Plan(
                whole.kernel(),
                whole.steps().stream().filter(it -> !(it instanceof Step.MakeCgroups)).toList(),
                whole.ladder(),
                whole.standIns(),
                whole.leftOut(),
                whole.watched());
    }

    private OutsideWalls walls() throws IOException {
        Files.createDirectories(first.resolve("net"));
        write("stat", "1 (blast-init) S 0 0 0 0 -1 4194560");
        write("mountinfo", MOUNTS);
        write("net/dev", "Inter-\n face\n    lo: 0 0");
        write("net/route", "Iface");
        write("net/ipv6_route", "0 00 lo\n");
        var none = new Step.MakeCgroups(CgroupPlaces.NONE, List.of(), List.of());
        return new OutsideWalls(plan(), first, SandboxCgroups.make(none, Kernel.linux()));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(first.resolve(file), text);
    }

    @Test
    void allStand() throws Exception {
        assertThat(walls().lost()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mountinfo, '', MOUNTS",
        "mountinfo, '22 1 0:21 / / ro - tmpfs tmpfs rw', MOUNTS",
        "mountinfo, , MOUNTS",
        "net/dev, , NETWORK",
        "net/dev, '', NETWORK",
        "net/dev, 'Inter-\n face\n    lo: 0\n  eth0: 0', NETWORK",
        "net/route, 'Iface\neth0\t0', NETWORK"
    })
    void whatReadsAsSomethingElseOrNotAtAllDoesNotStand(
            String file, @Nullable String text, Wall lost) throws Exception {
        OutsideWalls walls = walls();
        if (text == null) {
            Files.delete(first.resolve(file));
        } else {
            write(file, text);
        }
        assertThat(walls.lost()).contains(lost);
    }

    /** Where a path leads from one file system of a server into another, the kernel mounts that. */
    @ParameterizedTest
    @CsvSource({
        "24, /home/ada/shop/data, 'rw,nosuid,nodev', nfs4, true",
        "24, /home/ada/shop/data, 'rw,nosuid', nfs4, false", // devices of it would work
        "24, /home/ada/shop/data, 'rw,nosuid,nodev', tmpfs, false",
        "23, /usr/lib, 'ro,nosuid', ext4, false",
        "23, /usr/lib, 'ro,nosuid', nfs4, false",
        "99, /home/ada/shop/data, 'rw,nosuid,nodev', nfs4, false"
    })
    void whatTheKernelMountsByItselfMayBeThere(
            String parent, String place, String options, String type, boolean stands)
            throws Exception {
        OutsideWalls walls = walls();
        String more = "30 %s 0:51 / %s %s - %s x rw\n".formatted(parent, place, options, type);
        write("mountinfo", MOUNTS + more);
        assertThat(walls.lost()).isEqualTo(stands ? Optional.empty() : Optional.of(Wall.MOUNTS));
        write("mountinfo", MOUNTS);
        assertThat(walls.lost()).isEmpty();
    }

    /** Neither at the start nor later: nothing is known of it. */
    @Test
    void whatCouldNeverBeReadDoesNotStand() throws Exception {
        walls();
        write("mountinfo", "");
        var none = new Step.MakeCgroups(CgroupPlaces.NONE, List.of(), List.of());
        var walls = new OutsideWalls(plan(), first, SandboxCgroups.make(none, Kernel.linux()));
        assertThat(walls.lost()).contains(Wall.MOUNTS);
    }

    @Test
    void whatIsGoneOrHiddenHasLostNone() throws Exception {
        OutsideWalls walls = walls();
        for (String file : new String[] {"stat", "mountinfo", "net/dev"}) {
            Files.delete(first.resolve(file));
        }
        assertThat(walls.lost()).isEmpty();
    }
}
