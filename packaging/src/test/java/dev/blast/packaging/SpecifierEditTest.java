package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecifierEditTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    numpy<1.25                      | >=1.26,<2   | numpy>=1.26,<2
                    NumPy < 1.25                    | >=1.26,<2   | NumPy >= 1.26, < 2
                    numpy<2,>=1.20                  | >=1.26,<2   | numpy<2,>=1.26
                    numpy >=1.20 , <1.25            | >=1.20,<2   | numpy >=1.20 , <2
                    numpy>=1.2.0,!=1.3,<1.25        | >=1.2,!=1.3,<2 | numpy>=1.2.0,!=1.3,<2
                    numpy>=1.2,!=1.3,<1.25          | >=1.2,<2    | numpy>=1.2,<2
                    numpy~=1.2                      | >=1.2,<3    | numpy>=1.2,<3
                    numpy == 1.8                    | ==1.9       | numpy == 1.9
                    numpy (<1.25)                   | >=1.26,<2   | numpy (>=1.26,<2)
                    numpy [a, b_c] <1.25 ; python_version>'3' | <2 | numpy [a, b_c] <2 ; python_version>'3'
                    numpy<1.25;extra=='(x)'         | <2          | numpy<2;extra=='(x)'
                    numpy                           | >=2.0b1     | numpy>=2.0b1
                    numpy ; os_name == 'posix'      | >=2.0b1     | numpy>=2.0b1 ; os_name == 'posix'
                    numpy[x]                        | >=2.0b1     | numpy[x]>=2.0b1
                    numpy<3                         | >=2.0b1,<3  | numpy>=2.0b1,<3
                    numpy<1.25,                     | <2          | numpy<2
                    """)
    void keepsWhatAPersonWrote(String before, String specifier, String after) {
        assertThat(SpecifierEdit.of(before, SpecifierSet.parse(specifier)))
                .map(edit -> edit.in(before))
                .contains(after);
    }

    @Test
    void whatHasNoVersionsIsNotEdited() {
        for (String text :
                new String[] {"numpy @ https://index.example/numpy.whl", "", "-e .", "numpy ="}) {
            assertThat(SpecifierEdit.of(text, SpecifierSet.parse("<2"))).as(text).isEmpty();
        }
    }
}
