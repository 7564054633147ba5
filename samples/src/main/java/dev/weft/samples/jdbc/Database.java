package dev.weft.samples.jdbc;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.BlockingPool;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.ReturnWhen;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * A database with as many threads as connections. Each call is a transaction on a connection of its
 * own. Any number of loops may share a database.
 */
public final class Database implements AutoCloseable {
    private final DataSource source;
    private final BlockingPool threads;

    /** The statements of a transaction. Runs on a thread of the database and must not await. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** Creates a database on a pool of {@code connections} connections. */
    public Database(DataSource source, int connections) {
        this.source = source;
        this.threads = new BlockingPool("database", connections);
    }

    /**
     * Runs {@code work}, then commits. A failure and a cancellation roll back. A cancelled call
     * ends when its thread has left the connection; the statement that runs is cancelled.
     */
    @Async
    public <T> Coroutine<T> call(Work<T> work) throws SQLException {
        Session session = new Session();
        Deferred<T> call = threads.call(() -> transact(session, work));
        try {
            return Coroutine.of(await(shield(call)));
        } catch (CancelledError cancelled) {
            await(end(call, session));
            if (!call.cancelled() && call.exception() != null) {
                cancelled.addSuppressed(call.exception());
            }
            throw cancelled;
        }
    }

    /** Ends a call early, and waits until its thread has left, also if cancelled again. */
    @Async
    private static Coroutine<Void> end(Deferred<?> call, Session session) {
        if (session.refuse()) {
            call.cancel();
        }
        while (!call.done()) {
            try {
                await(blocking(session::cancelStatement));
                // A driver may ignore a cancellation that comes just before the statement starts.
                await(waitUntil(ReturnWhen.ALL_COMPLETED, ofMillis(200), List.of(call)));
            } catch (CancelledError again) {
                // The thread is still there.
            }
        }
        return Coroutine.done();
    }

    private <T> T transact(Session session, Work<T> work) throws SQLException {
        session.begin();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false); // a pool sets the default again
            try {
                session.use(connection);
                T result = work.on(session);
                session.checkNotCancelled();
                connection.commit();
                return result;
            } catch (Throwable failure) {
                rollBack(connection, failure);
                throw failure;
            }
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Refuses further calls and waits for those that were accepted. Blocks the thread. */
    @Override
    public void close() {
        threads.close();
    }
}
