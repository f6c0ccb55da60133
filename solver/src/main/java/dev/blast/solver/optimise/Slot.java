package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.domain.common.PlanningId;
import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import dev.blast.solver.PackagePart;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a version is chosen for: a package, or an extra of one. Public because Timefold wants it.
 */
@PlanningEntity
public class Slot {
    @PlanningId private final int number;
    private final PackagePart part;
    private final int base;

    @ValueRangeProvider(id = "range")
    private final List<SlotValue> range;

    @PlanningVariable(valueRangeProviderRefs = "range")
    private @Nullable SlotValue value;

    /** For Timefold, which copies slots. */
    protected Slot() {
        this(
                0,
                new PackagePart(new dev.blast.packaging.PackageName("none"), null),
                0,
                List.of(),
                null);
    }

    /**
     * A slot.
     *
     * @param base the number of the package's slot, for an extra; else its own
     * @param range all values that it may have
     * @param value of these
     */
    public Slot(
            int number,
            PackagePart part,
            int base,
            List<SlotValue> range,
            @Nullable SlotValue value) {
        this.number = number;
        this.part = part;
        this.base = base;
        this.range = List.copyOf(range);
        this.value = value;
    }

    public int number() {
        return number;
    }

    public PackagePart part() {
        return part;
    }

    public int base() {
        return base;
    }

    boolean isExtra() {
        return base != number;
    }

    public List<SlotValue> range() {
        return range;
    }

    public SlotValue value() {
        return Objects.requireNonNull(value);
    }

    boolean isPresent() {
        return !value().isAbsent();
    }

    /** For Timefold. */
    public int getNumber() {
        return number;
    }

    /** For Timefold. */
    public List<SlotValue> getRange() {
        return range;
    }

    /** For Timefold. */
    public @Nullable SlotValue getValue() {
        return value;
    }

    /** For Timefold. */
    public void setValue(@Nullable SlotValue value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return part + "=" + value;
    }
}
