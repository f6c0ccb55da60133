package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.session.Sessions;
import java.util.List;

/**
 * Frozen sessions that were let go on.
 *
 * @param name the environment's
 * @param left those that are frozen still: whoever started them has not answered
 */
public record ResumeReport(String name, List<Sessions.Session> resumed, List<Sessions.Session> left)
        implements Report {

    public ResumeReport {
        resumed = List.copyOf(resumed);
        left = List.copyOf(left);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page(name);
        if (resumed.isEmpty() && left.isEmpty()) {
            return text.line(": nothing is frozen").toString();
        }
        if (!resumed.isEmpty()) {
            text.append(": ")
                    .append(Figures.count(resumed.size(), "session"))
                    .line(resumed.size() == 1 ? " goes on" : " go on");
            resumed.forEach(it -> line(it, text));
        }
        if (!left.isEmpty()) {
            text.append(resumed.isEmpty() ? ": " : "")
                    .append(Figures.count(left.size(), "session"))
                    .line(
                            " still frozen: the blast that started it does not answer; it may be suspended (fg), or blast kill ends it");
            left.forEach(it -> line(it, text));
        }
        return text.toString();
    }

    private static void line(Sessions.Session session, Page text) {
        text.append("  pid ")
                .append(session.process().pid())
                .append("  ")
                .append(session.command())
                .end();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("resumed", resumed, ResumeReport::json)
                .with("frozen", left, ResumeReport::json);
    }

    private static JsonObject json(Sessions.Session session) {
        return new JsonObject()
                .with("pid", session.process().pid())
                .with("command", session.command())
                .with("since", session.since().toString());
    }
}
