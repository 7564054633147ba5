package dev.weft.internal.idle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Real threads against one owner. {@code -Dweft.handins=10000000} has the first test hand in ten
 * million letters instead of one.
 */
class InboxStressTest {
    private static final int WRITERS = 4;
    private static final long LETTERS = Long.getLong("weft.handins", 1_000_000);
    private static final long A_MINUTE = 60_000_000_000L;

    private final Inbox<Letter> inbox = new Inbox<>();

    private record Letter(int writer, long number) {}

    @Test
    void everyLetterArrivesOnceAndInTheOrderOfItsWriterAndNoWakeUpIsLost() {
        Owner owner = new Owner(inbox);
        List<Thread> writers = start(writer -> writeAll(writer, owner.thread));

        while (owner.taken < LETTERS) {
            owner.sleepAndTake();
        }

        join(writers);
        assertThat(owner.outOfOrder).isZero();
        assertThat(owner.taken).isEqualTo(LETTERS);
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void aLetterIsAcceptedAndTakenOrRejectedWhenTheOwnerClosesMeanwhile() {
        for (int round = 0; round < 300; round++) {
            Inbox<Letter> closing = new Inbox<>();
            Owner owner = new Owner(closing);
            AtomicLong accepted = new AtomicLong();
            List<Thread> writers = start(writer -> accepted.addAndGet(writeToTheEnd(closing)));
            while (owner.taken < round) {
                closing.drainTo(owner);
            }
            closing.close(owner);
            join(writers);
            assertThat(owner.taken).isEqualTo(accepted.get());
        }
    }

    @Test
    void ofAllWhoAddToASleepingOwnerExactlyOneMustWakeIt() throws Exception {
        Owner owner = new Owner(inbox);
        int rounds = 3_000;
        AtomicInteger wakers = new AtomicInteger();
        CyclicBarrier begin = new CyclicBarrier(WRITERS + 1);
        CyclicBarrier end = new CyclicBarrier(WRITERS + 1);
        List<Thread> writers =
                start(
                        writer -> {
                            for (int round = 0; round < rounds; round++) {
                                await(begin);
                                if (inbox.add(new Letter(writer, round))) {
                                    wakers.incrementAndGet();
                                }
                                await(end);
                            }
                        });

        for (int round = 0; round < rounds; round++) {
            assertThat(inbox.sleep()).isTrue();
            await(begin);
            await(end);
            assertThat(wakers.getAndSet(0)).isEqualTo(1);
            inbox.wake();
            inbox.drainTo(owner);
            assertThat(owner.taken).isEqualTo((round + 1L) * WRITERS);
        }
        join(writers);
    }

    @Test
    void anOwnerThatFallsAsleepWhileLettersComeIsWokenForEachThatItMissed() {
        Owner owner = new Owner(inbox);
        int letters = 20_000;
        AtomicLong answered = new AtomicLong(-1);
        Thread writer =
                new Thread(
                        () -> {
                            for (int i = 0; i < letters; i++) {
                                if (inbox.add(new Letter(0, i))) {
                                    LockSupport.unpark(owner.thread);
                                }
                                while (answered.get() < i) {
                                    Thread.onSpinWait();
                                }
                            }
                        });
        writer.start();

        while (owner.taken < letters) {
            owner.sleepAndTake();
            answered.set(owner.taken - 1);
        }

        join(List.of(writer));
        assertThat(owner.outOfOrder).isZero();
    }

    private void writeAll(int writer, Thread owner) {
        for (long number = 0; number < LETTERS / WRITERS; number++) {
            if (inbox.add(new Letter(writer, number))) {
                LockSupport.unpark(owner);
            }
        }
    }

    /** Adds a thousand letters, or less if the inbox is closed; gives how many it has accepted. */
    private static long writeToTheEnd(Inbox<Letter> inbox) {
        long accepted = 0;
        try {
            while (accepted < 1_000) {
                inbox.add(new Letter(0, accepted));
                accepted++;
            }
        } catch (RejectedExecutionException closed) {
            return accepted;
        }
        return accepted;
    }

    private interface Writer {
        void write(int number);
    }

    private static List<Thread> start(Writer writer) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            Thread thread = new Thread(() -> writer.write(number));
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Takes letters as the loop does, on the thread that made it. */
    private static final class Owner implements Inbox.Reader<Letter> {
        final Thread thread = Thread.currentThread();
        private final Inbox<Letter> inbox;
        private final long[] next = new long[WRITERS];
        long taken;
        long outOfOrder;

        Owner(Inbox<Letter> inbox) {
            this.inbox = inbox;
        }

        void sleepAndTake() {
            if (inbox.sleep()) {
                long asleep = System.nanoTime();
                LockSupport.parkNanos(A_MINUTE);
                inbox.wake();
                assertThat(System.nanoTime() - asleep).as("asleep").isLessThan(A_MINUTE);
            }
            inbox.drainTo(this);
        }

        @Override
        public void take(Letter letter) {
            taken++;
            if (next[letter.writer()]++ != letter.number()) {
                outOfOrder++;
            }
        }
    }
}
