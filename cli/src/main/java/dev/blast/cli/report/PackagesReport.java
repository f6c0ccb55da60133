package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of an environment, by name, each with who wants it. */
public record PackagesReport(String environment, List<Row> packages) implements Report {
    private static final int NAMED = 3;

    /**
     * One package.
     *
     * @param extras those that anything asks for
     * @param asked where the project asks for it: {@code pyproject.toml:12}
     * @param requiredBy who needs it: {@code httpx 0.28.1}
     */
    public record Row(
            String name,
            String version,
            List<String> extras,
            List<String> asked,
            List<String> requiredBy) {
        public Row {
            extras = List.copyOf(extras);
            asked = List.copyOf(asked);
            requiredBy = List.copyOf(requiredBy);
        }

        private String wantedBy() {
            List<String> all = Stream.concat(asked.stream(), requiredBy.stream()).toList();
            String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
            return all.size() > NAMED
                    ? "%s and %s".formatted(named, Figures.count(all.size() - NAMED, "other"))
                    : named;
        }
    }

    public PackagesReport {
        packages = List.copyOf(packages);
    }

    @Override
    public String text(Palette palette) {
        var table = new TextTable("");
        table.row("PACKAGE", "VERSION", "WANTED BY");
        for (Row row : packages) {
            String wanted = row.wantedBy();
            table.row(
                    TreeReport.part(row.name(), row.extras()),
                    row.version(),
                    wanted.isEmpty() ? "nothing asks for it" : wanted);
        }
        return table.text();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", environment)
                .with("packages", packages, PackagesReport::json);
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .with("name", row.name())
                .with("version", row.version())
                .with("extras", row.extras())
                .with("asked", row.asked())
                .with("requiredBy", row.requiredBy());
    }
}
