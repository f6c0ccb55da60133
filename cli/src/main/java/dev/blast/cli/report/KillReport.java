package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.session.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was ended in an environment.
 *
 * @param changes what an interrupted change came to, null where none was open
 */
public record KillReport(String name, List<Sessions.Session> ended, @Nullable String changes)
        implements Report {

    public KillReport {
        ended = List.copyOf(ended);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page(name).append(": ");
        text.append(
                        ended.isEmpty()
                                ? "nothing was running"
                                : "ended " + Figures.count(ended.size(), "session"))
                .end();
        for (Sessions.Session session : ended) {
            text.append("  pid ")
                    .append(session.process().pid())
                    .append("  ")
                    .append(session.command())
                    .end();
        }
        if (changes != null) {
            text.append("recovered: ").append(changes).end();
        }
        return text.toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("ended", ended, KillReport::json)
                .with("recovered", changes);
    }

    private static JsonObject json(Sessions.Session session) {
        return new JsonObject()
                .with("pid", session.process().pid())
                .with("command", session.command())
                .with("since", session.since().toString());
    }
}
