package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.Peer;
import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads, on Java 21 and later. The factory is found once by reflection, because this
 * class is compiled for Java 17.
 */
@SuppressWarnings("ThreadPriorityCheck") // Giving up the turn is what is measured.
public final class VirtualThreadPeer implements Peer {
    private final ThreadFactory factory;

    public VirtualThreadPeer() throws ReflectiveOperationException {
        factory = factory();
    }

    /** Returns a factory of virtual threads. */
    public static ThreadFactory factory() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder");
        return (ThreadFactory) type.getMethod("factory").invoke(builder);
    }

    /** The body of a thread. */
    private interface Work {
        void run() throws Exception;
    }

    private Thread start(Work work) {
        Thread thread =
                factory.newThread(
                        () -> {
                            try {
                                work.run();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        thread.start();
        return thread;
    }

    @Override
    public long awaits(int n) throws Exception {
        start(() -> sum(n)).join();
        return n;
    }

    private static void sum(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum = plusOne(sum);
        }
        check(sum, n);
    }

    private static int plusOne(int x) {
        if (Shape.suspend) {
            Thread.yield();
        }
        return x + 1;
    }

    @Override
    public long awaitsThatMaySuspend(int n) throws Exception {
        start(() -> rareSum(n)).join();
        return n;
    }

    private static void rareSum(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum = rarePlusOne(sum);
        }
        check(sum, n);
    }

    private static int rarePlusOne(int x) {
        if (Shape.rarely(x)) {
            Thread.yield();
        }
        return x + 1;
    }

    private static void check(int sum, int n) {
        if (sum != n) {
            throw new AssertionError(sum);
        }
    }

    @Override
    public long switches(int tasks, int each) throws Exception {
        start(() -> startAndJoin(tasks, () -> yields(each))).join();
        return (long) tasks * each;
    }

    private static void yields(int n) {
        for (int i = 0; i < n; i++) {
            Thread.yield();
        }
    }

    @Override
    public long spawns(int total, int batch) throws Exception {
        start(
                        () -> {
                            for (int i = 0; i < total / batch; i++) {
                                startAndJoin(batch, Thread::yield);
                            }
                        })
                .join();
        return total;
    }

    private void startAndJoin(int n, Work work) throws InterruptedException {
        Thread[] threads = new Thread[n];
        for (int i = 0; i < n; i++) {
            threads[i] = start(work);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public long resumes(int depth, int n) throws Exception {
        start(() -> descend(depth, n)).join();
        return n;
    }

    @Override
    public long chains(int depth, int n) throws Exception {
        start(
                        () -> {
                            for (int i = 0; i < n; i++) {
                                descend(depth, 1);
                            }
                        })
                .join();
        return n;
    }

    private static int descend(int depth, int yields) {
        if (depth == 1) {
            yields(yields);
            return 0;
        }
        return descend(depth - 1, yields) + 1;
    }

    @Override
    public long pingPong(int turns) throws Exception {
        BlockingQueue<Object> to = new ArrayBlockingQueue<>(1);
        BlockingQueue<Object> fro = new ArrayBlockingQueue<>(1);
        Thread ping =
                start(
                        () -> {
                            for (int i = 0; i < turns; i++) {
                                to.put(to);
                                fro.take();
                            }
                        });
        Thread pong =
                start(
                        () -> {
                            for (int i = 0; i < turns; i++) {
                                fro.put(to.take());
                            }
                        });
        ping.join();
        pong.join();
        return 2L * turns;
    }

    @Override
    public long stream(int n, int capacity) throws Exception {
        BlockingQueue<Object> queue = new ArrayBlockingQueue<>(capacity);
        Thread producer =
                start(
                        () -> {
                            for (int i = 0; i < n; i++) {
                                queue.put(queue);
                            }
                        });
        Thread consumer =
                start(
                        () -> {
                            for (int i = 0; i < n; i++) {
                                queue.take();
                            }
                        });
        producer.join();
        consumer.join();
        return n;
    }

    @Override
    public void park(int[] counts, int depth, Runnable parked) throws Exception {
        String[] strings = Shape.strings();
        AtomicInteger started = new AtomicInteger();
        int total = 0;
        for (int count : counts) {
            for (int i = 0; i < count; i++) {
                int index = i;
                start(
                        () -> {
                            started.incrementAndGet();
                            body(depth, strings[index & 15], strings[(index + 1) & 15], index);
                        });
            }
            total += count;
            while (started.get() < total) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            // The last ones have started, but may not be asleep yet.
            TimeUnit.MILLISECONDS.sleep(200);
            parked.run();
        }
    }

    private static int body(int depth, Object a, Object b, int i) throws InterruptedException {
        int below = 0;
        if (depth == 1) {
            TimeUnit.NANOSECONDS.sleep(Shape.HOUR);
        } else {
            below = body(depth - 1, b, a, i + 1);
        }
        return below + a.hashCode() + b.hashCode() + i;
    }

    @Override
    public void sleeps(SleepLog log) throws Exception {
        CountDownLatch awake = new CountDownLatch(log.size());
        for (int i = 0; i < log.size(); i++) {
            int index = i;
            start(
                    () -> {
                        TimeUnit.NANOSECONDS.sleep(log.begins(index));
                        log.woke(index);
                        awake.countDown();
                    });
        }
        awake.await();
    }
}
