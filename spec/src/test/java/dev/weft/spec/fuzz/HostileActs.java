package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.sync.AsyncQueue;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The acts of a {@link HostileProgram} with callbacks, collections and suppliers. */
final class HostileActs {
    private final Ledger ledger;
    private final Random random;

    HostileActs(Ledger ledger, Random random) {
        this.ledger = ledger;
        this.random = random;
    }

    /** A callback whose equals throws if it is compared with another one. */
    @SuppressWarnings({"EqualsHashCode", "EqualsUsingHashCode"}) // the point of this class
    private record Incomparable(List<Integer> called, int number)
            implements Consumer<Deferred<Integer>> {
        @Override
        public void accept(Deferred<Integer> done) {
            called.add(number);
        }

        @Override
        public boolean equals(Object other) {
            if (other == this) {
                return true;
            }
            throw new ClassCastException("equals");
        }
    }

    /** Removes a callback among others whose equals throws. The others are called in order. */
    @Async
    Coroutine<Void> callbacksWhoseEqualsThrows() {
        Promise<Integer> promise = new Promise<>();
        List<Integer> called = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(4); i++) {
            int number = i;
            expected.add(i);
            promise.addDoneCallback(
                    random.nextBoolean()
                            ? new Incomparable(called, i)
                            : done -> called.add(number));
        }
        Consumer<Deferred<Integer>> unknown = done -> {};
        Throwable thrown = catchThrowable(() -> promise.removeDoneCallback(unknown));
        assertThat(thrown == null || thrown instanceof ClassCastException).isTrue();
        promise.complete(1);
        await(iterations(1));
        assertThat(called).isEqualTo(expected);
        return Coroutine.done();
    }

    /** Gathers a collection that throws, or that makes its elements at each iteration. */
    @Async
    Coroutine<Void> misbehavingCollection() {
        int size = 1 + random.nextInt(4);
        int failing = random.nextInt(2 * size);
        int before = Task.all().size();
        int[] made = {0};
        List<Awaitable<Integer>> view = view(size, failing, made);
        List<Deferred<List<Integer>>> gathered = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> gathered.add(gather(view)));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("iterator");
            assertThat(Task.all()).as("nothing is started").hasSize(before);
            return Coroutine.done();
        }
        assertThat(made[0]).as("each element is taken once").isEqualTo(size);
        Throwable failure = await(thrownBy(gathered.get(0)));
        if (failure instanceof CancelledError cancelled) {
            throw cancelled;
        }
        assertThat(failure == null).isTrue();
        return Coroutine.done();
    }

    /** Returns a list that makes coroutines, and whose iterator throws at one element. */
    private static List<Awaitable<Integer>> view(int size, int failing, int[] made) {
        return new AbstractList<>() {
            @Override
            public Awaitable<Integer> get(int index) {
                if (index == failing) {
                    throw new IllegalStateException("iterator");
                }
                made[0]++;
                return Coroutine.from(() -> Coroutine.of(index));
            }

            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Awaitable<Integer>> iterator() {
                return listIterator();
            }
        };
    }

    /** Uses initial values that use other values, and a comparator that throws. */
    @Async
    Coroutine<Void> reenteringSuppliers() {
        int[] calls = {0};
        TaskLocal<Integer> inner = TaskLocal.withInitial(() -> ++calls[0]);
        TaskLocal<Integer> outer =
                TaskLocal.withInitial(
                        () -> {
                            ledger.schedule();
                            return 10 * inner.get();
                        });
        assertThat(outer.get()).isEqualTo(10);
        await(iterations(random.nextInt(2)));
        assertThat(inner.get()).isEqualTo(1);
        assertThat(outer.get()).isEqualTo(10);
        AsyncQueue<Integer> queue = AsyncQueue.priority(HostileActs::compareUnlessNegative);
        queue.tryPut(2);
        assertThat(catchThrowable(() -> queue.tryPut(-1))).isInstanceOf(ClassCastException.class);
        queue.tryPut(1);
        assertThat(await(queue.get())).isEqualTo(1);
        assertThat(await(queue.get())).isEqualTo(2);
        return Coroutine.done();
    }

    private static int compareUnlessNegative(int one, int other) {
        if (one < 0 || other < 0) {
            throw new ClassCastException("comparator");
        }
        return Integer.compare(one, other);
    }
}
