package dev.blast.packaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tags that an interpreter can install (PEP 425), the best first. Immutable. */
public final class TagSet {
    private final List<Tag> tags;
    private final Map<Tag, Integer> ranks;

    public TagSet(List<Tag> tags) {
        this.tags = List.copyOf(tags);
        this.ranks = new HashMap<>();
        for (Tag tag : this.tags) {
            ranks.putIfAbsent(tag, ranks.size());
        }
    }

    /** All tags, the best first. */
    public List<Tag> tags() {
        return tags;
    }

    /** The place of the tag, 0 for the best; empty where the interpreter cannot install it. */
    public OptionalInt rank(Tag tag) {
        Integer rank = ranks.get(tag);
        return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
    }

    /** The best place of any of a wheel's tags; empty where the wheel cannot be installed. */
    public OptionalInt bestRank(Collection<Tag> wheelTags) {
        return wheelTags.stream()
                .map(ranks::get)
                .filter(rank -> rank != null)
                .mapToInt(Integer::intValue)
                .min();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagSet set && tags.equals(set.tags);
    }

    @Override
    public int hashCode() {
        return tags.hashCode();
    }

    @Override
    public String toString() {
        return "%d tags, %s first"
                .formatted(tags.size(), tags.isEmpty() ? "none" : tags.getFirst());
    }
}
