package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;

/**
 * An environment that was taken away.
 *
 * @param removed whether there was anything to remove
 */
public record CleanReport(String name, String path, boolean removed) implements Report {

    @Override
    public String text(Palette palette) {
        return new Page()
                .line(
                        removed
                                ? name
                                        + ": removed "
                                        + path
                                        + "; project, lock and history stay. blast undo brings it back, blast start makes it anew"
                                : name + ": nothing was left to remove")
                .toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("path", path)
                .with("removed", removed);
    }
}
