package properties;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Contains every element of a class file that can describe an async method. */
@Marked("class")
public class Decorated<T extends Comparable<? super T>> {
    @Marked("field")
    protected final List<@Marked("element") T> all;

    public Decorated(@Marked("of constructor") List<T> all) {
        this.all = all;
    }

    @Async
    @Marked("method")
    @Deprecated
    protected final <X extends Exception & AutoCloseable>
            Coroutine<@Marked("result") Map<String, ? extends T>> everything(
                    @Marked("first") final T first,
                    long second,
                    @Marked("third") List<@Marked("inside") X>... third)
                    throws X, IOException {
        @Marked("local")
        String local = await(sleep(Duration.ZERO, "a"));
        try {
            await(sleep(Duration.ZERO));
            return Coroutine.of(Map.of(local + second, first));
        } catch (
                @Marked("caught")
                IllegalStateException e) {
            Object o = await(sleep(Duration.ZERO, (Object) e));
            return Coroutine.of(Map.of(((@Marked("cast") Object) o).toString(), first));
        }
    }

    @Marked("plain")
    String plain(int i) {
        return "plain" + i + all;
    }

    @Async
    private static Coroutine<Void> hidden(int... numbers) throws InterruptedException {
        for (int number : numbers) {
            await(sleep(Duration.ofNanos(number)));
        }
        return Coroutine.done();
    }

    class Inner {
        @Async
        Coroutine<Integer> count() {
            return Coroutine.of(all.size() + await(sleep(Duration.ZERO, 1)));
        }
    }

    Runnable lambda(String captured) {
        return () -> System.out.println(captured);
    }
}
