package dev.blast.environment.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.StandIn;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionNoteTest {
    private static Limit limit(long amount) {
        return new Limit(
                amount, new Reason(new Origin("a.drl", 1, 1), "a rule", Layer.USER, "limit", ""));
    }

    private static final Limits LIMITS =
            new Limits(
                    limit(1 << 20),
                    limit(20),
                    null,
                    null,
                    limit(9),
                    null,
                    limit(500),
                    null,
                    limit(7),
                    null);

    @Test
    void whatNothingKeepsIsNotNoted() {
        assertThat(SessionNote.of("full", List.of(), LIMITS, List.of()).limits())
                .isEqualTo(
                        Map.of(
                                Resource.MEMORY, 1L << 20,
                                Resource.PROCESSES, 20L,
                                Resource.DISK, 9L,
                                Resource.CPU, 500L,
                                Resource.IO, 7L));
        List<StandIn> standIns =
                List.of(
                        new StandIn.Memory(true),
                        new StandIn.Processes(false),
                        new StandIn.ProcessorTime(),
                        new StandIn.InputAndOutput(),
                        new StandIn.Disk());
        assertThat(SessionNote.of("full", List.of(), LIMITS, standIns).limits())
                .containsOnlyKeys(Resource.MEMORY, Resource.DISK);
        assertThat(
                        SessionNote.of(
                                        "full",
                                        List.of(),
                                        LIMITS,
                                        List.of(new StandIn.Processes(true)))
                                .limits())
                .containsKey(Resource.PROCESSES);
    }

    @Test
    void whatIsWrittenIsRead() {
        var note =
                new SessionNote(
                        "without cgroup",
                        List.of(Path.of("/sys/fs/cgroup/a b"), Path.of("/sys/fs/cgroup/c")),
                        Map.of(Resource.TIME, 60L));
        assertThat(SessionNote.parse(note.text())).isEqualTo(note);
        assertThat(SessionNote.parse("")).isEqualTo(SessionNote.NONE);
        assertThat(SessionNote.parse("ladder full\nTIME soon\nend\n")).isEqualTo(SessionNote.NONE);
    }
}
