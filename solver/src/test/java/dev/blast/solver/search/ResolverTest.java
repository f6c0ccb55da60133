package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Judge;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Outcome;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.text.NoteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen, case by case. */
final class ResolverTest {
    private final MemoryIndex index = new MemoryIndex();

    @Test
    void takesTheNewestThatFits() throws IndexException {
        index.release("a", "1.0").needs("b");
        index.release("a", "2.0").needs("b<2");
        index.release("b", "1.5");
        index.release("b", "2.0");
        assertThat(resolve("a")).isEqualTo("a 2.0, b 1.5");
        assertThat(resolve("a", "b>=2")).isEqualTo("a 1.0, b 2.0");
    }

    @Test
    void evaluatesMarkersForTheTarget() throws IndexException {
        index.release("a", "1")
                .needs(
                        "b ; python_version < '3.12'",
                        "c ; sys_platform == 'linux'",
                        "d ; sys_platform == 'win32'");
        List.of("b", "c", "d").forEach(name -> index.release(name, "1"));
        assertThat(resolve("a", "d ; os_name == 'nt'")).isEqualTo("a 1, c 1");
        assertThat(pins(Request.of(Requests.roots("a"), Requests.target("3.11.4"), Requests.NOW)))
                .isEqualTo("a 1, b 1, c 1");
    }

    @Test
    void bindsExtrasToTheirPackage() throws IndexException {
        index.release("web", "1").extra("fast", "speed<2").extra("all", "web[fast]");
        index.release("web", "2").extra("fast", "speed>=2").extra("all", "web[fast]");
        index.release("speed", "1");
        index.release("speed", "2");
        assertThat(resolve("web", "speed<2")).isEqualTo("speed 1, web 2");
        assertThat(resolve("web[fast]", "speed<2")).isEqualTo("speed 1, web 1");
        assertThat(resolve("web[all]")).isEqualTo("speed 2, web 2");
    }

    @Test
    void saysWhichExtraIsNotThere() throws IndexException {
        index.release("web", "2");
        assertThat(notes("web[fast]"))
                .containsExactly("web: 2 has no extra 'fast'; no version with it fits");
    }

    @Test
    void leavesOutWhatNothingNeedsInTheEnd() throws IndexException {
        index.release("a", "1");
        index.release("a", "2").needs("helper", "b<2");
        index.release("helper", "1");
        index.release("b", "1");
        index.release("b", "2");
        assertThat(resolve("a", "b>=2")).isEqualTo("a 1, b 2");
    }

    @Test
    void triesNothingTwice() throws IndexException {
        // Each version of a fails for the same b: few of a thousand are enough to find the last
        // that works, and some more are tried in case that it is not.
        for (int i = 0; i < 1000; i++) {
            index.release("a", "1." + i).needs(i < 300 ? "b<2" : "b>=2");
        }
        index.release("b", "1");
        index.release("b", "2");
        Resolution resolution = (Resolution) resolve(Requests.of("a", "b<2"));
        assertThat(resolution.pins()).map(Pin::toString).containsExactly("a 1.299", "b 1");
        assertThat(resolution.statistics().versionsRead()).isLessThan(64);
        assertThat(resolution.notes())
                .extracting(note -> note.name() + ": " + NoteText.of(note))
                .containsExactly("a: 1.299 fits; not every version that would be better was tried");
    }

    /** Versions in the middle need much that is new: a look at one of them is soon given up. */
    @Test
    void whatWasGivenUpIsNotTakenForRefused() throws IndexException {
        for (int i = 0; i < 60; i++) {
            index.release("a", "1." + i)
                    .needs(i < 16 ? "b<2" : "b>=2", i < 6 || i >= 16 ? "b" : "c0");
        }
        for (int i = 0; i < 40; i++) {
            index.release("c" + i, "1").needs(i < 39 ? "c" + (i + 1) : "b");
        }
        index.release("b", "1");
        index.release("b", "2");
        assertThat(resolve("a", "b<2")).startsWith("a 1.15, b 1, c0 1, ");
    }

