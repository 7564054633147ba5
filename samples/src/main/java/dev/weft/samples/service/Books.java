package dev.weft.samples.service;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.samples.jdbc.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The books in the database, and a record of each change. Each method is a transaction. */
final class Books {
    private final Database database;

    Books(Database database) {
        this.database = database;
    }

    @Async
    Coroutine<Integer> createTables() throws SQLException {
        return database.call(
                session -> {
                    session.update(
                            "create table if not exists book"
                                    + " (isbn char(13) primary key, title text not null, year int not null)");
                    return session.update(
                            "create table if not exists change"
                                    + " (isbn char(13), what text, at timestamp default now())");
                });
    }

    /** Returns false if there is a book with this number. */
    @Async
    Coroutine<Boolean> create(Book book) throws SQLException {
        String insert = "insert into book values (?, ?, ?) on conflict do nothing";
        String record = "insert into change values (?, 'created')";
        return database.call(
                session ->
                        session.update(insert, book.isbn(), book.title(), book.year()) == 1
                                && session.update(record, book.isbn()) == 1);
    }

    /** Returns the book with this number, or nothing. */
    @Async
    Coroutine<List<Book>> find(String isbn) throws SQLException {
        String select = "select * from book where isbn = ?";
        return database.call(session -> session.query(select, Books::book, isbn));
    }

    /** Returns the first books whose numbers are above {@code isbn}. */
    @Async
    Coroutine<List<Book>> after(String isbn, int limit) throws SQLException {
        String select = "select * from book where isbn > ? order by isbn limit ?";
        return database.call(session -> session.query(select, Books::book, isbn, limit));
    }

    /** Returns false if there is no book with this number. */
    @Async
    Coroutine<Boolean> delete(String isbn) throws SQLException {
        String delete = "delete from book where isbn = ?";
        String record = "insert into change values (?, 'deleted')";
        return database.call(
                session -> session.update(delete, isbn) == 1 && session.update(record, isbn) == 1);
    }

    private static Book book(ResultSet row) throws SQLException {
        return new Book(row.getString("isbn"), row.getString("title"), row.getInt("year"));
    }
}
