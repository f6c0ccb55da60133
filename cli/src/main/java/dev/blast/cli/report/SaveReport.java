package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment that was saved.
 *
 * @param bytes what its files hold together
 * @param file where it was written, as people write it; null where its name is kept
 * @param fileBytes length of that file
 * @param found the generation that keeps what others had made of it; null where nothing
 * @param remarks what is not in the file
 */
public record SaveReport(
        String environment,
        String name,
        int packages,
        String policy,
        long bytes,
        String treeHash,
        @Nullable String file,
        long fileBytes,
        @Nullable Integer found,
        List<String> remarks,
        Duration took)
        implements Report {

    public SaveReport {
        remarks = List.copyOf(remarks);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        if (found != null) {
            text.append("what others had made of it is kept as generation ").append(found).end();
        }
        remarks.forEach(remark -> text.append("! ").line(remark));
        text.append("saved ")
                .append(environment)
                .append(" as '")
                .append(name)
                .append("': ")
                .append(Figures.count(packages, "package"))
                .append(policy.isEmpty() ? "" : ", policy " + policy)
                .append(", ")
                .append(Figures.size(bytes));
        if (file == null) {
            text.append(" (contents in the store)");
        } else {
            text.append(" in ")
                    .append(file)
                    .append(", a file of ")
                    .append(Figures.size(fileBytes))
                    .append("; blast load ")
                    .append(file)
                    .append(" needs nothing else");
        }
        return text.end().toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", environment)
                .with("name", name)
                .with("packages", packages)
                .with("policy", policy)
                .with("bytes", bytes)
                .with("treeHash", treeHash)
                .with("file", file)
                .with("fileBytes", file == null ? null : Long.valueOf(fileBytes))
                .with("found", found == null ? null : Long.valueOf(found))
                .with("remarks", remarks)
                .with("seconds", took);
    }
}
