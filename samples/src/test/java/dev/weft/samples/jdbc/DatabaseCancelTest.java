package dev.weft.samples.jdbc;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancellations of queries that would run for minutes, on one connection. */
@Timeout(20)
class DatabaseCancelTest {
    private static final String LONG = "select sum(x) from system_range(1, 100000000000)";

    private final CountDownLatch started = new CountDownLatch(1);

    private WatchedPool pool;
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        pool = new WatchedPool("notes", 1);
        database = new Database(pool.source(), 1);
        Weft.run(() -> database.call(session -> session.update("create table note (text text)")));
        pool.beforeExecute = lease -> started.countDown();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        pool.close();
        assertThat(pool.inUse()).isZero();
        assertThat(pool.misuses()).isEmpty();
    }

    @Async
    private Coroutine<Long> longQuery() throws SQLException {
        return database.call(session -> sum(session));
    }

    private static long sum(Session session) throws SQLException {
        return session.query(LONG, row -> row.getLong(1)).get(0);
    }

    /** Awaits {@code task}, which must end cancelled, and with a connection that is returned. */
    @Async
    private Coroutine<CancelledError> cancellationOf(Task<?> task) {
        try {
            await(task);
        } catch (CancelledError e) {
            assertThat(pool.inUse()).isZero();
            return Coroutine.of(e);
        }
        return fail("not cancelled");
    }

    @Test
    void aCancellationEndsTheQueryEarlyAndThenReturnsTheConnection() {
        Weft.run(
                () -> {
                    Task<Long> task = Task.create(() -> longQuery());
                    await(blocking(() -> started.await()));
                    task.cancel("enough");
                    CancelledError error = await(cancellationOf(task));
                    assertThat(error).hasMessage("enough");
                    assertThat(error.getSuppressed())
                            .singleElement()
                            .isInstanceOf(SQLException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeLimitEndsTheQueryEarly() {
        Weft.run(
                () -> {
                    try {
                        await(timeout(ofMillis(50), longQuery()));
                        fail("no timeout");
                    } catch (TimeoutException e) {
                        assertThat(pool.inUse()).isZero();
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationDirectlyBeforeTheStatementStartsIsRepeated() {
        CountDownLatch lost = new CountDownLatch(1);
        pool.inCancel = lease -> lost.countDown();
        pool.beforeExecute =
                lease -> {
                    started.countDown();
                    lost.await();
                };
        Weft.run(
                () -> {
                    Task<Long> task = Task.create(() -> longQuery());
                    await(blocking(() -> started.await()));
                    task.cancel();
                    return Coroutine.of(await(cancellationOf(task)));
                });
    }

    @Test
    void theConnectionIsNotReturnedWhileTheDriverCancels() {
        List<Boolean> returned = new ArrayList<>();
        pool.inCancel =
                lease -> {
                    if (hasLeftTheQuery(lease)) {
                        returned.add(lease.isReturned());
                    }
                };
        aCancellationEndsTheQueryEarlyAndThenReturnsTheConnection();
        assertThat(returned).isNotEmpty().containsOnly(false);
    }

    /**
     * Waits until the thread of the query has returned the connection or waits for this thread.
     * Returns false if the cancellation came too early, so that the query continues.
     */
    private static boolean hasLeftTheQuery(WatchedPool.Lease lease) {
        long end = System.nanoTime() + 1_000_000_000;
        boolean hasLeft = false;
        while (!hasLeft && System.nanoTime() < end) {
            Thread.onSpinWait();
            hasLeft = lease.user.getState() == Thread.State.BLOCKED || lease.isReturned();
        }
        return hasLeft;
    }

    @Test
    void aSecondCancellationDoesNotEndTheWaitForTheThread() {
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        pool.beforeExecute =
                lease -> {
                    started.countDown();
                    mayLeave.await();
                };
        pool.inCancel = lease -> cancelling.countDown();
        Weft.run(
                () -> {
                    Task<Long> task = Task.create(() -> longQuery());
                    await(blocking(() -> started.await()));
                    try {
                        task.cancel("first");
                        for (int i = 0; i < 100; i++) {
                            await(sleep(ZERO));
                            task.cancel("again");
                        }
                        await(blocking(() -> cancelling.await()));
                        assertThat(task.done()).isFalse();
                        assertThat(pool.inUse()).isEqualTo(1);
                    } finally {
                        mayLeave.countDown();
                    }
                    assertThat(await(cancellationOf(task))).hasMessage("first");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationRollsBack() {
        Weft.run(
                () -> {
                    Task<Long> task =
                            Task.create(() -> database.call(session -> writeAndSum(session)));
                    await(blocking(() -> started.await()));
                    task.cancel();
                    await(cancellationOf(task));
                    assertThat(await(notes())).isZero();
                    return Coroutine.done();
                });
    }

    private static long writeAndSum(Session session) throws SQLException {
        session.update("insert into note values ('draft')");
        return sum(session);
    }

    @Test
    void workThatHidesTheCancellationIsRolledBackToo() {
        Weft.run(
                () -> {
                    Task<Integer> task =
                            Task.create(() -> database.call(session -> writeAndHide(session)));
                    await(blocking(() -> started.await()));
                    task.cancel();
                    await(cancellationOf(task));
                    assertThat(await(notes())).isZero();
                    return Coroutine.done();
                });
    }

    private static int writeAndHide(Session session) {
        try {
            return (int) writeAndSum(session);
        } catch (SQLException hidden) {
            return -1;
        }
    }

    @Async
    private Coroutine<Integer> notes() throws SQLException {
        String sql = "select count(*) from note";
        List<Integer> count =
                await(
                        database.call(session -> session.query(sql, row -> row.getInt(1))),
                        SQLException.class);
        return Coroutine.of(count.get(0));
    }

    @Test
    void aCallThatWaitsForAConnectionEndsAtOnce() {
        Weft.run(
                () -> {
                    Task<Long> first = Task.create(() -> longQuery());
                    Task<Long> second = Task.create(() -> longQuery());
                    await(blocking(() -> started.await()));
                    second.cancel();
                    await(sleep(ZERO));
                    await(sleep(ZERO));
                    assertThat(second.cancelled()).isTrue();
                    assertThat(pool.inUse()).isEqualTo(1);
                    first.cancel();
                    await(cancellationOf(first));
                    return Coroutine.done();
                });
    }
}
