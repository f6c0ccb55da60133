package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.Requirement;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.text.NoteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What counts in place of all requirements on a package. */
final class OverridesTest {
    private final MemoryIndex index = new MemoryIndex();

    OverridesTest() {
        index.release("web", "1").needs("wire[fast]<2", "six @ https://files.example/six.whl");
        index.release("wire", "1").extra("fast", "speed");
        index.release("wire", "2").extra("fast", "speed").extra("safe", "seal");
        index.release("speed", "1");
        index.release("seal", "1");
        index.release("six", "1");
    }

    private Optional<Resolution> resolve(List<String> asked, String... overrides)
            throws IndexException {
        List<RootRequirement> roots = new ArrayList<>(Requests.roots(asked.toArray(String[]::new)));
        for (String override : overrides) {
            roots.add(RootRequirement.override(Requirement.parse(override), "o.txt:1"));
        }
        Request request = Request.of(roots, Requests.TARGET, Requests.NOW);
        return new Resolver(index, Progress.SILENT).resolve(request)
                        instanceof Resolution resolution
                ? Optional.of(resolution)
                : Optional.empty();
    }

    private String chosen(List<String> asked, String... overrides) throws IndexException {
        return resolve(asked, overrides)
                .map(it ->
                        it.pins().stream()
                                .map(pin ->
                                        pin
                                                + (pin.extras().isEmpty()
                                                        ? ""
                                                        : pin.extras().toString()))
                                .collect(Collectors.joining(", ")))
                .orElse("none");
    }

    @Test
    void countsForTheProjectAndForMetadata() throws IndexException {
        List<String> asked = List.of("web", "wire<2");
        assertThat(chosen(asked, "six")).isEqualTo("six 1, speed 1, web 1, wire 1[fast]");
        assertThat(chosen(asked, "six", "wire>=2"))
                .isEqualTo("six 1, speed 1, web 1, wire 2[fast]");
    }

    @Test
    void keepsExtrasAndAddsItsOwn() throws IndexException {
        assertThat(chosen(List.of("web"), "six", "wire[safe]>=2"))
                .isEqualTo("seal 1, six 1, speed 1, web 1, wire 2[fast, safe]");
    }

    /** As in uv: where no override of a package holds, nothing is required of it. */
    @Test
    void leavesNothingWhereItsMarkerDoesNotHold() throws IndexException {
        assertThat(chosen(List.of("web"), "six ; sys_platform == 'never'", "wire>=2"))
                .isEqualTo("speed 1, web 1, wire 2[fast]");
        assertThat(
                        chosen(
                                List.of("web"),
                                "six",
                                "wire>=2 ; sys_platform == 'win32'",
                                "wire==1 ; sys_platform == 'linux'"))
                .isEqualTo("six 1, speed 1, web 1, wire 1[fast]");
    }

    @Test
    void asksForNothing() throws IndexException {
        assertThat(chosen(List.of("speed"), "wire>=2")).isEqualTo("speed 1");
    }

    @Test
    void namesWhatTheAnswerDoesNotMeet() throws IndexException {
        assertThat(resolve(List.of("web", "wire<2", "speed"), "six", "wire>=2", "speed>=1"))
                .hasValueSatisfying(it ->
                        assertThat(it.notes())
                                .extracting(NoteText::of)
                                .containsExactly(
                                        "web 1 needs six @ https://files.example/six.whl, which o.txt:1 overrides",
                                        "pyproject.toml:12 needs wire <2, which o.txt:1 overrides",
                                        "web 1 needs wire[fast] <2, which o.txt:1 overrides"));
    }

    /** A lock keeps what metadata say: without the override it does not hold. */
    @Test
    void isNoWordOfThePins() throws IndexException {
        assertThat(resolve(List.of("web"), "six", "wire>=2"))
                .hasValueSatisfying(it ->
                        assertThat(it.pins().get(2).dependencies())
                                .extracting(Requirement::toString)
                                .contains("wire[fast]<2"));
    }
}
