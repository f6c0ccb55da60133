package dev.blast.packaging;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of a lock file while it is made: in the order given, and without what is absent. */
final class LockedTable {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    LockedTable with(String key, @Nullable Object value) {
        if (value != null) {
            entries.put(key, value);
        }
        return this;
    }

    Map<String, Object> toMap() {
        return entries;
    }
}
