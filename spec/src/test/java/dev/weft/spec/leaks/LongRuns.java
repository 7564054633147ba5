package dev.weft.spec.leaks;

import static dev.weft.Weft.asCompleted;
import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncEvent;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Polls something that never ends. The main class of a JVM with little memory. */
final class LongRuns {
    private static final int POLLS = 60_000;

    private LongRuns() {}

    public static void main(String[] args) {
        VirtualTime.run(() -> polls(args[0]));
        System.out.println("ended");
    }

    @Async
    private static Coroutine<Integer> polls(String poll) {
        Promise<Integer> never = new Promise<>();
        AsyncIterator<Deferred<Integer>> iterator = asCompleted(List.of(never));
        AsyncEvent event = new AsyncEvent();
        int expired = 0;
        for (int i = 0; i < POLLS; i++) {
            try {
                await(poll(poll, never, iterator, event));
            } catch (TimeoutException expected) {
                expired++;
            }
        }
        return Coroutine.of(expired);
    }

    private static Coroutine<?> poll(
            String poll,
            Promise<Integer> never,
            AsyncIterator<Deferred<Integer>> iterator,
            AsyncEvent event)
            throws TimeoutException {
        return switch (poll) {
            case "asCompleted" -> timeout(ofSeconds(1), iterator.hasNext());
            case "shield" -> timeout(ofSeconds(1), shield(never));
            case "waitUntil" -> waitUntil(ReturnWhen.FIRST_COMPLETED, ofSeconds(1), List.of(never));
            case "gather" -> timeout(ofSeconds(1), gather(shield(never), sleep(ofDays(1))));
            case "timeout" -> timeout(ofSeconds(1), sleep(ofDays(1)));
            case "event" -> timeout(ofSeconds(1), event.waitFor());
            case "nestedRun" -> nested();
            default -> throw new IllegalArgumentException(poll);
        };
    }

    private static Coroutine<Void> nested() {
        runNested(iterations(1));
        return Coroutine.done();
    }
}
