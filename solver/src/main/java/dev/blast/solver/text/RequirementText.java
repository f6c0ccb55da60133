package dev.blast.solver.text;

import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import java.util.stream.Collectors;

/** Requirements as people read them, wherever they hold: without their markers. */
public final class RequirementText {
    private RequirementText() {}

    /** {@code urllib3[socks] >=1.21,<3}. */
    public static String of(Requirement requirement) {
        String extras =
                requirement.extras().isEmpty()
                        ? ""
                        : requirement.extras().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(",", "[", "]"));
        return requirement.url() == null
                ? join(requirement.name() + extras, Phrases.specifier(requirement.specifier()))
                : "%s%s @ %s"
                        .formatted(requirement.name(), extras, Redaction.strip(requirement.url()));
    }

    private static String join(String part, String specifier) {
        return specifier.isEmpty() ? part : part + " " + specifier;
    }
}
