package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.Requirement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverriddenFolderTest {
    /** What a person asks for, and what is left of it where {@code lib} is overridden. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lib>=2 | false | lib",
                "lib[x]>=2 | false | lib[x]",
                "other>=2 | false | other>=2",
                "lib @ https://x.example/lib-1-py3-none-any.whl | false | lib",
                "lib @ file:///src/lib | true | lib @ file:///src/lib",
                "lib[x] @ file:///src/lib | true | lib[x] @ file:///src/lib",
            })
    void whatIsReadInItsFolderStaysThere(String asked, boolean editable, String left) {
        RootRequirement root = RootRequirement.of(Requirement.parse(asked), "pyproject.toml:4");
        RootRequirement override =
                RootRequirement.override(Requirement.parse("lib"), "pyproject.toml:9");
        var overrides = Overrides.of(List.of(override), Requests.target("3.12.1").markers());
        assertThat(overrides.leave(List.of(editable ? root.asEditable() : root)))
                .extracting(it -> it.requirement().toString())
                .containsExactly(left);
    }
}
