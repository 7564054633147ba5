package dev.weft.samples.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of one call, of which another thread can cancel the one that runs. */
public final class Session {
    private @Nullable Connection connection;

    // ---- guarded by this

    private boolean hasBegun;
    private boolean isCancelled;
    private @Nullable Statement running;

    /** Reads the current row of a result. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    Session() {}

    /** Returns what {@code reader} makes of each row. */
    public <T> List<T> query(String sql, Reader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return run(sql, parameters, statement -> readAll(statement, reader));
    }

    private static <T> List<T> readAll(PreparedStatement statement, Reader<T> reader)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(reader.read(result));
            }
        }
        return rows;
    }

    /** Returns the number of rows that an update has changed. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return run(sql, parameters, statement -> statement.executeUpdate());
    }

    private <T> T run(String sql, @Nullable Object[] parameters, Use<T> use) throws SQLException {
        try (PreparedStatement statement =
                Objects.requireNonNull(connection).prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            Statement outer = exchange(statement);
            try {
                checkNotCancelled();
                return use.of(statement);
            } finally {
                exchange(outer);
            }
        }
    }

    /** Sets the statement that runs. Waits for a thread that is cancelling the statement before. */
    private synchronized @Nullable Statement exchange(@Nullable Statement next) {
        Statement before = running;
        running = next;
        return before;
    }

    synchronized void begin() throws SQLException {
        hasBegun = true;
        checkNotCancelled();
    }

    void use(Connection opened) {
        connection = opened;
    }

    synchronized void checkNotCancelled() throws SQLException {
        if (isCancelled) {
            throw new SQLException("the call was cancelled");
        }
    }

    /** Lets no other statement run, nor a commit. Returns whether the work will never begin. */
    synchronized boolean refuse() {
        isCancelled = true;
        return !hasBegun;
    }

    /** Cancels the statement that runs. Holds the connection back until the driver has returned. */
    synchronized void cancelStatement() {
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException | RuntimeException refused) {
            // Then the caller waits until the statement ends by itself.
        }
    }
}
