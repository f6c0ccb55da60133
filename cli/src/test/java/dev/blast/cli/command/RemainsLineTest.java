package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.spawn.TemporaryRemains.Remains;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is gone is named, and how such files stay. */
class RemainsLineTest {
    private static final String STAYS =
            " of the sandbox; what is to stay belongs in the project, or in a folder that a rule makes writable( \"FOLDER\" )";

    private static String line(Remains remains) {
        return RemainsLine.of(remains).orElse("").replace(STAYS, "");
    }

    @Test
    void howManyAndTheFirst() {
        assertThat(line(new Remains(0, 0, List.of(), true))).isEmpty();
        assertThat(line(new Remains(0, 0, List.of(), false))).isEmpty();
        assertThat(line(new Remains(1, 1200, List.of("/tmp/report.pdf"), true)))
                .isEqualTo(
                        "blast: /tmp/report.pdf (1.20 kB) is gone: it lay in a temporary folder");
        assertThat(line(new Remains(1, 30, List.of("/tmp/a"), false)))
                .isEqualTo(
                        "blast: at least 1 file of 30 bytes (/tmp/a) is gone: it lay in a temporary folder");
        assertThat(line(new Remains(2, 30, List.of("/tmp/a", "/tmp/b"), true)))
                .isEqualTo(
                        "blast: 2 files of 30 bytes (/tmp/a, /tmp/b) are gone: they lay in temporary folders");
        assertThat(line(new Remains(1500, 30, List.of("/tmp/a", "/tmp/b", "/tmp/c"), false)))
                .isEqualTo(
                        "blast: at least 1,500 files of 30 bytes (/tmp/a, /tmp/b, /tmp/c and 1,497 more) are gone: they lay in temporary folders");
    }

    @Test
    void aNameForgesNoLine() {
        var remains =
                new Remains(1, 1, List.of("/tmp/\udcff\nblast: \u001b[2J" + "x".repeat(900)), true);
        assertThat(line(remains))
                .startsWith("blast: \"/tmp/\\udcff\\nblast: \\u001b[2Jxxx")
                .contains("x…\" (1 bytes)")
                .hasSizeLessThan(250);
    }

    @Test
    void namesAreToldApart() {
        var remains = new Remains(2, 30, List.of("/tmp/a, /tmp/b", "/tmp/c and 7 more"), true);
        assertThat(line(remains))
                .isEqualTo(
                        "blast: 2 files of 30 bytes (\"/tmp/a, /tmp/b\", \"/tmp/c and 7 more\") are gone: they lay in temporary folders");
    }
}
