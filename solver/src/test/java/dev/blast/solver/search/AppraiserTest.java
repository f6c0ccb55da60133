package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Advisories;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole answers on a small index: what each objective counts, and the least it could. */
final class AppraiserTest {
    /** Of base, the first version has one hole and the third two. */
    private static final Advisories HOLES =
            new Advisories() {
                @Override
                public List<String> of(PackageName name, Version version) {
                    return switch (name + " " + version) {
                        case "base 1" -> List.of("CVE-1");
                        case "base 3" -> List.of("CVE-2", "CVE-3");
                        default -> List.of();
                    };
                }

                @Override
                public boolean mends(PackageName name, Version version) {
                    return false;
                }
            };

    private final MemoryIndex index = new MemoryIndex();

    /** The newest app keeps base low; there is a base that this Python cannot use. */
    @BeforeEach
    void fill() {
        index.release("app", "1").needs("base");
        index.release("app", "2").needs("base<3");
        index.release("base", "1");
        index.release("base", "2");
        index.release("base", "3");
        index.release("base", "4").python(">=3.99");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    app          | newest          | newest 1 of 0          | app 2, base 2
                    app<2        | newest          | newest 1 of 1          | app 1, base 3
                    app          | lowest          | lowest 0 of 0          | app 1, base 1
                    app>1        | lowest          | lowest 1 of 1          | app 2, base 1
                    app          | lowest-direct   | lowest-direct 0 of 0   | app 1, base 3
                    app          | fewest-packages | fewest-packages 2 of 1 | app 2, base 2
                    app base     | fewest-packages | fewest-packages 2 of 2 | app 2, base 2
                    app          | fewest-changes  | fewest-changes 0 of 0  | app 2, base 2
                    base         | settled         | settled 30 of 30       | base 3
                    base         | fewest-advisories | fewest-advisories 0 of 0 | base 2
                    base>2       | fewest-advisories | fewest-advisories 2 of 2 | base 3
                    """)
    void countsAndBounds(String requirements, String objective, String counted, String pins)
            throws IndexException {
        Strategy strategy = strategy(objective);
        Resolution resolution =
                resolve(Requests.of(requirements.split(" ")).with(strategy).with(HOLES));
        assertThat(text(resolution.appraisal())).isEqualTo(counted);
        assertThat(
                        resolution.pins().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")))
                .isEqualTo(pins);
    }

    @Test
    void countsChangesOfWhatIsThere() throws IndexException {
        Map<PackageName, Version> installed =
                Map.of(
                        new PackageName("base"), Version.parse("3"),
                        new PackageName("other"), Version.parse("1"));
        Resolution resolution =
                resolve(
                        Requests.of("app>1")
                                .with(strategy("fewest-changes"))
                                .with(new Preferences(Map.of(), installed)));
        assertThat(text(resolution.appraisal())).isEqualTo("fewest-changes 1 of 0");
    }

    @Test
    void aPackageWithAStrategyOfItsOwnIsCountedByThat() throws IndexException {
        Request request = Requests.of("app", "base");
        Resolution resolution =
                resolve(
                        new Request(
                                request.requirements(),
                                request.target(),
                                request.preferences(),
                                strategy("newest"),
                                Map.of(new PackageName("base"), strategy("lowest")),
                                null,
                                request.prereleases(),
                                request.now()));
        assertThat(text(resolution.appraisal())).isEqualTo("newest 0 of 0, lowest 0 of 0");
        assertThat(resolution.appraisal().isProvedBest()).isTrue();
    }

    private static Strategy strategy(String objective) {
        return new Strategy(objective, List.of(Aim.of(1, Objective.of(objective))));
    }

    private Resolution resolve(Request request) throws IndexException {
        return (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
    }

    private static String text(Appraisal appraisal) {
        return appraisal.lines().stream()
                .map(line ->
                        "%s %d of %d"
                                .formatted(
                                        line.aim().objective().word(), line.count(), line.bound()))
                .collect(Collectors.joining(", "));
    }
}
