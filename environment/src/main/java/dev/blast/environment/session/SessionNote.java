package dev.blast.environment.session;

import dev.blast.enforcer.plan.StandIn;
import dev.blast.environment.Lines;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was so when a session began, for who looks at it while it runs. Only shown, never decided
 * by.
 *
 * @param ladder the step in force; empty where nothing is noted
 * @param groups the cgroups that were made for it
 * @param limits of its rules that hold, in the units of {@link Limits}
 */
public record SessionNote(String ladder, List<Path> groups, Map<Resource, Long> limits) {
    public static final SessionNote NONE = new SessionNote("", List.of(), Map.of());

    public SessionNote {
        groups = List.copyOf(groups);
        Map<Resource, Long> ordered = new EnumMap<>(Resource.class);
        ordered.putAll(limits);
        limits = Collections.unmodifiableMap(ordered);
    }

    /**
     * The note about a session that begins.
     *
     * @param standIns what is in place of what cannot be had; of some limits nothing is
     */
    static SessionNote of(String ladder, List<Path> groups, Limits limits, List<StandIn> standIns) {
        Map<Resource, Long> amounts = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            Limit limit = limits.of(resource);
            if (limit != null) {
                amounts.put(resource, limit.amount());
            }
        }
        for (StandIn standIn : standIns) {
            if (standIn instanceof StandIn.ProcessorTime) {
                amounts.remove(Resource.CPU);
            } else if (standIn instanceof StandIn.InputAndOutput) {
                amounts.remove(Resource.IO);
            } else if (standIn instanceof StandIn.Processes(boolean limited) && !limited) {
                amounts.remove(Resource.PROCESSES);
            }
        }
        return new SessionNote(ladder, groups, amounts);
    }

    String text() {
        var lines = new Lines.Writer().add("ladder", ladder);
        groups.forEach(group -> lines.add("group", group.toString()));
        limits.forEach((resource, amount) -> lines.add(resource.name(), Long.toString(amount)));
        return lines.text();
    }

    /** {@link #NONE} where another Blast wrote none, or one that this one does not understand. */
    static SessionNote parse(String text) {
        try {
            var lines = Lines.parse(text);
            Map<Resource, Long> limits = new EnumMap<>(Resource.class);
            for (Resource resource : Resource.values()) {
                lines.all(resource.name())
                        .forEach(amount -> limits.put(resource, Long.valueOf(amount)));
            }
            return new SessionNote(
                    String.join("", lines.all("ladder")),
                    lines.all("group").stream().map(Path::of).toList(),
                    limits);
        } catch (IllegalArgumentException _) {
            return NONE;
        }
    }
}
