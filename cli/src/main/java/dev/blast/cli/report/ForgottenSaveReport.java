package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;

/** A save that was removed. */
public record ForgottenSaveReport(String name) implements Report {

    @Override
    public String text(Palette palette) {
        return new Page("removed the save '")
                .append(name)
                .line("'; blast store gc takes what it alone had named out of the store")
                .toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject().with("save", name).with("removed", true);
    }
}
