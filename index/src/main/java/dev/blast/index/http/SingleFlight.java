package dev.blast.index.http;

import dev.blast.index.IndexException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done once for each key, whoever asks first; the others wait for it and get the same.
 * For any thread.
 */
final class SingleFlight<K, V> {

    interface Work<V> {
        V run() throws IndexException;
    }

    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /** The result of the work for a key, done by this thread where nobody began it. */
    V get(K key, Work<V> work) throws IndexException {
        var mine = new CompletableFuture<V>();
        CompletableFuture<V> begun = flights.putIfAbsent(key, mine);
        if (begun == null) {
            run(work, mine);
            begun = mine;
        }
        return Interruptible.await(begun);
    }

    /**
     * The same on a thread of its own; a failure is kept for whoever asks by {@link #get}. What
     * {@code then} throws is a bug and ends that thread.
     */
    void begin(K key, Work<V> work, Consumer<V> then) {
        Thread.ofVirtual()
                .name("blast-index")
                .start(() -> {
                    V value;
                    try {
                        value = get(key, work);
                    } catch (IndexException e) {
                        return;
                    }
                    then.accept(value);
                });
    }

    /** The result where it is there by now, null otherwise. */
    @Nullable V peek(K key) {
        CompletableFuture<V> begun = flights.get(key);
        return begun != null && begun.state() == Future.State.SUCCESS ? begun.resultNow() : null;
    }

    private static <V> void run(Work<V> work, CompletableFuture<V> result) {
        try {
            result.complete(work.run());
        } catch (IndexException | RuntimeException | Error e) { // given to everybody who asks
            result.completeExceptionally(e);
        }
    }
}
