package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * What was learned of a command.
 *
 * @param file of the proposal, from the project's folder
 * @param proposed what its rules open and limit
 * @param unproved folders outside of the project that it was to write, and could not in any run
 * @param closed what is not proposed, with the reason
 * @param exitCode of the run with open eyes
 * @param provedCode of the last run under exactly the proposal
 * @param proved whether that ended as the run before, and missed nothing
 * @param rules the text of the file
 * @param written whether it lies there
 */
public record LearnReport(
        String file,
        List<String> proposed,
        List<String> unproved,
        List<String> closed,
        int exitCode,
        int provedCode,
        boolean proved,
        String rules,
        boolean written)
        implements Report {

    public LearnReport {
        proposed = List.copyOf(proposed);
        unproved = List.copyOf(unproved);
        closed = List.copyOf(closed);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        text.append(written ? "written: " : "proposed: ").line(file);
        proposed.forEach(it -> text.append("  + ").line(it));
        unproved.forEach(it ->
                text.append("  ! not tried: writable ")
                        .append(it)
                        .line(
                                " (outside of the project; it was a folder of its own, gone afterwards)"));
        closed.forEach(it -> text.append("  ! not proposed: ").line(it));
        text.line(
                proved
                        ? "a run under %s ended as before, with %d"
                                .formatted(underWhat(), provedCode)
                        : "a run under %s ended with %d, and the one before with %d: %s"
                                .formatted(
                                        underWhat(),
                                        provedCode,
                                        exitCode,
                                        provedCode == exitCode && !unproved.isEmpty()
                                                ? "what was not tried may be missing"
                                                : "something is still missing"));
        if (written) {
            text.line("read it; what it opens is in force after blast trust");
        } else {
            text.end();
            rules.lines().forEach(text::line);
        }
        return text.toString();
    }

    private String underWhat() {
        return unproved.isEmpty()
                ? "exactly these rules"
                : "these rules, but for what was not tried,";
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("file", file)
                .with("proposed", proposed)
                .with("notTried", unproved)
                .with("notProposed", closed)
                .with("exitCode", exitCode)
                .with("provedCode", provedCode)
                .with("proved", proved)
                .with("rules", rules)
                .with("written", written);
    }
}
