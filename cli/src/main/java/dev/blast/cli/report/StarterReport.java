package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * A policy that was begun.
 *
 * @param topic the question that it is about
 * @param files the rules, and the cases that try them
 */
public record StarterReport(String topic, List<String> files) implements Report {
    public StarterReport {
        files = List.copyOf(files);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        files.forEach(file -> text.append("new: ").line(file));
        return text.line(
                        "Next: edit them, then blast policy test; blast policy show "
                                + topic
                                + " lists them beside the others")
                .line("What they open counts after: blast trust")
                .toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject().with("question", topic).with("files", files);
    }
}
