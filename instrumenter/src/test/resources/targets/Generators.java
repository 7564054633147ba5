package targets;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;

import static targets.Steps.log;
import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Generators: emits in statements, and with operands of all kinds under them. */
public class Generators {
    enum Colour {
        RED,
        GREEN
    }

    record Pair(Object left, Object right) {}

    @Async
    static AsyncStream<Integer> nothing() {
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> empty() throws Exception {
        return Streams.stopping(1, Generators::nothing);
    }

    @Async
    private static AsyncStream<Integer> count(int n) throws Exception {
        for (int i = 0; i < n; i++) {
            emit(i);
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> withoutAwaits() throws Exception {
        return Streams.stopping(4, () -> count(3));
    }

    @Async
    static AsyncStream<String> awaitsBetween(String prefix) throws Exception {
        String all = prefix + await(step("first", "a"));
        emit(all);
        all += await(step("second", "b"));
        emit(all);
        emit(await(step("third", "c")) + all);
        await(step("last"));
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> mixed() throws Exception {
        return Streams.stopping(4, () -> awaitsBetween("p"));
    }

    @Async
    static AsyncStream<Object> loops(int n) throws Exception {
        long sum = 0;
        double product = 1;
        outer:
        for (int i = 0; ; i++) {
            int j = 0;
            while (true) {
                if (j > i) {
                    continue outer;
                }
                if (i == n) {
                    break outer;
                }
                sum += i * 10L + j;
                product *= 1.5;
                emit(i + "," + j + ":" + sum);
                j += await(step("j", 1));
            }
        }
        do {
            emit(product);
        } while (--sum > 33);
        for (String s : List.of("x", "y")) {
            emit(s + sum);
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> nestedLoops() throws Exception {
        return Streams.stopping(9, () -> loops(3));
    }

    @Async
    static AsyncStream<String> branches(Colour colour, String text, int i) throws Exception {
        if (i > 0) {
            emit("positive");
        } else if (await(step("negative", true))) {
            emit("not positive");
        }
        switch (colour) {
            case RED:
                emit("red");
                // falls through
            case GREEN:
                emit("green");
                break;
            default:
                throw new AssertionError();
        }
        switch (text) {
            case "a" -> emit("text a");
            case "b" -> {
                emit("text b");
                emit("again");
            }
            default -> log("no text");
        }
        emit(i > 0 ? "yes" : await(step("no", "no")));
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> conditions() throws Exception {
        Object a = await(Streams.stopping(6, () -> branches(Colour.RED, "a", 1)));
        Object b = await(Streams.stopping(6, () -> branches(Colour.GREEN, "b", -1)));
        return Coroutine.of(a + "" + b + await(Streams.all(branches(Colour.GREEN, "c", 0))));
    }

    /** Emits while other operands are on the stack. */
    @Async
    static AsyncStream<Object> operands(int i, long l, double d) throws Exception {
        int sum =
                seen(i)
                        + switch (i) {
                            case 1 -> {
                                emit("one");
                                yield await(step("ten", 10));
                            }
                            default -> 0;
                        };
        String text =
                "s"
                        + sum
                        + l
                        + switch (sum) {
                            case 11 -> {
                                emit(sum);
                                emit(l);
                                yield d;
                            }
                            default -> 2.0;
                        }
                        + d;
        long[] array = {
            l,
            switch (i) {
                case 1 -> {
                    emit(text);
                    yield l + 1;
                }
                default -> 3L;
            },
            4
        };
        array[i] +=
                switch (i) {
                    case 1 -> {
                        emit(array[i]);
                        yield 100;
                    }
                    default -> 5;
                };
        emit(array);
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> underOperands() throws Exception {
        return Streams.stopping(7, () -> operands(1, 20L, 0.5));
    }

    /** Emits while an object is under construction. */
    @Async
    static AsyncStream<Object> unfinished(int i) throws Exception {
        emit(
                new Pair(
                        seen("left" + i),
                        switch (i) {
                            case 1 -> {
                                emit("in arguments");
                                yield new Pair(
                                        await(step("inner", "inner")),
                                        switch (i + 1) {
                                            case 2 -> {
                                                emit("in inner arguments");
                                                yield i;
                                            }
                                            default -> 0;
                                        });
                            }
                            default -> "none";
                        }));
        emit(new StringBuilder("b").append(await(step("c", 'c'))).toString());
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> underUnfinishedObjects() throws Exception {
        return Streams.stopping(5, () -> unfinished(1));
    }

    @Async
    static AsyncStream<Object> kinds(
            boolean z, byte b, short s, char c, int i, long l, float f, double d, Object... rest)
            throws Exception {
        emit(z);
        emit(b);
        emit(s);
        emit(c);
        emit(i);
        emit(l);
        emit(f);
        emit(d);
        emit(rest);
        boolean zz = !z;
        byte bb = (byte) (b + 1);
        char cc = (char) (c + 1);
        float ff = f + 1;
        int[][] matrix = {{i, await(step("element", 2))}, {3}};
        emit(matrix);
        emit(zz + " " + bb + cc + ff + matrix[0][1]);
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> primitivesAndArrays() throws Exception {
        return Streams.stopping(
                11, () -> kinds(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, "r", null));
    }

    @Async
    static AsyncStream<String> assignedLater(int i) throws Exception {
        String later;
        long wide;
        if (i > 0) {
            emit("before");
            later = "positive";
            wide = 1;
        } else {
            later = await(step("later", "later"));
            wide = 2;
        }
        emit(later + wide);
        {
            double slot = 0.25;
            emit("" + slot);
        }
        {
            String slot = null;
            int other = 1;
            emit(slot + other);
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> uninitialisedLocals() throws Exception {
        return Coroutine.of(
                "" + await(Streams.stopping(5, () -> assignedLater(1)))
                        + await(Streams.stopping(4, () -> assignedLater(0))));
    }

    @Async
    static AsyncStream<Object> patterns(Object value) throws Exception {
        if (value instanceof Pair pair && pair.left() instanceof String text) {
            emit(text);
            value = pair.right();
        }
        if (!(value instanceof Integer number)) {
            emit("no number");
            return AsyncStream.end();
        }
        emit(number + await(step("one", 1)));
        emit(
                """
                a text
                block of %d
                """
                        .formatted(number));
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> patternMatching() throws Exception {
        Object a = await(Streams.stopping(4, () -> patterns(new Pair("t", 5))));
        return Coroutine.of(a + "" + await(Streams.stopping(2, () -> patterns("s"))));
    }

    @Async
    static <K, V extends Comparable<V>> AsyncStream<Map.Entry<K, V>> largest(
            List<? extends Map.Entry<K, V>> entries) throws Exception {
        V largest = null;
        for (Map.Entry<K, V> entry : entries) {
            if (largest == null || entry.getValue().compareTo(largest) > 0) {
                largest = entry.getValue();
                emit(entry);
                await(step("searched"));
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> generics() throws Exception {
        return Streams.stopping(
                3,
                () ->
                        largest(
                                List.of(
                                        Map.entry("a", 1),
                                        Map.entry("b", 5),
                                        Map.entry("c", 3),
                                        Map.entry("d", 7))));
    }

    /** Locks, but not across an emit. */
    @Async
    static AsyncStream<Integer> locking(int[] shared) throws Exception {
        for (int i = 0; i < 3; i++) {
            int value;
            synchronized (shared) {
                shared[0] += i;
                value = shared[0];
            }
            emit(value);
            synchronized (shared) {
                if (shared[0] > 2) {
                    return AsyncStream.end();
                }
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> betweenMonitors() throws Exception {
        return Streams.stopping(4, () -> locking(new int[1]));
    }

    @Async
    static AsyncStream<Integer> endless() throws Exception {
        int i = 0;
        while (true) {
            emit(i++);
        }
    }

    @Async
    static Coroutine<Object> withoutEnd() throws Exception {
        return Streams.stopping(5, Generators::endless);
    }

    @Async
    static AsyncStream<Object> iterated(Iterator<?> elements) throws Exception {
        while (elements.hasNext()) {
            Object next = elements.next();
            assert next != null;
            emit(next);
        }
        return elements.hasNext() ? null : AsyncStream.end();
    }

    @Async
    static Coroutine<Object> ofIterator() throws Exception {
        return Streams.stopping(3, () -> iterated(List.of("a", 2).iterator()));
    }

    @Async
    static AsyncStream<Object> nullElement() throws Exception {
        Object element = await(step("null", null));
        try {
            emit(element);
        } catch (NullPointerException e) {
            emit("caught");
            throw new IllegalStateException(e.getMessage());
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> anElementIsNeverNull() throws Exception {
        return Streams.stopping(2, Generators::nullElement);
    }

    @Async
    static AsyncStream<Object> wrongEnd(int i) throws Exception {
        emit(i);
        AsyncStream<Object> other = i == 0 ? null : iterated(List.of("lost").iterator());
        try {
            return other;
        } finally {
            await(step("finally"));
        }
    }

    @Async
    static Coroutine<Object> anotherEnd() throws Exception {
        String all = "";
        for (int i = 0; i < 2; i++) {
            try {
                await(Streams.all(wrongEnd(i)));
            } catch (IllegalStateException e) {
                all += e.getClass().getName();
            }
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> askedAgain() throws Exception {
        AsyncStream<Integer> stream = count(2);
        boolean first = await(stream.hasNext()) && await(stream.hasNext());
        int element = stream.next();
        try {
            log(stream.next());
        } catch (java.util.NoSuchElementException e) {
            log(e);
        }
        log(await(stream.hasNext()) + " " + stream.next());
        log(await(stream.hasNext()));
        log(await(stream.hasNext()));
        await(stream.closeAsync());
        await(stream.closeAsync());
        return Coroutine.of(first + " " + element);
    }
}
