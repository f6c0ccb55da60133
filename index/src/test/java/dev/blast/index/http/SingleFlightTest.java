package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final SingleFlight<String, Integer> flights = new SingleFlight<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void manyWhoAskAtOnceShareOneRun() throws Exception {
        var begun = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 100)
                            .mapToObj(_ ->
                                    threads.submit(() ->
                                            flights.get(
                                                    "a",
                                                    () -> {
                                                        begun.countDown();
                                                        return runs.incrementAndGet();
                                                    })))
                            .toList();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            }
        }
        assertThat(flights.get("b", runs::incrementAndGet)).isEqualTo(2);
    }

    @Test
    void aFailureIsKeptAndGivenToAll() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() ->
                            flights.get(
                                    "a",
                                    () -> {
                                        runs.incrementAndGet();
                                        throw new IndexException(Kind.NETWORK, "gone");
                                    }))
                    .isInstanceOf(IndexException.class)
                    .hasMessage("gone");
        }
        assertThat(runs).hasValue(1);
        assertThatThrownBy(() ->
                        flights.get(
                                "b",
                                () -> {
                                    throw new IllegalStateException("bug");
                                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasBegunIsHeardOfByAllWhoWantTo() throws Exception {
        var heard = new CompletableFuture<Integer>();
        var heardLater = new CompletableFuture<Integer>();
        flights.begin("a", runs::incrementAndGet, heard::complete);
        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        flights.begin("a", runs::incrementAndGet, heardLater::complete);
        assertThat(heardLater.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
}