    /** Two chains of releases that need each other in step, as large families of packages do. */
    @Test
    void leapsOverPairs() throws IndexException {
        for (int i = 0; i < 1000; i++) {
            index.release("outer", "1." + i)
                    .needs("inner>=1.%d,<1.%d".formatted(i, i / 50 * 50 + 50));
            index.release("inner", "1." + i).needs(i < 423 ? "base<2" : "base>=2");
        }
        index.release("base", "1");
        index.release("base", "2");
        Resolution resolution = (Resolution) resolve(Requests.of("outer", "base<2"));
        assertThat(resolution.pins())
                .map(Pin::toString)
                .containsExactly("base 1", "inner 1.422", "outer 1.422");
        assertThat(resolution.statistics().versionsRead()).isLessThan(140);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    newest         | direct 3, inner 3
                    lowest         | direct 1, inner 1
                    lowest-direct  | direct 1, inner 3
                    stable         | direct 2, inner 3
                    """)
    void followsTheStrategy(String name, String expected) throws IndexException {
        for (String version : List.of("1", "2", "3")) {
            index.release("direct", version).needs("inner");
            index.release("inner", version);
        }
        Strategy strategy =
                switch (name) {
                    case "newest" -> Strategy.NEWEST;
                    case "lowest" -> Strategy.LOWEST;
                    case "lowest-direct" -> Strategy.LOWEST_DIRECT;
                    default -> Strategy.STABLE;
                };
        var installed = Map.of(new PackageName("direct"), Version.parse("2"));
        assertThat(
                        pins(
                                Requests.of("direct")
                                        .with(strategy)
                                        .with(new Preferences(Map.of(), installed))))
                .isEqualTo(expected);
    }

    @Test
    void aPackageMayHaveItsOwnStrategy() throws IndexException {
        for (String version : List.of("1", "2")) {
            index.release("a", version);
            index.release("b", version);
        }
        Request request = Requests.of("a", "b");
        assertThat(
                        pins(
                                new Request(
                                        request.requirements(),
                                        request.target(),
                                        request.preferences(),
                                        Strategy.NEWEST,
                                        Map.of(new PackageName("b"), Strategy.LOWEST),
                                        null,
                                        request.prereleases(),
                                        request.now())))
                .isEqualTo("a 2, b 1");
    }

    @Nested
    final class Prerelease {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        a            | a 1.0
                        a>=1.1a1     | a 2.0b1
                        a>1.0        | a 2.0b1
                        a==2.0b1     | a 2.0b1
                        only         | only 0.1a2
                        needs-it     | a 2.0b1, needs-it 1
                        """)
        void isChosenWhereNothingElseFits(String requirement, String expected)
                throws IndexException {
            index.release("a", "1.0");
            index.release("a", "2.0a1");
            index.release("a", "2.0b1");
            index.release("only", "0.1a1");
            index.release("only", "0.1a2");
            index.release("needs-it", "1").needs("a>1");
            assertThat(resolve(requirement)).isEqualTo(expected);
        }

        @Test
        void isNoReasonForAnOlderRequirer() throws IndexException {
            index.release("a", "1.0");
            index.release("a", "2.0b1");
            index.release("b", "1").needs("a");
            index.release("b", "2").needs("a>=2.0b1");
            assertThat(resolve("b")).isEqualTo("a 2.0b1, b 2");
        }

        @Test
        void isNotChosenForABoundThatNamesOne() throws IndexException {
            for (String version : List.of("0.5a1", "0.5", "0.6", "0.7rc1")) {
                index.release("a", version);
            }
            index.release("b", "1").needs("a>=0.5a1");
            assertThat(resolve("a>=0.5a1")).isEqualTo("a 0.6");
            assertThat(resolve("b")).isEqualTo("a 0.6, b 1");
            assertThat(resolve("a==0.7rc1")).isEqualTo("a 0.7rc1");
            assertThat(notes("a==0.7rc1")).isEmpty();
        }

        @Test
        void isChosenWhereAllStableOnesConflict() throws IndexException {
            index.release("a", "1.0").needs("c>=2");
            index.release("a", "1.1rc1").needs("c<2");
            index.release("c", "1");
            index.release("c", "2");
            assertThat(resolve("a", "c<2")).isEqualTo("a 1.1rc1, c 1");
            assertThat(notes("a", "c<2"))
                    .containsExactly(
                            "a: 1.1rc1 is a pre-release: no stable version fits: 1.0 needs c >=2,"
                                    + " and c is 1");
        }

