package dev.blast.solver.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurroundingTest {
    private static final List<Version> VERSIONS =
            Arrays.stream("0.9 1.0 1.1 1.2.0 1.2.1 1.3 2.0 2.1 3.0rc1 3.0 1!1.0".split(" "))
                    .map(Version::parse)
                    .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <1.2       | 1.2.1  | >=1.2.1,<2      | 2
                    <1.2       | 1.2.0  | >=1.2,<2        | 1
                    >=1.0,<1.2 | 2.0    | >=1.0,<3        | 4
                    >0.9,<1.2  | 2.0    | >0.9,<3         | 4
                    >=2        | 1.2.1  | >=1.2.1         | 2
                    >=2        | 1.3    | >=1.3           | 1
                    >=2,<3     | 1.2.0  | >=1.2,<3        | 3
                    ~=1.2      | 2.1    | >=1.2,<3        | 2
                    ~=2.0      | 1.3    | >=1.3,<3        | 1
                    ~=1.2.0    | 1.1    | >=1.1,<1.3      | 1
                    ==1.2.*    | 1.1    | >=1.1,<1.3      | 1
                    ==1.2.*    | 2.0    | >=1.2,<3        | 2
                    ==1.1      | 1.3    | ==1.3           | 3
                    !=1.1      | 1.1    | ''              | 1
                    !=1.1,<2   | 1.1    | <2              | 1
                    !=2.0,<1.2 | 2.1    | >=2.1,<3        | 5
                    !=1.3,<1.2 | 1.2.1  | >=1.2.1,!=1.3,<2 | 2
                    >=9        | 3.0    | >=3.0           | 1
                    <2         | 1!1.0  | >=1!1.0,<1!2    | 5
                    <3         | 3.0rc1 | >=3.0rc1,<4     | 1
                    """)
    void widens(String specifier, String version, String widened, int distance) {
        var surrounding = new Surrounding(SpecifierSet.parse(specifier), VERSIONS);
        assertThat(surrounding.widenedTo(Version.parse(version)))
                .isEqualTo(SpecifierSet.parse(widened));
        assertThat(surrounding.distances()).containsEntry(Version.parse(version), distance);
    }
}
