package dev.blast.rules;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Found out when it is asked for the first time. Any thread may ask. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile @Nullable T value;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            synchronized (this) {
                known = value;
                if (known == null) {
                    known = source.get();
                    value = known;
                }
            }
        }
        return known;
    }
}
