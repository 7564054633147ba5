package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import java.time.Duration;

public class Shaded {

    @Async
    static Coroutine<Integer> later(int value) {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of(value);
    }

    @Async
    static AsyncStream<Integer> numbers() {
        for (int i = 1; i <= 3; i++) {
            emit(await(later(i)));
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Integer> fails() {
        await(later(1));
        throw new IllegalStateException("failed");
    }

    @Async
    static Coroutine<Void> main() {
        System.out.println(await(numbers().map(i -> i * 10).toList()));
        try {
            await(fails());
        } catch (IllegalStateException e) {
            for (StackTraceElement element : e.getStackTrace()) {
                System.out.println(element.getMethodName());
            }
        }
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