        /** Whichever of the two is named first. */
        @Test
        void isNotChosenWhileOlderStableOnesFit() throws IndexException {
            index.release("x", "3.0").needs("z<2");
            index.release("x", "2.0").needs("z>=2");
            index.release("y", "5.0").needs("z>=2");
            index.release("y", "5.1rc1").needs("z<2");
            index.release("z", "1");
            index.release("z", "2");
            assertThat(resolve("x", "y")).isEqualTo("x 2.0, y 5.0, z 2");
            assertThat(resolve("y", "x")).isEqualTo("x 2.0, y 5.0, z 2");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        a            | a 1.0       | a 2.0b1    | a 1.0       | a 1.0
                        a>=0.9a1     | a 1.0       | a 2.0b1    | a 1.0       | a 1.0
                        a>1.0        | no solution | a 2.0b1    | a 2.0b1     | no solution
                        a>=1.1a1     | no solution | a 2.0b1    | a 2.0b1     | a 2.0b1
                        a==2.0a1     | no solution | a 2.0a1    | a 2.0a1     | a 2.0a1
                        only         | no solution | only 0.1a2 | only 0.1a2  | no solution
                        only>=0.1.dev0 | no solution | only 0.1a2 | only 0.1a2  | only 0.1a2
                        """)
        void isChosenAsTheModeSays(
                String requirement,
                String disallow,
                String allow,
                String ifNecessary,
                String explicit)
                throws IndexException {
            index.release("a", "1.0");
            index.release("a", "2.0a1");
            index.release("a", "2.0b1");
            index.release("only", "0.1a1");
            index.release("only", "0.1a2");
            Request request = Requests.of(requirement);
            assertThat(pins(request.with(Prereleases.DISALLOW))).isEqualTo(disallow);
            assertThat(pins(request.with(Prereleases.ALLOW))).isEqualTo(allow);
            assertThat(pins(request.with(Prereleases.IF_NECESSARY))).isEqualTo(ifNecessary);
            assertThat(pins(request.with(Prereleases.EXPLICIT))).isEqualTo(explicit);
        }

        @Test
        void isNoted() throws IndexException {
            index.release("a", "1.0");
            index.release("a", "2.0b1");
            assertThat(notes("a>1"))
                    .containsExactly(
                            "a: 2.0b1 is a pre-release: no stable version fits: you ask for a >1"
                                    + " (pyproject.toml:11)");
        }

        @Test
        void isRefusedWhereThatIsWanted() throws IndexException {
            index.release("a", "1.0");
            index.release("a", "2.0b1");
            assertThat(pins(Requests.of("a>1").with(Prereleases.EXPLICIT)))
                    .isEqualTo("no solution");
        }
    }

    @Nested
    final class Files {
        @Test
        void mustHaveAWheelForTheTarget() throws IndexException {
            index.release("a", "1")
                    .wheels(
                            "cp312-cp312-manylinux_2_17_x86_64",
                            "cp312-abi3-manylinux_2_17_x86_64",
                            "py3-none-any");
            index.release("a", "2").wheels("cp312-cp312-win_amd64").sdist();
            index.release("a", "3").wheels().sdist();
            Resolution resolution = (Resolution) ResolverTest.this.resolve(Requests.of("a"));
            assertThat(resolution.pins().getFirst().file().filename())
                    .isEqualTo("a-1-cp312-cp312-manylinux_2_17_x86_64.whl");
        }

        @Test
        void mustFitThePython() throws IndexException {
            index.release("a", "1").python(">=3.8");
            index.release("a", "2").python(">=3.13");
            assertThat(resolve("a")).isEqualTo("a 1");
        }

        @Test
        void areNotTakenWhenYanked() throws IndexException {
            index.release("a", "1");
            index.release("a", "2").yanked();
            assertThat(resolve("a")).isEqualTo("a 1");
            assertThat(resolve("a>1")).isEqualTo("no solution");
            assertThat(resolve("a==2")).isEqualTo("a 2");
            assertThat(notes("a==2")).containsExactly("a: 2 was yanked by its publisher");
        }
    }

    @Nested
    final class MissingExtras {
        @Test
        void comeAfterVersionsThatHaveThem() throws IndexException {
            index.release("web", "1").extra("fast", "c");
            index.release("web", "2");
            index.release("web", "3");
            index.release("c", "1");
            assertThat(resolve("web[fast]")).isEqualTo("c 1, web 1");
            assertThat(notes("web[fast]"))
                    .containsExactly("web: passed over: 3, which has no extra 'fast'");
            assertThat(resolve("web")).isEqualTo("web 3");
        }

        @Test
        void areLetThroughWhereVersionsWithThemDoNotFit() throws IndexException {
            index.release("web", "1").extra("fast", "c");
            index.release("web", "2");
            index.release("c", "1");
            assertThat(resolve("web[fast]", "c<1")).isEqualTo("no solution");
            assertThat(resolve("web[fast]>1")).isEqualTo("web 2");
            index.release("d", "1").needs("web[fast]>1");
            index.release("d", "0").needs("web");
            assertThat(resolve("d")).isEqualTo("d 1, web 2");
        }

        @Test
        void areNotLookedForInEveryVersion() throws IndexException {
            for (int version = 1; version <= 200; version++) {
                index.release("web", version + "");
            }
            assertThat(resolve("web[fsat]")).isEqualTo("web 200");
            assertThat(index.read).hasSizeLessThan(30);
        }
    }

    @Nested
    final class BrokenMetadata {
        @Test
        void makesOneVersionUnusable() throws IndexException {
            index.release("a", "1");
            index.release("a", "2");
            index.release("a", "3");
            index.broken.put("a-3-py3-none-any.whl", IndexException.Kind.NOT_FOUND);
            index.broken.put("a-2-py3-none-any.whl", IndexException.Kind.FORMAT);
            assertThat(resolve("a")).isEqualTo("a 1");
            assertThat(notes("a"))
                    .containsExactly("a: passed over: 3, which has no usable metadata: broken");
        }

        @Test
        void ofAnIndexThatIsDownEndsTheSearch() {
            index.release("a", "1");
            index.release("a", "2");
            index.broken.put("a-2-py3-none-any.whl", IndexException.Kind.NETWORK);
            assertThatThrownBy(() -> resolve("a")).isInstanceOf(IndexException.class);
        }
    }

    @Test
    void readingAheadChangesNothing() throws IndexException {
        for (int i = 0; i < 100; i++) {
            index.release("a", "1." + i).needs("b==1." + i, "c<%d".formatted(i));
            index.release("b", "1." + i).needs(i < 60 ? "d<2" : "d>=2");
        }
        List.of("1", "2").forEach(version -> index.release("d", version));
        index.release("c", "7");
        String walking = resolve("a", "d<2");
        int needed = index.read.size();
        index.readsAhead = true;
        assertThat(resolve("a", "d<2")).isEqualTo(walking).isEqualTo("a 1.59, b 1.59, c 7, d 1");
        assertThat(index.read.size()).isLessThan(needed + 20);
    }

    @Nested
    final class Rules {
        private final List<String> asked = new ArrayList<>();

        @Test
        void holdAVersionBack() throws IndexException {
            index.release("a", "1");
            index.release("a", "2");
            index.release("a", "3");
            Request request =
                    Requests.of("a")
                            .with(judge("a", ">=2", dev.blast.rules.vocabulary.Outcome.HELD, 0));
            assertThat(pins(request)).isEqualTo("a 1");
            assertThat(((Resolution) ResolverTest.this.resolve(request)).notes())
                    .extracting(NoteText::of)
                    .containsExactly(
                            "held: 3 because (policies/team.drl:9); blast sync --lift a==3");
        }

        @Test
        void areAskedOnlyAboutWhatIsConsidered() throws IndexException {
            for (int i = 0; i < 50; i++) {
                index.release("a", "1." + i);
            }
            pins(
                    Requests.of("a")
                            .with(
                                    judge(
                                            "a",
                                            ">=1.48",
                                            dev.blast.rules.vocabulary.Outcome.DENIED,
                                            0)));
            assertThat(asked).containsExactly("a 1.49", "a 1.48", "a 1.47");
        }

        @Test
        void mayPrefer() throws IndexException {
            List.of("1", "2", "3").forEach(version -> index.release("a", version));
            assertThat(
                            pins(
                                    Requests.of("a")
                                            .with(
                                                    judge(
                                                            "a",
                                                            "==2",
                                                            dev.blast.rules.vocabulary.Outcome
                                                                    .ALLOWED,
                                                            10))))
                    .isEqualTo("a 2");
            assertThat(
                            pins(
                                    Requests.of("a")
                                            .with(
                                                    judge(
                                                            "a",
                                                            ">=2",
                                                            dev.blast.rules.vocabulary.Outcome
                                                                    .ALLOWED,
                                                            -1))))
                    .isEqualTo("a 1");
        }

        /** Facts that a rule may lean on are known, or on the careful side. */
        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                textBlock =
                        """
                        a,      2026-05-01T00:00:00Z, 31, false
                        a,      2026-07-01T00:00:00Z,  0, false
                        a,      -,                     0, false
                        a==1,   2026-05-01T00:00:00Z, 31, true
                        a===1,  2026-05-01T00:00:00Z, 31, true
                        a==1.*, 2026-05-01T00:00:00Z, 31, false
                        """)
        void knowAgeAndPin(
                String requirement, @Nullable String uploaded, long ageDays, boolean pinned)
                throws IndexException {
            var release = index.release("a", "1");
            if (uploaded != null) {
                release.uploaded(uploaded);
            }
            var seen = new ArrayList<Candidate>();
            Judge lets = judge("a", ">=9", dev.blast.rules.vocabulary.Outcome.HELD, 0);
            pins(
                    Requests.of(requirement)
                            .with(candidate -> {
                                seen.add(candidate);
                                return lets.judge(candidate);
                            }));
            assertThat(seen).isNotEmpty().allMatch(it -> it.pinned() == pinned);
            assertThat(seen).allMatch(it -> Objects.equals(it.ageDays(), ageDays));
            assertThat(seen).allMatch(it -> (it.released() == null) == (uploaded == null));
        }

        private Judge judge(
                String name,
                String versions,
                dev.blast.rules.vocabulary.Outcome outcome,
                int points) {
            var reason =
                    new Reason(
                            new Origin("policies/team.drl", 9, 1),
                            "rule",
                            Layer.PROJECT,
                            "hold",
                            "because");
            return new Judge() {
                @Override
                public Judgement judge(Candidate candidate) {
                    asked.add(candidate.name() + " " + candidate.version());
                    boolean concerns =
                            candidate.name().toString().equals(name)
                                    && SpecifierSet.parse(versions).contains(candidate.version());
                    return new Judgement(
                            concerns ? outcome : dev.blast.rules.vocabulary.Outcome.ALLOWED,
                            concerns ? List.of(reason) : List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            concerns && points != 0
                                    ? List.of(new Judgement.Preference(points, reason))
                                    : List.of(),
                            null,
                            null);
                }

                @Override
                public boolean givesPoints() {
                    return points != 0;
                }
            };
        }
    }

    @Nested
    final class Addresses {
        @Test
        void ofWheelsAreTaken() throws IndexException {
            index.release("a", "1").needs("b");
            index.release("a", "2").needs("b");
            index.release("b", "1");
            assertThat(resolve("a @ https://files.example/a-1-py3-none-any.whl"))
                    .isEqualTo("a 1, b 1");
            assertThat(resolve("a @ https://files.example/a-1-py3-none-any.whl", "a>=2"))
                    .isEqualTo("no solution");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        a @ https://files.example/a-1.tar.gz            | 'a-1.tar.gz' is not a wheel
                        a @ https://files.example/b-1-py3-none-any.whl  | is a wheel of b
                        a @ git+https://code.example/a.git              | only wheels behind file: and https: addresses
                        a @ https://files.example/a.whl                 | the name of a wheel has five or six parts
                        """)
        void ofOtherThingsAreRefused(String requirement, String message) {
            assertThatThrownBy(() -> resolve(requirement))
                    .isInstanceOf(UnsupportedRequirementException.class)
                    .hasMessageStartingWith("pyproject.toml:11: ")
                    .hasMessageContaining(message);
        }

        @Test
        void inMetadataMakeAVersionUnusable() throws IndexException {
            index.release("a", "1");
            index.release("a", "2").needs("b @ https://elsewhere.example/b-1-py3-none-any.whl");
            assertThat(resolve("a")).isEqualTo("a 1");
        }
    }

    private String resolve(String... requirements) throws IndexException {
        return pins(Requests.of(requirements));
    }

    private String pins(Request request) throws IndexException {
        return switch (resolve(request)) {
            case Resolution resolution ->
                    resolution.pins().stream().map(Pin::toString).collect(Collectors.joining(", "));
            case Unsolvable _ -> "no solution";
        };
    }

    private List<String> notes(String... requirements) throws IndexException {
        return ((Resolution) resolve(Requests.of(requirements)))
                .notes().stream().map(note -> note.name() + ": " + NoteText.of(note)).toList();
    }

    /** The first answer, as the search comes upon it. */
    private Outcome resolve(Request request) throws IndexException {
        return new Resolver(index, Progress.SILENT, false).resolve(request);
    }
}
