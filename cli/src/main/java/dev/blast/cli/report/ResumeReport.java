package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * What came of frozen sessions that were to go on.
 *
 * @param name the environment's
 */
public record ResumeReport(String name, List<Resumption> sessions) implements Report {

    public ResumeReport {
        sessions = List.copyOf(sessions);
    }

    @Override
    public String text(Palette palette) {
        if (sessions.isEmpty()) {
            return new Page(name).line(": nothing is frozen").toString();
        }
        var text = new Page();
        for (Resumption it : sessions) {
            text.append(name)
                    .append(": pid ")
                    .append(it.session().process().pid())
                    .append(", ")
                    .append(it.session().command())
                    .append(": ")
                    .line(it.course().text());
        }
        return text.toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("sessions", sessions, ResumeReport::json);
    }

    private static JsonObject json(Resumption it) {
        return new JsonObject()
                .with("pid", it.session().process().pid())
                .with("command", it.session().command())
                .with("since", it.session().since().toString())
                .with("course", it.course())
                .with("frozen", it.course().isFrozen());
    }
}
