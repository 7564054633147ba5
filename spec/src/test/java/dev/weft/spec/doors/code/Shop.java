package dev.weft.spec.doors.code;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Methods, lambdas, generics, a generator, resources, and classes inside of the class. */
@SuppressWarnings("try") // a resource that is only opened and closed
final class Shop implements Prices {
    private final List<String> log = new ArrayList<>();

    /** A generic class inside. */
    static final class Shelf<T extends Comparable<T>> {
        private final List<T> things = new ArrayList<>();

        @Async
        <R extends T> Coroutine<List<T>> with(R thing, Function<? super R, Coroutine<R>> checks) {
            R checked = await(checks.apply(thing));
            synchronized (things) {
                things.add(checked);
            }
            return Coroutine.of(things);
        }
    }

    /** An inner class, which has the outer object. */
    final class Door implements AsyncCloseable {
        @Override
        @Async
        public Coroutine<Void> closeAsync() {
            log.add("closing");
            await(sleep(Duration.ofMillis(2)));
            log.add("closed");
            return Coroutine.done();
        }
    }

    @Override
    @Async
    public Coroutine<Price> find(String name) {
        try (var door = closing(new Door())) {
            log.add(name + door.get().hashCode());
            return Price.of(name);
        } catch (IllegalStateException e) {
            await(sleep(Duration.ofMillis(3)));
            throw e;
        } finally {
            log.add("found");
        }
    }

    @Async
    AsyncStream<Price> all(List<String> names) {
        for (String name : names) {
            emit(await(find(name)));
        }
        return AsyncStream.end();
    }

    @Async
    Coroutine<Double> mean(int count, double start) {
        double sum = start;
        long seen = 0;
        for (int i = 0; i < count; i++) {
            Task<Price> task = Task.create(() -> find("price " + await(later(seenBy(7)))));
            sum += await(task).cents();
            seen++;
        }
        return Coroutine.of(sum / seen);
    }

    @Async
    private static Coroutine<Integer> later(int value) {
        await(sleep(Duration.ofMillis(value)));
        return Coroutine.of(value);
    }

    private static int seenBy(int count) {
        return count + 1;
    }
}
