package dev.weft.samples.jdbc;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions on five connections, and connections that are not lost. */
@Timeout(120)
class DatabaseTest {
    private static final int ACCOUNTS = 10;

    private WatchedPool pool;
    private Database database;

    @BeforeEach
    void open() throws SQLException {
        pool = new WatchedPool("accounts", 5);
        database = new Database(pool.source(), 5);
        Weft.run(() -> database.call(session -> fill(session)));
    }

    private static int fill(Session session) throws SQLException {
        session.update("create table account (id int primary key, amount int)");
        return session.update(
                "insert into account select x, 100 from system_range(1, ?)", ACCOUNTS);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        pool.close();
        assertThat(pool.inUse()).isZero();
        assertThat(pool.misuses()).isEmpty();
    }

    @Test
    void twentyTasksUseFiveConnectionsAtOnce() {
        CyclicBarrier five = new CyclicBarrier(5);
        Weft.run(() -> TaskGroup.scope(group -> startTwenty(group, five)));
        assertThat(total()).isEqualTo(ACCOUNTS * 100 + 20);
    }

    @Async
    private Coroutine<Void> startTwenty(TaskGroup group, CyclicBarrier five) {
        for (int i = 0; i < 20; i++) {
            int id = ACCOUNTS + 1 + i;
            group.create(() -> database.call(session -> insert(session, id, five)));
        }
        return Coroutine.done();
    }

    private static int insert(Session session, int id, CyclicBarrier five) throws SQLException {
        try {
            five.await(); // continues when five connections are in use
        } catch (Exception e) {
            throw new SQLException(e);
        }
        return session.update("insert into account values (?, 1)", id);
    }

    @Test
    void aFailureRollsBack() {
        Weft.run(
                () -> {
                    try {
                        await(database.call(session -> updateAndFail(session)));
                    } catch (SQLException e) {
                        assertThat(e.getMessage()).isEqualTo("no");
                    }
                    return Coroutine.done();
                });
        assertThat(total()).isEqualTo(ACCOUNTS * 100);
    }

    private static int updateAndFail(Session session) throws SQLException {
        session.update("update account set amount = 0");
        throw new SQLException("no");
    }

    /** The total changes if half of a transaction is committed. */
    @Test
    void aThousandRandomCancellationsLoseNoConnectionAndNoMoney() {
        List<Task<Integer>> tasks = new ArrayList<>();
        Weft.run(() -> cancelAtRandom(tasks, new Random(20)));
        assertThat(tasks).hasSize(1_000).allMatch(Task::done);
        assertThat(pool.inUse()).isZero();
        assertThat(total()).isEqualTo(ACCOUNTS * 100);
    }

    /** Cancels each task once: at a random time, or at a random step of its transaction. */
    @Async
    private Coroutine<Void> cancelAtRandom(List<Task<Integer>> tasks, Random random) {
        EventLoop loop = EventLoop.current();
        for (int i = 0; i < 1_000; i++) {
            int step = random.nextInt(5);
            int from = 1 + random.nextInt(ACCOUNTS);
            int to = 1 + random.nextInt(ACCOUNTS);
            Task<Integer> task = Task.create(() -> transferUntil(step, from, to));
            tasks.add(task);
            if (step == 0) {
                loop.callLater(ofMillis(random.nextInt(1_000)), () -> task.cancel());
            }
        }
        await(Weft.gatherOutcomes(tasks));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Integer> transferUntil(int step, int from, int to) throws SQLException {
        EventLoop loop = EventLoop.current();
        Task<?> self = Task.current();
        IntConsumer steps =
                current -> {
                    if (current == step) {
                        loop.execute(() -> self.cancel());
                    }
                };
        return database.call(session -> transfer(session, steps, from, to));
    }

    /** Takes the locks in the order of the accounts, so that no two transfers block each other. */
    private static int transfer(Session session, IntConsumer steps, int from, int to)
            throws SQLException {
        String sql = "update account set amount = amount + ? where id = ?";
        steps.accept(1);
        session.update(sql, from < to ? -1 : 1, Math.min(from, to));
        steps.accept(2);
        session.query("select sum(x) from system_range(1, 50000)", row -> row.getLong(1));
        steps.accept(3);
        int rows = session.update(sql, from < to ? 1 : -1, Math.max(from, to));
        steps.accept(4);
        return rows;
    }

    private long total() {
        return Weft.run(
                () -> {
                    List<Long> sums =
                            await(
                                    database.call(
                                            session ->
                                                    session.query(
                                                            "select sum(amount) from account",
                                                            row -> row.getLong(1))),
                                    SQLException.class);
                    return Coroutine.of(sums.get(0));
                });
    }

    @Test
    void theWatchSeesAConnectionThatIsReturnedInUse() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        pool.beforeExecute =
                lease -> {
                    started.countDown();
                    closed.await();
                };
        Weft.run(
                () -> {
                    Connection connection = pool.source().getConnection();
                    Deferred<Boolean> query = blocking(() -> runQuery(connection));
                    await(blocking(() -> started.await()));
                    connection.close(); // wrong: before the query has ended
                    closed.countDown();
                    await(query);
                    return Coroutine.done();
                });
        assertThat(pool.misuses()).anyMatch(misuse -> misuse.matches("close while .* is inside"));
        pool.misuses().clear();
    }

    private static boolean runQuery(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select 1")) {
            return statement.execute();
        }
    }
}
