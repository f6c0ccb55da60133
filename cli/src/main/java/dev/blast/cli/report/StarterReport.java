package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import dev.blast.rules.format.PolicyHead;
import java.util.List;

/**
 * A policy that was begun.
 *
 * @param name by which it is called
 * @param head what it says of itself
 * @param files the rules, and the cases that try them
 */
public record StarterReport(String name, PolicyHead head, List<String> files) implements Report {
    public StarterReport {
        files = List.copyOf(files);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        files.forEach(file -> text.append("new: ").line(file));
        said(text, "it does       ", head.gist());
        said(text, "to be changed ", head.change());
        said(text, "leaves open   ", head.leavesOpen());
        return text.line("Next: edit it, then blast policy test")
                .line("What it opens counts after: blast trust")
                .toString();
    }

    private static void said(Page text, String label, String what) {
        if (!what.isEmpty()) {
            text.append(label).line(what);
        }
    }

    @Override
    public JsonObject json() {
        return said(new JsonObject().with("name", name).with("files", files), head);
    }

    /** With what a policy says of itself; what it does not say is empty. */
    static JsonObject said(JsonObject json, PolicyHead head) {
        return json.with("does", head.gist())
                .with("wantedBy", head.wantedBy())
                .with("change", head.change())
                .with("leavesOpen", head.leavesOpen());
    }
}
