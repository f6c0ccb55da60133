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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the files of a process, in a folder that stands for them. */
final class OutsideWallsTest {
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
        write("mountinfo", "22 1 0:21 / / ro - tmpfs tmpfs rw\n23 22 8:1 /usr /usr ro - ext4 x rw");
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

    @Test
    void whatIsGoneOrHiddenHasLostNone() throws Exception {
        OutsideWalls walls = walls();
        for (String file : new String[] {"stat", "mountinfo", "net/dev"}) {
            Files.delete(first.resolve(file));
        }
        assertThat(walls.lost()).isEmpty();
    }
}
