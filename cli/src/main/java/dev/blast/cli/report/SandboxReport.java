package dev.blast.cli.report;

import dev.blast.cli.terminal.Palette;
import java.util.List;

/**
 * Which layers of confinement this machine gives, which it does not, and what can be done about it.
 *
 * @param ladder {@code full}, what it is without, or {@code none}
 * @param layers in force, read back from the kernel
 * @param network what a program finds of one
 * @param remarks what stands in for a missing layer, or why nothing could be started
 * @param leftOut what rules grant and a program will not find, and why
 */
public record SandboxReport(
        String ladder,
        List<String> layers,
        List<String> network,
        List<Missing> missing,
        List<String> remarks,
        List<String> leftOut)
        implements Report {

    /**
     * A layer that is not to be had.
     *
     * @param why what was tried and what came back
     * @param remedy what a person can do, or empty
     */
    public record Missing(String layer, String why, String remedy) {}

    public SandboxReport {
        layers = List.copyOf(layers);
        network = List.copyOf(network);
        missing = List.copyOf(missing);
        remarks = List.copyOf(remarks);
        leftOut = List.copyOf(leftOut);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page("sandbox ").append(palette.strong(ladder)).end();
        var table = new TextTable("  ");
        layers.forEach(layer -> table.row("in force", layer));
        network.forEach(line -> table.row("network", line));
        for (Missing one : missing) {
            table.row("missing", one.layer() + ": " + one.why());
            if (!one.remedy().isEmpty()) {
                table.row("", one.remedy());
            }
        }
        remarks.forEach(remark -> table.row(layers.isEmpty() ? "why" : "instead", remark));
        leftOut.forEach(path -> table.row("left out", path));
        return text.lines(table.text()).toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("sandbox", ladder)
                .with("layers", layers)
                .with("network", network)
                .with("missing", missing, SandboxReport::json)
                .with("remarks", remarks)
                .with("leftOut", leftOut);
    }

    private static JsonObject json(Missing one) {
        return new JsonObject()
                .with("layer", one.layer())
                .with("why", one.why())
                .with("remedy", one.remedy());
    }
}
