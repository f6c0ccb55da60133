package dev.blast.environment.change;

import dev.blast.environment.Lines;
import dev.blast.packaging.ExtraName;
import dev.blast.solver.RootRequirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One committed change of an environment, by content: with the store it can be brought back without
 * an index.
 *
 * @param number from 1, one more than the change before it
 * @param id of the transaction, unique
 * @param occasion what it was made for, and by whom
 * @param strategy by which versions were chosen
 * @param python version of the interpreter
 * @param policy revision of the policy in force, or empty
 * @param packages all that is installed after it, sorted by name
 * @param lifted holds on versions that are there
 * @param requirements what the project asked for, in its order
 * @param repaired the way out of a conflict that this change was
 */
public record Generation(
        int number,
        String id,
        Instant time,
        Occasion occasion,
        String strategy,
        String python,
        String policy,
        List<Installed> packages,
        List<LiftedHold> lifted,
        List<Asked> requirements,
        Optional<Repaired> repaired) {
    public Generation {
        packages = List.copyOf(packages);
        lifted = List.copyOf(lifted);
        requirements = List.copyOf(requirements);
    }

    /** One that is no way out of a conflict. */
    public Generation(
            int number,
            String id,
            Instant time,
            Occasion occasion,
            String strategy,
            String python,
            String policy,
            List<Installed> packages,
            List<LiftedHold> lifted,
            List<Asked> requirements) {
        this(
                number,
                id,
                time,
                occasion,
                strategy,
                python,
                policy,
                packages,
                lifted,
                requirements,
                Optional.empty());
    }

    /** The same as a way out. */
    public Generation with(Optional<Repaired> repaired) {
        return new Generation(
                number,
                id,
                time,
                occasion,
                strategy,
                python,
                policy,
                packages,
                lifted,
                requirements,
                repaired);
    }

    /**
     * A distribution that is there after the change.
     *
     * @param wheel file name of the wheel it came from
     * @param sha256 of that wheel: its key in the store
     * @param requested asked for by name, not only needed by another package
     */
    public record Installed(
            String name, String version, String wheel, String sha256, boolean requested) {}

    /** What there is of a package, if it is there in this version. */
    public Optional<Installed> installed(String name, String version) {
        return packages.stream()
                .filter(it -> it.name.equals(name) && it.version.equals(version))
                .findFirst();
    }

    /** As it was typed. */
    public String command() {
        return occasion.command();
    }

    /**
     * A requirement.
     *
     * @param origin where it was said: {@code pyproject.toml:14}
     * @param group the dependency group or extra that it is in; empty for what is always asked for
     */
    public record Asked(String requirement, String origin, String group) {
        /** As a request has it. */
        public static Asked of(RootRequirement root) {
            ExtraName group = root.group();
            return new Asked(
                    root.requirement().toString(),
                    root.origin(),
                    group == null ? "" : group.normalized());
        }
    }

    String text() {
        var lines =
                new Lines.Writer()
                        .add("number", Integer.toString(number))
                        .add("id", id)
                        .add("time", time.toString())
                        .add("kind", occasion.kind().name())
                        .add("command", occasion.command())
                        .add("restored", Integer.toString(occasion.restored()))
                        .add("user", occasion.user())
                        .add("ci", Boolean.toString(occasion.ci()))
                        .add("sandbox", occasion.sandbox())
                        .add("strategy", strategy)
                        .add("python", python)
                        .add("policy", policy);
        for (Installed p : packages) {
            lines.add(
                    "package",
                    String.join(
                            "\t",
                            p.name,
                            p.version,
                            p.wheel,
                            p.sha256,
                            Boolean.toString(p.requested)));
        }
        lifted.forEach(hold -> lines.add("lifted", hold.line()));
        requirements.forEach(asked ->
                lines.add(
                        "requirement",
                        asked.origin + "\t" + asked.group + "\t" + asked.requirement));
        repaired.ifPresent(it -> {
            lines.add("repaired", it.impasse() + "\t" + it.letter());
            it.edits().forEach(edit -> lines.add("edit", edit));
        });
        return lines.text();
    }

    static Generation parse(String text) {
        Lines lines = Lines.parse(text);
        return new Generation(
                Integer.parseInt(lines.one("number")),
                lines.one("id"),
                Instant.parse(lines.one("time")),
                new Occasion(
                        Occasion.Kind.valueOf(lines.one("kind")),
                        lines.one("command"),
                        Integer.parseInt(lines.one("restored")),
                        lines.one("user"),
                        Boolean.parseBoolean(lines.one("ci")),
                        lines.all("sandbox").stream().findFirst().orElse("")),
                lines.one("strategy"),
                lines.one("python"),
                lines.one("policy"),
                lines.all("package").stream()
                        .map(line -> line.split("\t", -1))
                        .map(words ->
                                new Installed(
                                        words[0],
                                        words[1],
                                        words[2],
                                        words[3],
                                        Boolean.parseBoolean(words[4])))
                        .toList(),
                lines.all("lifted").stream().map(LiftedHold::parse).toList(),
                lines.all("requirement").stream()
                        .map(line -> line.split("\t", 3))
                        .map(words -> new Asked(words[2], words[0], words[1]))
                        .toList(),
                lines.all("repaired").stream()
                        .map(line -> line.split("\t", 2))
                        .map(words ->
                                new Repaired(Long.parseLong(words[0]), words[1], lines.all("edit")))
                        .findFirst());
    }
}
