package dev.blast.environment.policies;

import dev.blast.environment.Lines;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What rules grant a session, as {@link Lines}: each reason once, referred to by its place. */
final class GrantLines {
    private final Lines.Writer lines = new Lines.Writer();
    private final Map<Reason, Integer> reasons = new LinkedHashMap<>();

    private GrantLines() {}

    static String of(SandboxPolicy granted) {
        return new GrantLines().written(granted);
    }

    private String written(SandboxPolicy granted) {
        for (PathGrant it : granted.paths()) {
            lines.add("path", it.path().toString())
                    .add("access", it.access().name())
                    .add(
                            "size",
                            it.sizeBytes().isPresent()
                                    ? Long.toString(it.sizeBytes().getAsLong())
                                    : "");
            by("path-by", it.reason());
        }
        for (Resource resource : Resource.values()) {
            Limit limit = granted.limits().of(resource);
            if (limit != null) {
                lines.add("limit", resource.name()).add("amount", Long.toString(limit.amount()));
                by("limit-by", limit.reason());
            }
        }
        granted.passVariables()
                .forEach((name, reason) -> {
                    lines.add("pass", name);
                    by("pass-by", reason);
                });
        granted.setVariables().forEach((name, value) -> lines.add("set", name).add("value", value));
        granted.setBy()
                .forEach((name, reason) -> {
                    lines.add("set-by-name", name);
                    by("set-by", reason);
                });
        for (SyscallGrant it : granted.syscalls().grants()) {
            lines.add("call", it.name()).add("open", Boolean.toString(it.open()));
            by("call-by", it.reason());
        }
        granted.closedOut().forEach(it -> by("closed-out", it));
        granted.untrusted().forEach(it -> by("untrusted", it));
        for (Reason it : reasons.keySet()) {
            lines.add("file", it.origin().file())
                    .add("line", Integer.toString(it.origin().line()))
                    .add("column", Integer.toString(it.origin().column()))
                    .add("rule", it.rule())
                    .add("layer", it.layer().name())
                    .add("verb", it.verb())
                    .add("text", it.text());
        }
        return lines.text();
    }

    private void by(String key, Reason reason) {
        int next = reasons.size();
        lines.add(key, Integer.toString(reasons.computeIfAbsent(reason, _ -> next)));
    }

    /** Empty where the lines do not say one. */
    static Optional<SandboxPolicy> read(Lines lines) {
        try {
            return Optional.of(new Reading(lines).granted());
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /** One text, read. Each list of values has its own key; those of one kind are of one length. */
    private static final class Reading {
        private final Lines lines;
        private final List<Reason> reasons;

        Reading(Lines lines) {
            this.lines = lines;
            this.reasons = reasons(lines);
        }

        private static List<Reason> reasons(Lines lines) {
            List<String> files = lines.all("file");
            var reasons = new ArrayList<Reason>();
            for (int i = 0; i < files.size(); i++) {
                reasons.add(
                        new Reason(
                                new Origin(
                                        files.get(i),
                                        Integer.parseInt(lines.all("line").get(i)),
                                        Integer.parseInt(lines.all("column").get(i))),
                                lines.all("rule").get(i),
                                Layer.valueOf(lines.all("layer").get(i)),
                                lines.all("verb").get(i),
                                lines.all("text").get(i)));
            }
            return reasons;
        }

        SandboxPolicy granted() {
            return new SandboxPolicy(
                    paths(),
                    limits(),
                    named("pass", "pass-by"),
                    variables(),
                    named("set-by-name", "set-by"),
                    new SyscallRights(calls()),
                    by("closed-out"),
                    by("untrusted"));
        }

        private List<Reason> by(String key) {
            return lines.all(key).stream().map(Integer::parseInt).map(reasons::get).toList();
        }

        private List<PathGrant> paths() {
            List<String> paths = lines.all("path");
            List<Reason> by = by("path-by");
            var grants = new ArrayList<PathGrant>();
            for (int i = 0; i < paths.size(); i++) {
                String size = lines.all("size").get(i);
                grants.add(
                        new PathGrant(
                                Path.of(paths.get(i)),
                                Access.valueOf(lines.all("access").get(i)),
                                size.isEmpty()
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(Long.parseLong(size)),
                                by.get(i)));
            }
            return grants;
        }

        private Limits limits() {
            List<String> names = lines.all("limit");
            List<Reason> by = by("limit-by");
            var limits = new EnumMap<Resource, Limit>(Resource.class);
            for (int i = 0; i < names.size(); i++) {
                long amount = Long.parseLong(lines.all("amount").get(i));
                limits.put(Resource.valueOf(names.get(i)), new Limit(amount, by.get(i)));
            }
            return Limits.of(limits::get);
        }

        private Map<String, Reason> named(String key, String reason) {
            List<String> names = lines.all(key);
            List<Reason> by = by(reason);
            var named = new HashMap<String, Reason>();
            for (int i = 0; i < names.size(); i++) {
                named.put(names.get(i), by.get(i));
            }
            return named;
        }

        private Map<String, String> variables() {
            List<String> names = lines.all("set");
            var variables = new HashMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                variables.put(names.get(i), lines.all("value").get(i));
            }
            return variables;
        }

        private List<SyscallGrant> calls() {
            List<String> names = lines.all("call");
            List<Reason> by = by("call-by");
            var calls = new ArrayList<SyscallGrant>();
            for (int i = 0; i < names.size(); i++) {
                boolean open = lines.all("open").get(i).equals("true");
                calls.add(new SyscallGrant(names.get(i), open, by.get(i)));
            }
            return calls;
        }
    }
}
