package dev.weft.samples.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A pool of connections to a database in memory, which records each misuse: two threads in one
 * connection, a use or a cancellation after the return, a return during a cancellation.
 */
final class WatchedPool implements AutoCloseable {
    /** Longer than the time limit of a test: a query that nobody cancels fails its test. */
    private static final String LIMIT = ";MAX_QUERY_TIMEOUT=30000";

    private final BlockingQueue<Lane> idle = new LinkedBlockingQueue<>();
    private final List<String> misuses = new CopyOnWriteArrayList<>();
    private final int size;

    /** Called by the thread of a statement, directly before the statement starts. */
    volatile Hook beforeExecute = lease -> {};

    /** Called by the thread that cancels, before {@code Statement.cancel} returns. */
    volatile Hook inCancel = lease -> {};

    interface Hook {
        void on(Lease lease) throws Exception;
    }

    /** A connection to the database, and the thread that is inside. */
    private static final class Lane {
        final Connection connection;
        Thread user;
        int depth;

        Lane(Connection connection) {
            this.connection = connection;
        }
    }

    WatchedPool(String name, int size) throws SQLException {
        this.size = size;
        for (int i = 0; i < size; i++) {
            idle.add(new Lane(DriverManager.getConnection("jdbc:h2:mem:" + name + LIMIT)));
        }
    }

    DataSource source() {
        return proxy(DataSource.class, (self, method, arguments) -> lend(method));
    }

    private Connection lend(Method method) throws InterruptedException {
        if (!method.getName().equals("getConnection")) {
            throw new UnsupportedOperationException(method.getName());
        }
        Lane lane = idle.take();
        return new Lease(lane).watched(Connection.class, lane.connection);
    }

    int inUse() {
        return size - idle.size();
    }

    List<String> misuses() {
        return misuses;
    }

    @Override
    public void close() throws SQLException {
        for (Lane lane : idle) {
            lane.connection.close();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        ClassLoader loader = WatchedPool.class.getClassLoader();
        return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler));
    }

    /** A use of a connection, from {@code getConnection} to {@code close}. */
    final class Lease {
        private final Lane lane;
        private final AtomicInteger cancellations = new AtomicInteger();
        private volatile boolean isReturned;
        volatile Thread user;

        Lease(Lane lane) {
            this.lane = lane;
        }

        boolean isReturned() {
            return isReturned;
        }

        <T> T watched(Class<T> type, Object target) {
            return proxy(type, (self, method, arguments) -> call(target, method, arguments));
        }

        private Object call(Object target, Method method, Object[] arguments) throws Throwable {
            if (target instanceof Connection && method.getName().equals("close")) {
                giveBack(method);
                return null;
            }
            boolean isCancel = target instanceof Statement && method.getName().equals("cancel");
            enter(isCancel, method);
            try {
                if (method.getName().startsWith("execute")) {
                    beforeExecute.on(this);
                }
                Object result = method.invoke(target, arguments);
                if (isCancel) {
                    inCancel.on(this);
                }
                return watchedIfUsed(result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                leave(isCancel);
            }
        }

        private Object watchedIfUsed(Object result) {
            if (result instanceof PreparedStatement) {
                return watched(PreparedStatement.class, result);
            }
            return result instanceof ResultSet ? watched(ResultSet.class, result) : result;
        }

        private void enter(boolean isCancel, Method method) {
            synchronized (lane) {
                if (isReturned) {
                    misuses.add(method.getName() + " after the return");
                }
                if (isCancel) {
                    cancellations.incrementAndGet();
                    return;
                }
                Thread current = Thread.currentThread();
                if (lane.depth > 0 && lane.user != current) {
                    misuses.add(method.getName() + " while " + lane.user + " is inside");
                }
                lane.user = current;
                lane.depth++;
                user = current;
            }
        }

        private void leave(boolean isCancel) {
            synchronized (lane) {
                if (isCancel) {
                    cancellations.decrementAndGet();
                } else {
                    lane.depth--;
                }
            }
        }

        private void giveBack(Method close) throws SQLException {
            enter(false, close);
            try {
                if (cancellations.get() > 0) {
                    misuses.add("close during a cancellation");
                }
                isReturned = true;
                lane.connection.setAutoCommit(true); // commits what nobody has rolled back
            } finally {
                leave(false);
            }
            idle.add(lane);
        }
    }
}
