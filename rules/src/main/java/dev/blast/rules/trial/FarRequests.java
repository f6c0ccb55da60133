package dev.blast.rules.trial;

import dev.blast.rules.trial.BorderValues.Axis;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are some fields away from a request, at random: for what no step over one border
 * reaches, since several rules have to be met or missed at once.
 */
public final class FarRequests {
    private static final int MAX_FIELDS = 3;
    private static final int MAX_DISTRIBUTIONS = 3;

    private final BorderValues borders;
    private final List<Axis> axes;
    private final Random random;

    /**
     * Of the borders that rules draw.
     *
     * @param seed the same steps are taken for the same one
     */
    public FarRequests(BorderValues borders, long seed) {
        this.borders = borders;
        this.axes = List.copyOf(borders.axes());
        this.random = new Random(seed);
    }

    /** Whether there is anywhere to go. */
    public boolean isEmpty() {
        return axes.isEmpty();
    }

    /** One of several. */
    public CaseDraft any(List<CaseDraft> drafts) {
        return one(drafts);
    }

    /** One with up to three fields changed. */
    public CaseDraft of(CaseDraft draft) {
        CaseDraft far = draft;
        for (int left = 1 + random.nextInt(MAX_FIELDS); left > 0; left--) {
            Axis axis = one(axes);
            far =
                    axis.fact().equals(Facts.DISTRIBUTION)
                            ? CaseDrafts.with(far, installed(far.installed(), axis))
                            : moved(far, axis);
        }
        return far;
    }

    /** What was the same in other fields may stay the same. */
    private CaseDraft moved(CaseDraft draft, Axis axis) {
        @Nullable Object value = newValue(draft, axis);
        CaseDraft far = one(CaseDrafts.ways(draft, axis, value));
        @Nullable Object before = valueOf(axis, draft);
        if (before != null && random.nextBoolean()) {
            for (Axis other : axes) {
                if (isOther(other, axis) && before.equals(valueOf(other, draft))) {
                    far = CaseDrafts.with(far, other, value);
                }
            }
        }
        return far;
    }

    private static boolean isOther(Axis other, Axis axis) {
        return !other.equals(axis) && other.field().type() == axis.field().type();
    }

    private static @Nullable Object valueOf(Axis axis, CaseDraft draft) {
        String field = axis.field().name();
        return axis.fact().equals(Facts.SESSION)
                ? draft.session().getOrDefault(field, CaseDraft.SOMEBODY.get(field))
                : draft.facts().getOrDefault(axis.fact().name(), Map.of()).get(field);
    }

    /** A distribution more, one less, or one that is another. */
    private List<Map<String, @Nullable Object>> installed(
            List<Map<String, @Nullable Object>> before, Axis axis) {
        var after = new ArrayList<Map<String, @Nullable Object>>(before);
        Map<String, @Nullable Object> fields = CaseDrafts.needed(Facts.DISTRIBUTION);
        if (!after.isEmpty() && (random.nextBoolean() || after.size() == MAX_DISTRIBUTIONS)) {
            fields = after.remove(random.nextInt(after.size()));
            if (random.nextInt(3) == 0) {
                return after;
            }
        }
        @Nullable Object value = border(axis);
        var changed = new LinkedHashMap<String, @Nullable Object>(fields);
        if (value != null) {
            changed.put(axis.field().name(), value);
        }
        after.add(changed);
        return after;
    }

    /** One of its borders; what another field of the kind holds; or two texts in one. */
    private @Nullable Object newValue(CaseDraft draft, Axis axis) {
        return switch (random.nextInt(4)) {
            case 0 -> alike(draft, axis);
            case 1 -> joined(axis);
            default -> border(axis);
        };
    }

    private @Nullable Object border(Axis axis) {
        return one(new ArrayList<@Nullable Object>(borders.of(axis)));
    }

    private @Nullable Object alike(CaseDraft draft, Axis axis) {
        var values = new ArrayList<Object>();
        for (Axis other : axes) {
            @Nullable Object value = isOther(other, axis) ? valueOf(other, draft) : null;
            if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty() ? border(axis) : one(values);
    }

    /** What begins as one pattern wants and ends as another does. */
    private @Nullable Object joined(Axis axis) {
        return switch (axis.field().type()) {
            case TEXT, HOST, NAME -> {
                List<String> texts =
                        borders.of(axis).stream()
                                .filter(Objects::nonNull)
                                .map(Object::toString)
                                .toList();
                yield one(texts) + one(texts);
            }
            default -> border(axis);
        };
    }

    private <T extends @Nullable Object> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
