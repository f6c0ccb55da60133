package dev.blast.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the includes of {@code [dependency-groups]} (PEP 735), in the place where they stand.
 */
final class DependencyGroups {
    private final @Nullable Table table;

    /** The spelling of each group in the document. */
    private final Map<ExtraName, String> keys = new LinkedHashMap<>();

    private final Map<ExtraName, List<Located<Requirement>>> resolved = new LinkedHashMap<>();

    DependencyGroups(Table document) {
        this.table = document.optionalTable("dependency-groups");
    }

    Map<ExtraName, List<Located<Requirement>>> resolve() {
        if (table == null) {
            return Map.of();
        }
        for (String key : table.keys()) {
            String other = keys.put(table.read(key, ExtraName::new, key), key);
            if (other != null) {
                throw table.error("the same group as '%s' in normal form".formatted(other), key);
            }
        }
        var inOrder = new LinkedHashMap<ExtraName, List<Located<Requirement>>>();
        keys.forEach((group, key) ->
                inOrder.put(group, requirements(table, key, group, new LinkedHashSet<>())));
        return inOrder;
    }

    private List<Located<Requirement>> requirements(
            Table groups, String key, ExtraName group, SequencedSet<ExtraName> including) {
        List<Located<Requirement>> known = resolved.get(group);
        if (known != null) {
            return known;
        }
        including.add(group);
        var requirements = new ArrayList<Located<Requirement>>();
        List<?> members = groups.array(key);
        for (int i = 0; i < members.size(); i++) {
            switch (members.get(i)) {
                case String text ->
                        requirements.add(
                                new Located<>(
                                        groups.read(text, Requirement::parse, key, i),
                                        groups.lineOf(key, i)));
                case Map<?, ?> include
                        when include.size() == 1
                                && include.get("include-group") instanceof String name ->
                        requirements.addAll(included(groups, key, i, name, including));
                default ->
                        throw groups.error(
                                "expected a requirement or a table { include-group = \"name\" }",
                                key,
                                i);
            }
        }
        including.remove(group);
        resolved.put(group, List.copyOf(requirements));
        return requirements;
    }

    private List<Located<Requirement>> included(
            Table groups, String key, int place, String name, SequencedSet<ExtraName> including) {
        ExtraName group = groups.read(name, ExtraName::new, key, place);
        String includedKey = keys.get(group);
        if (includedKey == null) {
            throw groups.error(
                    "there is no group '%s'; groups are %s"
                            .formatted(name, String.join(", ", keys.values())),
                    key,
                    place);
        }
        if (including.contains(group)) {
            String circle =
                    Stream.concat(
                                    including.stream().dropWhile(each -> !each.equals(group)),
                                    Stream.of(group))
                            .map(ExtraName::normalized)
                            .collect(Collectors.joining(" → "));
            throw groups.error("groups include each other in a circle: " + circle, key, place);
        }
        return requirements(groups, includedKey, group, including);
    }
}
