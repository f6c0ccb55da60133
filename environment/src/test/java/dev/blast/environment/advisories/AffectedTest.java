package dev.blast.environment.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.HashMap;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which versions a document's ranges and lists mean. */
final class AffectedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    introduced 0, fixed 1.2                       |             | 1.1       | true  | 1.2
                    introduced 0, fixed 1.2                       |             | 1.2       | false | -
                    introduced 0, fixed 1.2                       |             | 1.2rc1    | true  | 1.2
                    introduced 0, fixed 1.2                       |             | 0.dev0    | true  | 1.2
                    introduced 0, fixed 1.2                       |             | 1!0       | false | -
                    introduced 0, fixed 1.2                       |             | 1.1+cu121 | true  | 1.2
                    introduced 1.0, last_affected 1.2             |             | 1.2       | true  | -
                    introduced 1.0, last_affected 1.2             |             | 1.2.post1 | false | -
                    introduced 1.0, last_affected 1.2             |             | 1.2+local | true  | -
                    introduced 1.0, last_affected 1.2             |             | 0.9       | false | -
                    introduced 1.0                                |             | 99        | true  | -
                    fixed 1.2                                     |             | 1.1       | false | -
                    introduced 0, fixed 1.2, introduced 2, fixed 2.1 |          | 1.5       | false | 2.1
                    introduced 0, fixed 1.2, introduced 2, fixed 2.1 |          | 2.0       | true  | 2.1
                    introduced 0, fixed 1.2, introduced 2, fixed 2.1 |          | 1.0       | true  | 1.2
                    fixed 2.1, introduced 2, fixed 1.2, introduced 0 |          | 2.0       | true  | 2.1
                    fixed 2.1, introduced 2, fixed 1.2, introduced 0 |          | 1.5       | false | 2.1
                    introduced 1, fixed 1, introduced 1           |             | 1         | true  | -
                    introduced 1, introduced 1.5, fixed 2         |             | 1.2       | true  | 2
                    introduced 1.10, fixed 1.20                   |             | 1.9       | false | 1.20
                                                                  | 1.0 1.1     | 1.1.0     | true  | -
                                                                  | 1.0 1.1     | 1.1+local | true  | -
                                                                  | 1.0 1.1     | 1.2       | false | -
                                                                  | 2004d 1.0   | 1.0       | true  | -
                    introduced 0, fixed 1.2                       | 1.0 1.5     | 1.5       | true  | -
                    introduced 0, fixed 1.2                       | 1.2         | 1.1       | true  | -
                    introduced 0, limit 3, fixed 1.2              |             | 1.0       | true  | 1.2
                    """)
    void isAsTheDocumentSays(
            String events, String versions, String version, boolean affected, String mended)
            throws EnvironmentException {
        Affected said = affected(events, versions);
        Version asked = Version.parse(version);
        assertThat(said.contains(asked)).isEqualTo(affected);
        assertThat(said.mendedAfter(asked).map(Version::toString).orElse(null)).isEqualTo(mended);
        if (!said.isEmpty()) {
            assertThat(Affected.parse(said.text(), new HashMap<>()))
                    .as("written and read")
                    .isEqualTo(said);
        }
    }

    private static Affected affected(String events, String versions) throws EnvironmentException {
        OsvDocument document =
                OsvReader.read(
                        "a document", Osv.document("X-1").of("words", events, versions).json());
        return Objects.requireNonNullElse(
                document.affected().get(new PackageName("words")), Affected.of(Set.of(), Set.of()));
    }
}
