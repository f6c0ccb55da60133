package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Caller;
import dev.blast.environment.Environment;
import dev.blast.environment.change.Patience;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.Project;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.index.Yanked;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.MetadataField;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.explain.ProposalTerms;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Advisories;
import dev.blast.solver.Companions;
import dev.blast.solver.Judge;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import dev.blast.solver.Sourcing;
import dev.blast.solver.Strategy;
import dev.blast.solver.search.Resolver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An explanation of a version is what the solver was told of it. */
final class ConsiderationTest {
    private static final int WORLDS = 150;
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final List<String> NAMES = List.of("a", "b", "c");

    /** Each looks at something else that a rule can see of a version, or of who asks. */
    private static final List<String> CONDITIONS =
            List.of(
                    "Candidate( ageDays < 7 )",
                    "Candidate( ageDays > 40 )",
                    "Candidate( yanked == true )",
                    "Candidate( prerelease == true, direct == false )",
                    "Candidate( direct == true )",
                    "Candidate( group == \"dev\" )",
                    "Candidate( locked == true )",
                    "Candidate( installed == true )",
                    "Candidate( pinned == true )",
                    "Candidate( downloadBytes > 1500 )",
                    "Candidate( requiresPython != null )",
                    "Candidate( index == \"index.example\", name == \"a\" )",
                    "Candidate( installer == \"blast\" )",
                    "Candidate( license == \"MIT\" )",
                    "Candidate( license not in ( \"MIT\", \"BSD\" ), direct == false )",
                    "Candidate( name == \"b\" ) Session( purpose == RESOLVE )",
                    "Candidate( name == \"b\" ) Session( purpose == RUN )",
                    "Candidate( name == \"c\" ) Session( command == \"blast\" )",
                    "Candidate( name == \"c\" ) Distribution( name == \"a\", direct == true )");

    /** And of two. */
    private static final List<String> PAIRS =
            List.of(
                    "Candidate( name == \"a\", version > \"1\" ) Companion( name == \"b\" )",
                    "Candidate( name == \"c\", $v : version ) Companion( name == \"a\", version != $v )",
                    "Candidate( direct == true, ageDays < 40 ) Companion( installed == true )");

    @TempDir Path folder;

