package dev.blast.environment.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.environment.Caller;
import dev.blast.environment.Environment;
import dev.blast.environment.Trees;
import dev.blast.environment.change.LiftedHold;
import dev.blast.environment.interpreter.SampleInterpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenseCheckTest {
    @TempDir Path folder;

    private static Policy rule(String pattern, String verb) {
        String text =
                "package test\nrule \"it\" when %s then %s; end\n"
                        .formatted(pattern, verb)
                        .replace('\'', '"');
        return ((Loading.Loaded)
                        Policy.load(List.of(new PolicyFile(Layer.PROJECT, "own.drl", text, true))))
                .policy();
    }

    private static Context context() {
        Path project = Path.of("/srv/shop");
        var caller = new Caller("somebody", false, false, Path.of("/home/somebody"));
        return new Context(
                caller.session(
                        "shop",
                        project,
                        Environment.in(project),
                        SampleInterpreter.of("3.12.1"),
                        Purpose.RESOLVE,
                        "blast"),
                List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Candidate( license matches 'GPL.*' ) | deny( 'no' ) | true",
                "Candidate( license matches 'GPL.*' ) | hold( 'no' ) | true",
                "Candidate( license matches 'GPL.*' ) | warn( 'no' ) | false",
                "Candidate( license matches 'GPL.*', direct == true ) | deny( 'no' ) | false",
                // What an index says is not known here: no such rule is asked.
                "Candidate( license == 'MIT' ) | allow() | false",
                "Candidate( wheel == false ) | deny( 'no' ) | false",
                "Candidate( license matches 'GPL.*', ageDays < 7 ) | deny( 'no' ) | false",
            })
    void aRuleOnLicenses(String pattern, String verb, boolean refused) {
        Candidate installed =
                Candidate.of(new PackageName("base"), Version.parse("1")).licensed("GPL-3.0-only");
        assertThat(
                        new LicenseCheck(rule(pattern, verb), context(), List.of())
                                .of(List.of(installed)))
                .map(Finding.Unlicensed::level)
                .isEqualTo(refused ? Optional.of(Finding.Level.FAIL) : Optional.empty());
    }

    @Test
    void aHoldThatAPersonLiftedHoldsNothing() {
        var name = new PackageName("base");
        Version version = Version.parse("1");
        Policy policy = rule("Candidate( license matches 'GPL.*' )", "hold( 'no' )");
        List<Candidate> installed = List.of(Candidate.of(name, version).licensed("GPL-3.0-only"));
        RefusedLicense refused =
                new LicenseCheck(policy, context(), List.of())
                        .of(installed)
                        .orElseThrow()
                        .refused()
                        .getFirst();
        var lifted = LiftedHold.of(name, version, refused.why().orElseThrow());
        assertThat(new LicenseCheck(policy, context(), List.of(lifted)).of(installed)).isEmpty();
    }

    @Test
    void whatMetadataSayIsReadOnlyWhereItIsAskedFor() throws Exception {
        var bench = new SyncBench(folder);
        bench.index().module("base", "1");
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['base']\n");
        bench.done(SyncOptions.of("blast start"));
        try {
            Path metadata = bench.sitePackages().resolve("base-1.dist-info/METADATA");
            String text = Files.readString(metadata);
            Files.delete(metadata);
            Files.writeString(
                    metadata,
                    text.replaceFirst(
                            "\n", "\nClassifier: License :: OSI Approved :: MIT License\n"));
            Project project = Project.at(bench.project());
            assertThat(
                            InstalledCandidates.of(
                                    project, bench.environment(), bench.interpreter(), true))
                    .extracting(Candidate::license)
                    .contains("MIT License");
            assertThat(
                            InstalledCandidates.of(
                                    project, bench.environment(), bench.interpreter(), false))
                    .extracting(Candidate::name, Candidate::license, Candidate::direct)
                    .contains(tuple(new PackageName("base"), null, true));
        } finally {
            Trees.delete(bench.environment().root());
        }
    }
}
