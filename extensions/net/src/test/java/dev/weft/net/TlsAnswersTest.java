package dev.weft.net;

import static dev.weft.Weft.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The records that an engine sends by itself: answers to new keys, and session tickets. */
@WeftTest
class TlsAnswersTest {
    private final ByteStream.Pair plain = ByteStream.pair(100_000);

    @BeforeAll
    static void makeKeys() {
        Certificates.prepare();
    }

    @Test
    @Async
    Coroutine<Void> keyUpdatesAreAnswered() throws IOException {
        Tap tap = new Tap(plain.right());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(plain.left(), tap), TlsPairs.V13));
        long handshake = tap.written;
        byte[] sent = TlsPairs.random(10 * Certificates.KEY_LIMIT);
        Task<Void> there = Task.create(() -> pair.left().write(sent));
        assertThat(await(pair.right().readExactly(sent.length))).isEqualTo(sent);
        await(there);
        assertThat(tap.written - handshake).isGreaterThan(9 * 20);
        await(pair.right().write("with new keys"));
        assertThat(await(pair.left().readExactly(13))).isEqualTo("with new keys".getBytes(UTF_8));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> keyUpdatesAreAnsweredLaterIfThePlainStreamTakesNothing() throws IOException {
        Tap tap = new Tap(plain.right());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(plain.left(), tap), TlsPairs.V13));
        tap.isBlocked = true;
        long handshake = tap.written;
        byte[] sent = TlsPairs.random(10 * Certificates.KEY_LIMIT);
        Task<Void> there = Task.create(() -> pair.left().write(sent));
        assertThat(await(pair.right().readExactly(sent.length))).isEqualTo(sent);
        await(there);
        assertThat(tap.written).isEqualTo(handshake);
        tap.isBlocked = false;
        await(pair.right().write("with new keys"));
        assertThat(await(pair.left().readExactly(13))).isEqualTo("with new keys".getBytes(UTF_8));
        assertThat(tap.written - handshake).isGreaterThan(9 * 20);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> anAnswerThatCannotBeSentDoesNotStopReads() throws IOException {
        Tap tap = new Tap(plain.right());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(plain.left(), tap), TlsPairs.V13));
        tap.isBlocked = true;
        Task<Void> there = Task.create(() -> TlsPairs.sendPieces(pair.left(), 1_000, 40));
        assertThat(await(pair.right().readExactly(40_000))).hasSize(40_000);
        await(there);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> demandsWithoutEndFromAPeerThatDoesNotReadAreRefused() throws IOException {
        Tap tap = new Tap(plain.right());
        ByteStream.Pair pair =
                await(TlsPairs.secure(new ByteStream.Pair(plain.left(), tap), TlsPairs.V13));
        tap.isBlocked = true;
        Task<Void> there =
                Task.create(() -> TlsPairs.sendPieces(pair.left(), 300, Certificates.KEY_LIMIT));
        Throwable failure =
                await(TlsPairs.failure(pair.right().readExactly(300 * Certificates.KEY_LIMIT)));
        assertThat(failure).hasMessageContaining("demands answers and does not read");
        there.cancel();
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> aServerIsReadyThoughItsTicketsCannotBeSent() throws IOException {
        Tap tap = new Tap(plain.right());
        Task<ByteStream> serving = Task.create(() -> Tls.server(tap, TlsPairs.server()));
        ByteStream left = await(Tls.client(plain.left(), TlsPairs.client(TlsPairs.V13)));
        tap.isBlocked = true; // the server has not read Finished
        ByteStream right = await(serving);
        await(left.write("question"));
        assertThat(await(right.readExactly(8))).isEqualTo("question".getBytes(UTF_8));
        tap.isBlocked = false;
        await(right.write("answer"));
        assertThat(await(left.readExactly(6))).isEqualTo("answer".getBytes(UTF_8));
        return Coroutine.done();
    }
}
