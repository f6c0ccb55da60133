package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.FakeHost;
import dev.blast.enforcer.plan.HostFiles;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.Storage;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which terminal gets a name inside: one that a stream is, under the name that it has here. */
class TerminalTest {
    private static final String MACHINE = "/usr/bin/sh*\n/shop/\n/dev/null!\n";
    private static final Path SHOP = Path.of("/shop");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/proc/self/fd/0 -> /dev/pts/3, /dev/pts/3!                              | /dev/pts/3",
                "/proc/self/fd/0 -> pipe:[7], /proc/self/fd/2 -> /dev/pts/3, /dev/pts/3! | /dev/pts/3",
                "/proc/self/fd/0 -> /dev/pts/3                                           | ''",
                "/proc/self/fd/0 -> /dev/tty1, /dev/tty1!                                | ''",
                "/proc/self/fd/0 -> /dev/pts/3, /dev/pts/3                               | ''",
                "/dev/pts/3!                                                             | ''"
            })
    void whatAStreamLeadsToHasItsNameHereOrNone(String streams, String terminal) {
        var machine = new FakeHost(MACHINE + streams.replace(", ", "\n"));
        assertThat(terminals(machine))
                .isEqualTo(terminal.isEmpty() ? List.of() : List.of(terminal));
        assertThat(terminals(new ElsewhereOpen(machine))).isEmpty();
    }

    private static List<String> terminals(HostFiles machine) {
        var kernel =
                new KernelFeatures(
                        "6.12",
                        Processor.X86_64,
                        1000,
                        100,
                        true,
                        7,
                        40,
                        false,
                        Map.of(),
                        CgroupPlaces.NONE,
                        List.of(),
                        Optional.empty());
        var policy =
                new PolicyBuilder()
                        .grant(Access.READABLE, "/usr")
                        .grant(Access.WRITABLE, SHOP.toString())
                        .set("PATH", "/usr/bin");
        var launch = new Launch(List.of("sh"), SHOP, Map.of(), Stdio.inherit(), Set.of());
        var plan = (Plan) Confinement.plan(policy.build(), launch, kernel, machine);
        return plan.steps().stream()
                .filter(Step.Terminal.class::isInstance)
                .map(step -> ((Step.Terminal) step).source().path().toString())
                .toList();
    }

    /** As in a container: what is open is of another {@code /dev/pts}. */
    private record ElsewhereOpen(HostFiles host) implements HostFiles {
        @Override
        public Optional<HostFile> at(Path path) {
            return host.at(path);
        }

        @Override
        public Optional<HostFile> behind(Path link) {
            return Optional.of(new HostFile(Kind.SPECIAL, link, 99, 99, false));
        }

        @Override
        public boolean mayWrite(Path folder) {
            return host.mayWrite(folder);
        }

        @Override
        public boolean isClosed(Path path) {
            return host.isClosed(path);
        }

        @Override
        public Storage storage(Path path) {
            return host.storage(path);
        }

        @Override
        public List<String> list(Path folder) {
            return host.list(folder);
        }
    }
}
