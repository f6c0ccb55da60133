package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Advisories;
import dev.blast.solver.Aim;
import dev.blast.solver.Builder;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Outcome;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Sourcing;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.lock.LockFile;
import dev.blast.solver.text.NoteText;
import dev.blast.solver.text.ProofText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions that have no wheel: taken where they may be built, read by whoever builds. */
final class SourcesTest {
    private static final PackageName APP = new PackageName("app");
    private final MemoryIndex index = new MemoryIndex();

    private Outcome outcome(Formats formats, Strategy strategy, String... requirements)
            throws IndexException {
        return new Resolver(index, Progress.SILENT)
                .resolve(Requests.of(requirements).with(strategy).with(index.building(formats)));
    }

    private String files(Formats formats, Strategy strategy, String... requirements)
            throws IndexException {
        return switch (outcome(formats, strategy, requirements)) {
            case Resolution resolution ->
                    resolution.pins().stream()
                            .map(pin -> pin.file().filename())
                            .collect(Collectors.joining(", "));
            case Unsolvable unsolvable -> ProofText.render(unsolvable.proof());
        };
    }

    @Test
    void theNewestIsBuiltWhereItHasNoWheel() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").wheels().sdist().needs("base");
        index.release("base", "1");
        assertThat(files(Formats.ANY, Strategy.NEWEST, "app"))
                .isEqualTo("app-2.tar.gz, base-1-py3-none-any.whl");
        assertThat(files(Formats.WHEELS, Strategy.NEWEST, "app"))
                .isEqualTo("app-1-py3-none-any.whl");
    }

    @Test
    void aWheelGoesBeforeTheSourceOfTheSameVersion() throws IndexException {
        index.release("app", "1").sdist();
        assertThat(files(Formats.ANY, Strategy.NEWEST, "app")).isEqualTo("app-1-py3-none-any.whl");
        assertThat(index.read).doesNotContain("app-1.tar.gz");
    }

    @Test
    void whatIsBuiltAlthoughThereAreWheelsIsSaidByName() throws IndexException {
        index.release("app", "1").sdist();
        index.release("app", "2");
        index.release("base", "1").sdist();
        var built =
                new Formats(
                        Map.of(APP, new Formats.Format(false, true, "--no-binary app")),
                        Formats.Format.ANY);
        assertThat(files(built, Strategy.NEWEST, "app", "base"))
                .isEqualTo("app-1.tar.gz, base-1-py3-none-any.whl");
    }

    @Test
    void aVersionThatCannotBeBuiltIsOneVersionLess() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").wheels().sdist();
        index.broken.put("app-2.tar.gz", IndexException.Kind.FORMAT);
        assertThat(files(Formats.ANY, Strategy.NEWEST, "app")).isEqualTo("app-1-py3-none-any.whl");
    }

    @Test
    void aProofSaysWhatCameOfTheBuildAndWhoForbidsIt() throws IndexException {
        index.release("app", "1").wheels().sdist();
        index.broken.put("app-1.tar.gz", IndexException.Kind.FORMAT);
        index.said = new Message("cannot be built: its backend fails\nlast lines of a log");
        assertThat(files(Formats.ANY, Strategy.NEWEST, "app"))
                .contains("app cannot be built: its backend fails  (app 1, all)");
        var wheels = new Formats(Map.of(), new Formats.Format(true, false, "--no-build"));
        assertThat(files(wheels, Strategy.NEWEST, "app"))
                .contains(
                        "has no wheel, only a source distribution, and --no-build lets nothing be built");
    }

    /** A request of a project called shop. */
    private static Request ofShop(Sourcing sourcing, String... requirements) {
        Request plain = Requests.of(requirements);
        return new Request(
                plain.requirements(),
                plain.target(),
                plain.preferences(),
                Strategy.NEWEST,
                Map.of(),
                Map.of(new PackageName("shop"), "is this project (pyproject.toml:2)"),
                null,
                Set.of(),
                Advisories.NONE,
                Prereleases.IF_NECESSARY,
                Requests.NOW,
                Map.of(),
                null,
                sourcing);
    }

    /** Shop as it is for those that need it: of version 3.0.dev1, with one extra. */
    private static final Builder SHOP =
            new Builder() {
                @Override
                public Metadata metadata(DistributionFile source) {
                    throw new AssertionError(source.filename());
                }

                @Override
                public Optional<Metadata> standIn(PackageName name) {
                    return Optional.of(
                            Metadata.read(
                                    """
                                    Metadata-Version: 2.1
                                    Name: shop
                                    Version: 3.0.dev1
                                    Provides-Extra: cards
                                    Requires-Dist: always
                                    Requires-Dist: bank; extra == 'cards'
                                    Requires-Dist: shop[cards]; extra == 'cards'
                                    """));
                }
            };

    private String ofShop(String... requirements) throws IndexException {
        var sourcing = new Sourcing(Formats.ANY, SHOP, Map.of());
        var resolution =
                (Resolution)
                        new Resolver(index, Progress.SILENT)
                                .resolve(ofShop(sourcing, requirements));
        return Stream.concat(
                        resolution.pins().stream().map(Object::toString),
                        resolution.notes().stream().map(NoteText::of))
                .collect(Collectors.joining(", "));
    }

    /** What it needs always is asked for by its own lines; what its extras add is not. */
    @Test
    void theProjectMeetsWhatItsVersionFitsAndIsInNoAnswer() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").needs("shop>=2");
        index.release("plugin", "1").needs("shop[cards]<4");
        index.release("bank", "5");
        assertThat(ofShop("app")).isEqualTo("app 2");
        assertThat(ofShop("app", "plugin")).isEqualTo("app 2, bank 5, plugin 1");
    }

    @Test
    void theProjectInAnotherVersionOrWithoutTheExtraMeetsNothing() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").needs("shop>=4");
        index.release("tool", "1");
        index.release("tool", "2").needs("shop[nosuch]");
        assertThat(ofShop("app"))
                .isEqualTo(
                        "app 1, passed over: 2, which needs shop >=4, which is this project (pyproject.toml:2), version 3.0.dev1");
        assertThat(ofShop("tool"))
                .isEqualTo(
                        "tool 1, passed over: 2, which needs shop[nosuch], which is this project (pyproject.toml:2), version 3.0.dev1");
    }

    /** What is asked for by a name of the project's own comes from no index, and is named. */
    @Test
    void aVersionThatNeedsTheProjectItselfIsPassedOverByName() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").needs("shop>=3");
        index.release("shop", "3");
        var resolution =
                (Resolution)
                        new Resolver(index, Progress.SILENT).resolve(ofShop(Sourcing.NONE, "app"));
        assertThat(resolution.pins()).map(Object::toString).containsExactly("app 1");
        assertThat(resolution.notes())
                .map(NoteText::of)
                .containsExactly(
                        "passed over: 2, which needs shop >=3, which is this project (pyproject.toml:2)");
    }

    /** A lock says what a source needs: nothing is built to know that it fits. */
    @Test
    void aLockAnswersForItsSources() throws Exception {
        index.release("app", "1").wheels().sdist().needs("base");
        index.release("base", "1");
        index.release("base", "2");
        Request request = Requests.of("app").with(index.building(Formats.ANY));
        Resolution first = (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
        var folder = Path.of("/shop");
        LockFile lock =
                LockFile.read(
                        LockFile.of(first, Requests.TARGET, folder).text(), "pylock.toml", folder);
        assertThat(lock.text()).contains("[packages.sdist]").contains("app-1.tar.gz");
        var nothing = new MemoryIndex();
        Resolution again =
                (Resolution)
                        new Resolver(nothing, Progress.SILENT)
                                .resolve(
                                        request.with(lock.preferences(Requests.TARGET, Map.of()))
                                                .with(nothing.building(Formats.ANY)));
        assertThat(again.pins()).isEqualTo(first.pins());
        assertThat(nothing.asked).isEmpty();
    }

    /** Nobody gets an old version without a word. */
    @Test
    void whatIsOldBecauseSomethingNewerCannotBeUsedSaysSo() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").needs("grammar>=4");
        index.release("app", "3").needs("grammar>=4");
        index.release("grammar", "3");
        index.release("grammar", "4").wheels().sdist();
        index.release("late", "1");
        index.release("late", "2").wheels().sdist();
        var wheels = new Formats(Map.of(), new Formats.Format(true, false, "--no-build"));
        Resolution resolution = (Resolution) outcome(wheels, Strategy.NEWEST, "app", "late");
        assertThat(resolution.notes())
                .extracting(note -> note.name() + ": " + NoteText.of(note))
                .containsExactly(
                        "app: passed over: 3, which needs grammar >=4, which has no wheel, only a source distribution, and --no-build lets nothing be built",
                        "late: passed over: 2, which has no wheel, only a source distribution, and --no-build lets nothing be built");
    }

    /** One build may weigh as much as some versions. */
    @Test
    void aBuildIsWorthALeapAndNoStep() throws IndexException {
        for (int i = 1; i <= 9; i++) {
            MemoryIndex.Release release = index.release("near", "" + i).sdist();
            MemoryIndex.Release other = index.release("far", "" + i).sdist();
            if (i > 7) {
                release.wheels();
            }
            if (i > 2) {
                other.wheels();
            }
        }
        var strategy =
                new Strategy(
                        "weighed",
                        List.of(
                                Aim.of(1, Objective.NEWEST),
                                new Aim(1, Objective.FEWEST_BUILDS, 5 * Aim.ONE, null)));
        assertThat(files(Formats.ANY, strategy, "near", "far"))
                .isEqualTo("far-9.tar.gz, near-7-py3-none-any.whl");
    }
}
