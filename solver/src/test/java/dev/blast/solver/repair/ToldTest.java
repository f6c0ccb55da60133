package dev.blast.solver.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Hindrance;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Obstacle;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which conflict is said first, as a table: the lines that a proof blames, ! where a wheel lacks.
 */
final class ToldTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a b           | a b | ''
                    a!            | a!  | ''
                    a!, a b       | a b | a!
                    a!, b!, a b   | a b | a!, b!
                    a!, b         | a!  | b
                    a b!, a c     | a c | a b!
                    a b, a!       | a b | a!
                    a!, a b, b c  | a b | a!, b c
                    a!,b!,c!,d!,e | a!  | b!, c!, d!
                    """)
    void clashesOfLinesComeFirst(String conflicts, String first, String besides) {
        Told told = Told.of(Arrays.stream(conflicts.split(",", -1)).map(ToldTest::proof).toList());
        assertThat(told.first()).isEqualTo(proof(first));
        assertThat(told.besides())
                .isEqualTo(
                        Arrays.stream(besides.split(",", -1))
                                .filter(it -> !it.isEmpty())
                                .map(ToldTest::proof)
                                .toList());
    }

    private static Proof proof(String text) {
        List<Proof.Blamed> blamed = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        for (String word : text.strip().split(" ", -1)) {
            String name = word.replace("!", "");
            var part = new PackagePart(new PackageName(name), null);
            var root = RootRequirement.of(Requirement.parse(name), name);
            blamed.add(new Proof.Blamed(root, part));
            if (word.endsWith("!")) {
                var all = new KnownVersions(part, List.of(), true, null);
                statements.add(
                        new Statement.Unusable(
                                statements.size() + 1,
                                List.of(new Hindrance(all, List.of(new Obstacle.OnlySource("")))),
                                false));
            }
        }
        return new Proof(statements, blamed, true);
    }
}
