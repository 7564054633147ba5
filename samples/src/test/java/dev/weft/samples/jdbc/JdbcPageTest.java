package dev.weft.samples.jdbc;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.BlockingPool;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Weft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The statements and examples of docs/jdbc.md. */
@Timeout(60)
class JdbcPageTest {
    private static final String INSERT = "insert into note values ('from the first task')";

    private final JdbcConnectionPool shop = JdbcConnectionPool.create("jdbc:h2:mem:shop", "sa", "");
    private final List<String> log = new ArrayList<>();

    record Customer(int id, String name) {}

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = shop.getConnection()) {
            update(connection, "create table note (text text)");
            update(connection, "create table move (customer int, city text)");
            update(connection, "create table customer (id int primary key, name text, city text)");
            update(connection, "insert into customer values (7, 'Ada', 'Rome'), (8, 'Bo', 'Oslo')");
        }
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @AfterEach
    void close() {
        assertThat(shop.getActiveConnections()).isZero();
        shop.dispose();
    }

    static final class Customers implements AutoCloseable {
        private final DataSource source;
        private final BlockingPool threads = new BlockingPool("customers", 5);

        Customers(DataSource source) {
            this.source = source;
        }

        @Async
        Coroutine<String> name(int id) throws SQLException {
            return Coroutine.of(await(threads.call(() -> readName(id)), SQLException.class));
        }

        private String readName(int id) throws SQLException {
            String sql = "select name from customer where id = ?";
            try (Connection connection = source.getConnection();
                    PreparedStatement query = connection.prepareStatement(sql)) {
                query.setInt(1, id);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? row.getString(1) : "nobody";
                }
            }
        }

        @Override
        public void close() {
            threads.close();
        }
    }

    @Test
    void theFirstExampleReadsAName() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:shop", "sa", "");
        pool.setMaxConnections(5);
        try (Customers customers = new Customers(pool)) {
            log.add(Weft.run(() -> customers.name(7)));
        } finally {
            pool.dispose();
        }
        assertThat(log).containsExactly("Ada");
    }

    /** Java 21 has a rule of its own for sockets in virtual threads. */
    @Test
    void anInterruptClosesTheSocketOfAVirtualThread() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, here);
                Socket client = new Socket(here, server.getLocalPort());
                Socket accepted = server.accept()) {
            CountDownLatch reading = new CountDownLatch(1);
            Weft.run(
                    () -> {
                        Deferred<Integer> call = blocking(() -> read(client, reading));
                        await(blocking(() -> reading.await()));
                        call.cancel();
                        if (Runtime.version().feature() < 21) {
                            accepted.getOutputStream().write(1); // ends the read
                        }
                        try {
                            await(call);
                        } catch (CancelledError e) {
                            log.add("cancelled");
                        }
                        return Coroutine.done();
                    });
            assertThat(log).containsExactly("cancelled");
            assertThat(client.isClosed()).isEqualTo(Runtime.version().feature() >= 21);
        }
    }

    private static int read(Socket socket, CountDownLatch reading) throws IOException {
        reading.countDown();
        return socket.getInputStream().read();
    }

    @Async
    static Coroutine<List<Customer>> customersOf(Database database, String city)
            throws SQLException {
        String sql = "select id, name from customer where city = ? order by id";
        return database.call(
                session ->
                        session.query(
                                sql, row -> new Customer(row.getInt(1), row.getString(2)), city));
    }

    @Async
    static Coroutine<Integer> move(Database database, int customer, String city)
            throws SQLException {
        return database.call(
                session -> {
                    session.update("insert into move values (?, ?)", customer, city);
                    return session.update(
                            "update customer set city = ? where id = ?", city, customer);
                });
    }

    @Async
    static Coroutine<List<Customer>> customersSoon(Database database, String city)
            throws SQLException, TimeoutException {
        return Coroutine.of(await(timeout(ofSeconds(2), customersOf(database, city))));
    }

    @Test
    void aTransactionIsASingleCall() {
        Database database = new Database(shop, 5);
        Weft.run(
                () -> {
                    assertThat(await(move(database, 7, "Oslo"))).isEqualTo(1);
                    assertThat(await(customersSoon(database, "Oslo")))
                            .containsExactly(new Customer(7, "Ada"), new Customer(8, "Bo"));
                    await(blocking(() -> database.close()));
                    return Coroutine.done();
                });
    }

    @Test
    void aRollbackTakesBackTheUpdatesOfTheOtherTask() throws SQLException {
        try (BlockingPool threads = new BlockingPool("single", 1);
                Connection shared = shop.getConnection()) {
            shared.setAutoCommit(false);
            Weft.run(
                    () -> {
                        threads.run(() -> update(shared, INSERT));
                        threads.run(() -> shared.rollback()); // by another task: no note
                        String sql = "update note set text = ''";
                        assertThat(await(threads.call(() -> update(shared, sql)))).isZero();
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void aResultOutsideOfTheWorkIsClosed() {
        Weft.run(
                () -> {
                    ResultSet rows = await(blocking(() -> escaping()));
                    isQuoted(catchThrowable(() -> rows.next()).getMessage());
                    return Coroutine.done();
                });
    }

    private ResultSet escaping() throws SQLException {
        try (Connection connection = shop.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeQuery("select id from customer");
        }
    }

    @Test
    void moreThreadsThanConnectionsFail() throws SQLException, IOException {
        shop.setMaxConnections(1);
        shop.setLoginTimeout(1);
        try (Connection only = shop.getConnection()) {
            assertThat(only.isClosed()).isFalse();
            try (Customers customers = new Customers(shop)) {
                Throwable failure = catchThrowable(() -> Weft.run(() -> customers.name(7)));
                isQuoted(failure.getMessage());
            }
        }
    }

    /** Asserts that the page has the first words of H2's message, without its number. */
    private static void isQuoted(String message) throws IOException {
        String words = message.replaceFirst(" \\[.*", "");
        assertThat(Files.readString(Path.of("../docs/jdbc.md"))).contains("```text\n" + words);
    }
}