    @Test
    void aVersionIsExplainedAsItWasJudged() throws Exception {
        int judged = 0;
        int refused = 0;
        int pairs = 0;
        int apart = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            var index = new Pages(random);
            Inquiry inquiry = inquiry(seed, random, index);
            var asked = new Asked(inquiry.job().policy(), inquiry.context());
            new Resolver(index, Progress.SILENT)
                    .resolve(inquiry.request(Strategy.NEWEST, Map.of(), Map.of()).with(asked));
            for (Candidate candidate : asked.refusedBeforehand) {
                assertThat(Consideration.of(inquiry, index, asked(candidate), ProposalTerms.USUAL))
                        .as("seed %d: %s", seed, candidate)
                        .isInstanceOfSatisfying(
                                Considered.Explained.class,
                                it -> assertThat(it.explanation().judgement().allowed()).isFalse());
                refused++;
                judged++;
            }
            for (var entry : asked.lastWords.entrySet()) {
                Candidate candidate = entry.getKey();
                Considered considered =
                        Consideration.of(inquiry, index, asked(candidate), ProposalTerms.USUAL);
                assertThat(considered)
                        .as("seed %d: %s", seed, candidate)
                        .isInstanceOfSatisfying(
                                Considered.Explained.class,
                                it ->
                                        assertThat(it.explanation().judgement())
                                                .isEqualTo(entry.getValue()));
                judged++;
                refused += entry.getValue().allowed() ? 0 : 1;
            }
            for (var pair : asked.pairs.entrySet()) {
                List<VersionAsked> two = pair.getKey();
                var considered =
                        (Considered.Paired)
                                Consideration.together(
                                        inquiry,
                                        index,
                                        two.getFirst(),
                                        two.getLast(),
                                        ProposalTerms.USUAL);
                assertThat(considered.explanation().judgement().allowed())
                        .as("seed %d: %s", seed, two)
                        .isEqualTo(pair.getValue());
                pairs++;
                apart += pair.getValue() ? 0 : 1;
            }
        }
        System.out.printf("explained as judged: %d versions, %d refused%n", judged, refused);
        System.out.printf("explained as judged: %d pairs, %d kept apart%n", pairs, apart);
        assertThat(apart).isBetween(pairs / 10, pairs * 9 / 10);
        assertThat(refused).isBetween(judged / 10, judged * 9 / 10);
    }

    /**
     * What the solver asked, and what it was told. Who is refused beforehand is refused all the
     * same when everything is known, perhaps by more rules.
     */
    private static final class Asked implements Judge {
        private final PolicyJudge judge;
        private final Map<Candidate, Judgement> lastWords = new LinkedHashMap<>();
        private final Set<Candidate> refusedBeforehand = new LinkedHashSet<>();
        private final Map<List<VersionAsked>, Boolean> pairs = new LinkedHashMap<>();

        Asked(Policy policy, Context context) {
            judge = new PolicyJudge(policy, context);
        }

        @Override
        public Judgement judge(Candidate candidate) {
            Judgement judgement = judge.judge(candidate);
            lastWords.put(candidate, judgement);
            return judgement;
        }

        @Override
        public Judgement foresee(Candidate candidate) {
            if (!asksMetadata()) {
                return judge(candidate);
            }
            Judgement judgement = judge.foresee(candidate);
            if (!judgement.allowed()) {
                refusedBeforehand.add(candidate);
            }
            return judgement;
        }

        @Override
        public boolean asksMetadata() {
            return judge.asksMetadata();
        }

        @Override
        public Optional<Companions> companions() {
            return judge.companions().map(Noting::new);
        }

        private final class Noting implements Companions {
            private final Companions rules;

            Noting(Companions rules) {
                this.rules = rules;
            }

            @Override
            public Judgement judge(Candidate one, Candidate other) {
                Judgement judgement = rules.judge(one, other);
                pairs.put(List.of(asked(one), asked(other)), judgement.allowed());
                return judgement;
            }

            @Override
            public Optional<Object> kind(Candidate candidate) {
                return rules.kind(candidate);
            }

            private static VersionAsked asked(Candidate candidate) {
                return new VersionAsked(candidate.name(), candidate.version());
            }
        }
    }

    private Inquiry inquiry(long seed, Random random, Pages index) throws Exception {
        Path project = Files.createDirectories(folder.resolve("project" + seed));
        Files.writeString(project.resolve("pyproject.toml"), pyproject(random));
        var declared = Project.at(project);
        var base =
                new Base.Found(
                        SampleInterpreter.of(random.nextBoolean() ? "3.12.1" : "3.11.4"),
                        false,
                        Optional.empty(),
                        List.of(),
                        List.of());
        var job =
                new Sync.Job(
                        declared,
                        Environment.in(project),
                        policy(random),
                        List.of(),
                        new Caller("somebody", false, false, folder),
                        SyncOptions.of("blast sync"),
                        new Patience(Duration.ZERO, _ -> {}));
        CurrentLock lock = lock(random, index);
        var parts = LockedParts.of(declared, declared.defaultGroups(), Set.<ExtraName>of(), lock);
        var situation =
                new Situation(
                        job,
                        base,
                        Optional.empty(),
                        parts.all(),
                        parts,
                        installed(random, index),
                        lock,
                        Map.of(),
                        Addressed.NONE);
        return new Inquiry(
                job, situation, situation.context(), Set.of(), Advisories.NONE, Sourcing.NONE, NOW);
    }

    private static String pyproject(Random random) {
        var asked = new ArrayList<String>();
        for (String name : NAMES) {
            switch (random.nextInt(4)) {
                case 0 -> asked.add("\"%s\"".formatted(name));
                case 1 -> asked.add("\"%s==%d\"".formatted(name, 1 + random.nextInt(4)));
                case 2 -> asked.add("\"%s>=%d\"".formatted(name, 1 + random.nextInt(4)));
                default -> {}
            }
        }
        return """
        [project]
        name = "shop"
        version = "1"
        dependencies = [%s]
        [dependency-groups]
        dev = ["%s"]
        [project.optional-dependencies]
        more = ["%s"]
        """
                .formatted(
                        String.join(", ", asked),
                        NAMES.get(random.nextInt(3)),
                        NAMES.get(random.nextInt(3)));
    }

    private static Policy policy(Random random) throws IOException {
        var text = new StringBuilder("package test\n");
        text.append("rule \"any\" when Candidate() then allow(); end\n");
        for (int i = 0; i < 4; i++) {
            text.append(
                    "rule \"%d\" when %s then %s; end\n"
                            .formatted(
                                    i,
                                    CONDITIONS.get(random.nextInt(CONDITIONS.size())),
                                    random.nextBoolean() ? "deny()" : "hold( \"wait\" )"));
        }
        text.append(
                "rule \"two\" when %s then deny(); end\n"
                        .formatted(PAIRS.get(random.nextInt(PAIRS.size()))));
        return switch (Policy.load(
                List.of(new PolicyFile(Layer.SHIPPED, "test.drl", text.toString(), true)))) {
            case Loading.Loaded(Policy loaded) -> loaded;
            case Loading.Refused(var errors) -> throw new IOException(errors.toString());
        };
    }

    private List<InstalledDistribution> installed(Random random, Pages index) {
        var installed = new ArrayList<InstalledDistribution>();
        for (String name : NAMES) {
            List<Version> versions = index.page(new PackageName(name)).versions();
            if (random.nextBoolean() && !versions.isEmpty()) {
                Version version = versions.get(random.nextInt(versions.size()));
                installed.add(
                        new InstalledDistribution(
                                new PackageName(name),
                                version,
                                folder.resolve("%s-%s.dist-info".formatted(name, version)),
                                random.nextBoolean() ? "blast" : "pip",
                                false,
                                true,
                                null,
                                Set.of()));
            }
        }
        return installed;
    }

    private static CurrentLock lock(Random random, Pages index) {
        var pins = new LinkedHashMap<PackageName, Pin>();
        for (String text : NAMES) {
            var name = new PackageName(text);
            List<Version> versions = index.page(name).versions();
            if (random.nextInt(3) == 0 && !versions.isEmpty()) {
                Version version = versions.get(random.nextInt(versions.size()));
                List<DistributionFile> files = index.page(name).files(version);
                pins.put(
                        name,
                        new Pin(
                                name,
                                version,
                                files.getFirst(),
                                files,
                                Set.of(),
                                List.of(),
                                null,
                                false));
            }
        }
        return new CurrentLock(
                "",
                "other",
                pins,
                false,
                Map.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    /** Three packages with a few versions, each with wheels for some platforms and without. */
    private static final class Pages implements Index {
        private final Map<PackageName, ProjectPage> pages = new LinkedHashMap<>();
        private final Map<String, List<Requirement>> needs = new LinkedHashMap<>();
        private final Map<String, Map<MetadataField, List<String>>> licenses =
                new LinkedHashMap<>();

        Pages(Random random) {
            var location = IndexLocation.simple(URI.create("https://index.example/simple/"));
            for (String name : NAMES) {
                var files = new ArrayList<DistributionFile>();
                for (int version = 1; version <= 4; version++) {
                    String text = version + (random.nextInt(6) == 0 ? "rc1" : "");
                    for (String tags :
                            List.of(
                                    "cp312-cp312-manylinux_2_17_x86_64",
                                    "cp311-cp311-manylinux_2_17_x86_64",
                                    "cp312-cp312-win_amd64",
                                    "py3-none-any")) {
                        if (random.nextInt(3) > 0) {
                            files.add(file(name, text, tags, random));
                        }
                    }
                    if (random.nextInt(3) == 0) {
                        files.add(file(name, text, "", random));
                    }
                }
                pages.put(
                        new PackageName(name),
                        ProjectPage.of(
                                new PackageName(name), location, ProjectStatus.ACTIVE, files));
            }
        }

        private DistributionFile file(String name, String version, String tags, Random random) {
            String filename =
                    tags.isEmpty()
                            ? "%s-%s.tar.gz".formatted(name, version)
                            : "%s-%s-%s.whl".formatted(name, version, tags);
            String license = List.of("MIT", "BSD", "").get(random.nextInt(3));
            licenses.put(
                    filename,
                    license.isEmpty()
                            ? Map.of()
                            : Map.of(MetadataField.LICENSE_EXPRESSION, List.of(license)));
            needs.put(
                    filename,
                    random.nextInt(3) == 0
                            ? List.of(Requirement.parse(NAMES.get(random.nextInt(3))))
                            : List.of());
            return new DistributionFile(
                    filename,
                    URI.create("https://files.example/" + filename),
                    tags.isEmpty() ? DistributionFile.Kind.SDIST : DistributionFile.Kind.WHEEL,
                    Version.parse(version),
                    tags.isEmpty() ? null : WheelName.parse(filename),
                    Map.of("sha256", "%064x".formatted(filename.hashCode() & 0xffffffffL)),
                    random.nextInt(5) == 0
                            ? OptionalLong.empty()
                            : OptionalLong.of(1000 + random.nextInt(1000)),
                    random.nextInt(4) == 0
                            ? null
                            : NOW.minus(Duration.ofHours(random.nextInt(2000))),
                    random.nextInt(5) == 0 ? SpecifierSet.parse(">=3.8") : null,
                    random.nextInt(8) == 0 ? new Yanked("") : null,
                    null);
        }

        @Override
        public ProjectPage page(PackageName name) {
            return pages.getOrDefault(name, ProjectPage.missing(name));
        }

        @Override
        public Metadata metadata(DistributionFile wheel) {
            return new Metadata(
                    new PackageName(wheel.filename().substring(0, 1)),
                    wheel.version(),
                    needs.getOrDefault(wheel.filename(), List.of()),
                    null,
                    Set.of(),
                    Set.of(),
                    licenses.getOrDefault(wheel.filename(), Map.of()),
                    List.of());
        }

        @Override
        public Optional<String> metadataSha256(DistributionFile wheel) {
            return Optional.empty();
        }

        @Override
        public Path fetch(DistributionFile file, Path folder, Transfer transfer) {
            throw new UnsupportedOperationException("pages alone");
        }

        @Override
        public IndexStatistics statistics() {
            return IndexStatistics.NONE;
        }
    }

    private static VersionAsked asked(Candidate candidate) {
        return new VersionAsked(candidate.name(), candidate.version());
    }
}
