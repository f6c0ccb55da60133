package dev.blast.rules.trial;

import dev.blast.rules.trial.BorderValues.Axis;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests beside a request, one step over a border away. */
public final class NearRequests {
    private static final int MAX_DISTRIBUTIONS = 100;

    private final BorderValues borders;

    /** Of the borders that rules draw. */
    public NearRequests(BorderValues borders) {
        this.borders = borders;
    }

    /** A request with one field changed, in all ways. */
    public List<CaseDraft> of(CaseDraft draft) {
        var neighbours = new LinkedHashSet<CaseDraft>();
        for (Axis axis : List.copyOf(borders.axes())) {
            for (Object value : borders.of(axis)) {
                if (axis.fact().equals(Facts.DISTRIBUTION)) {
                    neighbours.addAll(installed(draft, axis, value));
                } else {
                    neighbours.add(CaseDrafts.with(draft, axis, value));
                }
            }
        }
        if (!draft.installed().isEmpty()) {
            neighbours.add(CaseDrafts.with(draft, List.of()));
        }
        distributions().forEach(it -> neighbours.add(CaseDrafts.with(draft, List.of(it))));
        return List.copyOf(neighbours);
    }

    /** One for each combination of what rules compare in them; a rule may ask for any at all. */
    private List<Map<String, @Nullable Object>> distributions() {
        List<Map<String, @Nullable Object>> all = List.of(CaseDrafts.needed(Facts.DISTRIBUTION));
        for (Axis axis : List.copyOf(borders.axes())) {
            if (axis.fact().equals(Facts.DISTRIBUTION)) {
                var more = new ArrayList<Map<String, @Nullable Object>>(all);
                for (Map<String, @Nullable Object> fields : all) {
                    for (Object value : borders.of(axis)) {
                        if (value != null && more.size() < MAX_DISTRIBUTIONS) {
                            var changed = new LinkedHashMap<String, @Nullable Object>(fields);
                            changed.put(axis.field().name(), value);
                            more.add(changed);
                        }
                    }
                }
                all = more;
            }
        }
        return all;
    }

    private static List<CaseDraft> installed(CaseDraft draft, Axis axis, @Nullable Object value) {
        var drafts = new ArrayList<CaseDraft>();
        for (int i = 0; value != null && i < draft.installed().size(); i++) {
            var installed = new ArrayList<Map<String, @Nullable Object>>(draft.installed());
            Map<String, @Nullable Object> fields = new LinkedHashMap<>(installed.get(i));
            fields.put(axis.field().name(), value);
            installed.set(i, fields);
            drafts.add(CaseDrafts.with(draft, installed));
        }
        return drafts;
    }
}
