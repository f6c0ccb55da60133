package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.rules.verdict.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a program can write, and where in it not. */
class DiskBudgetTest {
    private static final Limits LIMITS =
            new PolicyBuilder().limit("disk", 1 << 20).build().limits();

    /** {@code w} can be written, {@code r} read, {@code t} is temporary, {@code h} hidden. */
    private static List<Step> steps(String listing) {
        return Stream.of(listing.split(" ", -1)).map(DiskBudgetTest::step).toList();
    }

    private static Step step(String line) {
        Path path = Path.of(line.substring(1));
        return switch (line.charAt(0)) {
            case 't' -> new Step.Temporary(path, 0, 0);
            case 'h' -> new Step.Hide(path, true);
            default ->
                    new Step.Bind(
                            new Source(path, HostFiles.Kind.FOLDER, 1, 1), line.charAt(0) == 'w');
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r/usr w/shop r/shop/.git h/shop/secret | /shop          | /shop/.git /shop/secret",
                "w/shop w/shop/data w/other             | /shop /other   | ''",
                "w/shop r/shop/.venv w/shop/.venv/cache | /shop /shop/.venv/cache | /shop/.venv",
                "t/tmp w/tmp/shop w/dev/nvidia0         | /tmp/shop      | ''",
                "w/home t/home/ann                      | /home          | /home/ann"
            })
    void treesAndWhatIsLeftOut(String listing, String trees, String except) {
        DiskBudget budget = DiskBudget.of(LIMITS, steps(listing), null).orElseThrow();
        assertThat(budget.trees()).isEqualTo(paths(trees));
        assertThat(budget.except()).isEqualTo(paths(except));
        assertThat(budget.files()).isEmpty();
    }

    @Test
    void aPrivateFolderIsOne() {
        DiskBudget budget = DiskBudget.of(LIMITS, List.of(), Path.of("/tmp/blast-1")).orElseThrow();
        assertThat(budget.trees()).containsExactly(Path.of("/tmp/blast-1"));
    }

    @Test
    void withoutALimitThereIsNone() {
        assertThat(DiskBudget.of(Limits.NONE, steps("w/shop"), null)).isEmpty();
    }

    private static List<Path> paths(String listing) {
        return listing.isEmpty()
                ? List.of()
                : Stream.of(listing.split(" ", -1)).map(Path::of).toList();
    }
}
