package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A requirement more in a requirements file. */
final class LineAddition {
    private final EditedText text;
    private final Collection<String> said;

    /**
     * @param said gets what a person is told
     */
    LineAddition(EditedText text, Collection<String> said) {
        this.text = text;
        this.said = said;
    }

    /** A line of the file that asks for something. */
    private record Asked(RequirementLine line, @Nullable Requirement requirement) {
        private boolean isOf(PackageName name) {
            return requirement != null && requirement.name().equals(name);
        }
    }

    /**
     * Adds it, or words it anew where it stands.
     *
     * @param written as it is to stand there
     */
    void add(Addition addition, String written) throws EnvironmentException {
        List<Asked> lines = asked();
        var rewording = new Rewording(addition, text.name());
        List<Requirement> there =
                lines.stream()
                        .filter(it -> it.isOf(addition.name()))
                        .map(Asked::requirement)
                        .toList();
        int at = rewording.which(there);
        String line = addition.place() == null ? written : addition.line();
        if (at < 0) {
            boolean stands =
                    lines.stream().anyMatch(it -> it.line().logical().strip().equals(line));
            if (stands) {
                said.add("%s is asked for already (%s)".formatted(line, text.name()));
            } else {
                text.become(with(lines, addition.name(), line));
            }
            return;
        }
        Asked found = lines.stream().filter(it -> it.isOf(addition.name())).toList().get(at);
        String old = found.line().asked();
        String now = rewording.of(old, there.get(at), written);
        if (now.equals(old)) {
            said.add(
                    "%s is asked for already: %s (%s)"
                            .formatted(addition.name(), old, text.name()));
        } else {
            text.become(found.line().asking(now));
        }
    }

    private List<Asked> asked() {
        var all = new ArrayList<Asked>();
        for (RequirementLine line : RequirementLine.all(text.text())) {
            boolean isOne =
                    !line.asked().isEmpty()
                            || line.options().stream()
                                    .anyMatch(it -> it.name().matches("-e|--editable"));
            if (isOne) {
                all.add(new Asked(line, requirement(line.asked())));
            }
        }
        return all;
    }

    private static @Nullable Requirement requirement(String text) {
        try {
            return Requirement.parse(text);
        } catch (InvalidSyntaxException e) {
            return null; // a path or an address without a name
        }
    }

    /** Behind the last that asks for something; in their order, where they have one. */
    private String with(List<Asked> lines, PackageName name, String line) {
        String all = text.text();
        String end = text.lineEnd();
        if (lines.isEmpty()) {
            boolean isEnded = all.isEmpty() || all.endsWith("\n");
            return isEnded ? all + line + end : all + end + line;
        }
        List<PackageName> names =
                lines.stream()
                        .filter(it -> it.requirement() != null)
                        .map(it -> it.requirement().name())
                        .toList();
        int place = names.size() == lines.size() ? Rewording.place(names, name) : lines.size();
        if (place == 0) {
            int begin = lines.getFirst().line().begin();
            return all.substring(0, begin) + line + end + all.substring(begin);
        }
        int behind = lines.get(place - 1).line().end();
        String before = all.substring(0, behind);
        return before.endsWith("\n")
                ? before + line + end + all.substring(behind)
                : before + end + line + all.substring(behind);
    }
}
