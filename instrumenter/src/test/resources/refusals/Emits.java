package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.AsyncCloseable;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Emits in code that is no generator, and generators that are none. */
class Emits {
    private final Object lock = new Object();

    Emits() {
        emit(1); // ERROR: emit in a constructor, which cannot suspend: emit in an @Async method that returns AsyncStream
    }

    static {
        emit(2); // ERROR: emit in a static initialiser, which cannot suspend
    }

    void plain() {
        emit(3); // ERROR: emit in plain, which returns void: only a generator emits. Let it return AsyncStream and add @dev.weft.Async, with return AsyncStream.end() at its end
    }

    AsyncStream<Integer> annotationForgotten() {
        emit(4); // ERROR: emit in annotationForgotten, which is not @Async: add @dev.weft.Async
        return AsyncStream.end();
    }

    @Async
    Coroutine<Integer> coroutine() {
        emit(5); // ERROR: emit in coroutine, which returns Coroutine: only a generator emits. Let it return AsyncStream, with return AsyncStream.end() at its end
        return Coroutine.of(await(sleep(Duration.ZERO, 6)));
    }

    @Async
    void nothing() {
        emit(7); // ERROR: @Async method nothing returns void, but emits: let it return AsyncStream, with return AsyncStream.end() at its end
    }

    @Async
    List<Integer> list() {
        emit(8); // ERROR: @Async method list returns List, but emits: let it return AsyncStream
        return List.of();
    }

    @Async
    AsyncStream<Integer> lambdaInside(List<Integer> list) {
        list.forEach(element -> emit(element)); // ERROR: emit in a lambda ... returns void: it belongs to no generator around it. Write a loop in the generator, or let the lambda return AsyncStream
        AsyncCallable<Integer> coroutine =
                () -> {
                    emit(9); // ERROR: emit in a lambda ... returns Coroutine: it belongs to no generator around it
                    return Coroutine.of(10);
                };
        Supplier<AsyncStream<Integer>> fine =
                () -> {
                    emit(11);
                    return AsyncStream.end();
                };
        emit(12);
        log(coroutine, fine);
        return AsyncStream.end();
    }

    static void log(Object... values) {}

    @Async
    AsyncStream<Integer> reference(List<Integer> list) {
        list.forEach(AsyncStream::emit); // ERROR: a method reference to emit: it would be called from code that is no generator. Write a loop in the generator
        Consumer<Integer> consumer = AsyncStream::emit; // ERROR: a method reference to emit
        consumer.accept(await(sleep(Duration.ZERO, 13)));
        return AsyncStream.end();
    }

    @Async
    AsyncStream<Integer> locked() {
        synchronized (lock) {
            emit(14); // ERROR: emit inside a synchronized block: the monitor would stay locked ... Emit before or after it, or hold a dev.weft.sync.AsyncLock: try (var held = await(lock.held()))
        }
        emit(15);
        return AsyncStream.end();
    }

    @Async
    synchronized AsyncStream<Integer> lockedMethod() {
        emit(16); // ERROR: @Async method lockedMethod is synchronized
        return AsyncStream.end();
    }

    // ERROR without line: @Async method inNative is native, so there is no code to compile
    @Async
    native AsyncStream<Integer> inNative();

    @Async
    AsyncStream<Integer> passesOn(int i) {
        if (i > 0) {
            return lambdaInside(List.of()); // ERROR: a generator returns the stream that another call makes, which nobody would read: emit its elements in a loop, and return AsyncStream.end()
        }
        return locked().map(x -> x + 1); // ERROR: a generator returns the stream that another call makes ... needs no @Async
    }

    AsyncStream<Integer> passesOnWithoutAnnotation() {
        return locked().map(x -> x + 1);
    }

    record Connection(int number) implements AsyncCloseable {
        @Override
        public Coroutine<Void> closeAsync() {
            return Coroutine.done();
        }
    }

    int closesInPlainMethod() {
        try (Closing<Connection> c = closing(new Connection(17))) {
            return c.get().number();
        } // ERROR: the await at the close of closing(...) in closesInPlainMethod, which is not @Async: let it return Coroutine<Integer> and add @dev.weft.Async
    }

    Coroutine<Integer> closesWithoutAnnotation() {
        try (Closing<Connection> c = closing(new Connection(18))) {
            return Coroutine.of(c.get().number());
        } // ERROR: the await at the close of closing(...) in closesWithoutAnnotation, which is not @Async: add @dev.weft.Async
    }

    @Async
    Coroutine<Void> closesInLambda(List<Integer> numbers) {
        numbers.forEach(
                number -> {
                    try (Closing<Connection> c = closing(new Connection(number))) {
                        log(c);
                    } // ERROR: the await at the close of closing(...) in a lambda ... whose body returns void: a lambda can only await if its body returns Coroutine
                });
        Closing<Connection> c = closing(new Connection(19));
        Runnable close = c::close; // ERROR: a method reference to close of closing(...): it would be called from code that cannot suspend
        close.run();
        return Coroutine.done();
    }

    @Async
    Coroutine<Integer> closesUnderMonitor() {
        synchronized (lock) {
            try (Closing<Connection> c = closing(new Connection(20))) {
                return Coroutine.of(c.get().number());
            } // ERROR: the await at the close of closing(...) inside a synchronized block
        }
    }

    @Async
    Coroutine<Integer> locksInside() {
        try (Closing<Connection> c = closing(new Connection(21))) {
            synchronized (lock) {
                return Coroutine.of(c.get().number());
            }
        }
    }
}
