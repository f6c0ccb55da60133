package dev.blast.cli.command;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Generation;
import dev.blast.environment.project.Project;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Requirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a project asks for something else by now than what an environment came back to: the next
 * sync would not leave it so.
 */
final class AskedSince {
    private AskedSince() {}

    /** In a sentence; empty where it asks for the same, for nothing, or cannot be read. */
    static Optional<String> remark(Environment environment, Generation back) {
        try {
            Project project = Project.at(environment.project());
            if (!project.declared() || project.inputs().isEmpty()) {
                return Optional.empty();
            }
            List<Generation.Asked> now =
                    project.dependencies().stream().map(Generation.Asked::of).toList();
            return isSame(byName(now), byName(back.requirements()))
                    ? Optional.empty()
                    : Optional.of(
                            "%s asks for something else: the next blast sync follows it"
                                    .formatted(project.inputs().getFirst().getFileName()));
        } catch (EnvironmentException | InvalidSyntaxException _) {
            return Optional.empty(); // a sync says what is wrong with it
        }
    }

    /** What is always asked for. */
    private static Map<String, String> byName(List<Generation.Asked> asked)
            throws InvalidSyntaxException {
        var byName = new HashMap<String, String>();
        for (Generation.Asked each : asked) {
            if (each.group().isEmpty()) {
                String name = Requirement.parse(each.requirement()).name().normalized();
                byName.merge(name, each.requirement(), (one, other) -> one + " " + other);
            }
        }
        return byName;
    }

    /** A name may have been given an address since it was written. */
    private static boolean isSame(Map<String, String> now, Map<String, String> then) {
        return now.keySet().equals(then.keySet())
                && now.keySet().stream()
                        .allMatch(name ->
                                Objects.equals(now.get(name), then.get(name))
                                        || then.getOrDefault(name, "").contains("@"));
    }
}
