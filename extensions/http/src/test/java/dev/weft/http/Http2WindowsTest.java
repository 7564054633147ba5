package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.talk;
import static dev.weft.http.Clients.with;
import static dev.weft.http.Frames.DATA;
import static dev.weft.http.Frames.END_STREAM;
import static dev.weft.http.Frames.PING;
import static dev.weft.http.Frames.RESET;
import static dev.weft.http.Frames.WINDOW;
import static dev.weft.http.Frames.WINDOW_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.http.Clients.Talk;
import dev.weft.http.Frames.Frame;
import dev.weft.junit.WeftTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Windows of HTTP/2: bodies that nobody reads, and answers to slow clients. */
@WeftTest(virtualTime = false, timeout = 30)
class Http2WindowsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int PACE_MILLIS = 20;
    private static final int ANSWER = 200_000;

    /** Talks with a server that answers POST and does not read the body. */
    @Async
    private static <T> Coroutine<T> talkWithDeaf(int size, Talk<T> talk) throws Exception {
        HttpServer server =
                server().http2(true)
                        .idleTimeout(SHORT)
                        .route("GET", "/", r -> answer(size))
                        .route("POST", "/", r -> answer(size));
        return Coroutine.of(await(with(server, s -> talk(s, talk))));
    }

    private static Coroutine<Response> answer(int size) {
        return Coroutine.of(Response.bytes("a/b", new byte[size]));
    }

    @Test
    @Async
    Coroutine<Void> manyBodiesThatAreResetDoNotEndTheConnection() throws Exception {
        int error =
                await(
                        talkWithDeaf(
                                10,
                                socket -> {
                                    Frames frames = new Frames(socket, WINDOW_SIZE);
                                    int last = 0;
                                    for (int i = 0; i < 300; i++) {
                                        last = upload(frames, 2 * i + 1);
                                    }
                                    return last;
                                }));
        assertThat(error).isZero();
        return Coroutine.done();
    }

    /** Sends a body without an end, as fast as the server allows; returns the error of its end. */
    private static int upload(Frames frames, int stream) throws IOException {
        frames.post(stream);
        frames.sendData(stream, WINDOW_SIZE);
        while (true) {
            Frame frame = frames.next();
            if (frame.stream() != stream) {
                continue;
            }
            if (frame.type() == WINDOW) {
                frames.sendData(stream, frame.number());
            } else if (frame.type() == RESET) {
                return frame.number();
            }
        }
    }

    @Test
    @Async
    Coroutine<Void> theAnswerToABodyThatNobodyReadsIsWhole() throws Exception {
        int received =
                await(
                        talkWithDeaf(
                                ANSWER,
                                socket -> {
                                    Frames frames = new Frames(socket, WINDOW_SIZE);
                                    sendAll(frames);
                                    frames.giveWindow(0, ANSWER);
                                    frames.giveWindow(1, ANSWER);
                                    return received(frames) + WINDOW_SIZE;
                                }));
        assertThat(received).isEqualTo(ANSWER);
        return Coroutine.done();
    }

    /** Sends a body while the server gives room, also after the beginning of the answer. */
    private static void sendAll(Frames frames) throws IOException {
        frames.post(1);
        frames.sendData(1, WINDOW_SIZE);
        int room = 0;
        for (int answered = 0; answered < WINDOW_SIZE; ) {
            Frame frame = frames.next();
            if (frame.type() == DATA) {
                answered += frame.content().length();
            } else if (frame.type() == WINDOW && frame.stream() == 1) {
                room += frame.number();
            }
        }
        room += roomOf(frames, 1);
        while (room > 0) {
            frames.sendData(1, room);
            room = roomOf(frames, 1);
        }
    }

    /** Returns the room that the server has given to a stream. */
    private static int roomOf(Frames frames, int stream) throws IOException {
        frames.send(PING, 0, 0, "12345678");
        int room = 0;
        for (Frame frame = frames.next(); frame.type() != PING; frame = frames.next()) {
            assertThat(frame.type()).isNotEqualTo(RESET);
            if (frame.type() == WINDOW && frame.stream() == stream) {
                room += frame.number();
            }
        }
        return room;
    }

    /** Returns how many bytes of the answer come up to its end. */
    private static int received(Frames frames) throws IOException {
        int received = 0;
        while (true) {
            Frame frame = frames.next();
            assertThat(frame.type()).isNotEqualTo(RESET);
            if (frame.type() == DATA) {
                received += frame.content().length();
                if (frame.flags() == END_STREAM) {
                    return received;
                }
            }
        }
    }

    @Test
    @Async
    Coroutine<Void> aLargeAnswerIsSentToAClientThatReadsItSlowly() throws Exception {
        int received =
                await(
                        talkWithDeaf(
                                1_000_000,
                                socket -> {
                                    Frames frames = new Frames(socket, WINDOW_SIZE);
                                    frames.get(1);
                                    return readSlowly(frames, 20_000, 1);
                                }));
        assertThat(received).isEqualTo(1_000_000);
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> streamsThatShareASlowConnectionAreAllAnswered() throws Exception {
        int received =
                await(
                        talkWithDeaf(
                                60_000,
                                socket -> {
                                    Frames frames = new Frames(socket, WINDOW_SIZE);
                                    for (int i = 0; i < 50; i++) {
                                        frames.get(2 * i + 1);
                                    }
                                    return readSlowly(frames, 60_000, 50);
                                }));
        assertThat(received).isEqualTo(3_000_000);
        return Coroutine.done();
    }

    /** Reads the answers, and lets the server send a part of them from time to time. */
    private static int readSlowly(Frames frames, int part, int streams) throws Exception {
        int received = 0;
        int given = WINDOW_SIZE;
        int ended = 0;
        while (ended < streams) {
            Frame frame = frames.next();
            assertThat(frame.type()).isNotEqualTo(RESET);
            if (frame.type() == DATA) {
                received += frame.content().length();
                ended += frame.flags();
            }
            if (received == given) {
                Thread.sleep(PACE_MILLIS); // of a thread of its own
                frames.giveWindow(0, part);
                if (streams == 1) {
                    frames.giveWindow(1, part);
                }
                given += part;
            }
        }
        return received;
    }

    /** The window of a connection as its client sees it. */
    private static final class Budget {
        private final Frames frames;
        private int left = WINDOW_SIZE;

        Budget(Frames frames) throws IOException {
            this.frames = frames;
            update();
        }

        void send(int stream, int size) throws IOException {
            frames.sendData(stream, size);
            left -= size;
            update();
        }

        /** Reads all that the server has sent. */
        void update() throws IOException {
            frames.send(PING, 0, 0, "12345678");
            for (Frame frame = frames.next(); frame.type() != PING; frame = frames.next()) {
                if (frame.type() == WINDOW && frame.stream() == 0) {
                    left += frame.number();
                }
            }
        }
    }

    @Test
    @Async
    Coroutine<Void> theWindowOfBodiesThatNobodyReadsIsGivenBack() throws Exception {
        int[] window = new int[2];
        await(
                talkWithDeaf(
                        10,
                        socket -> {
                            Frames frames = new Frames(socket, WINDOW_SIZE);
                            Budget budget = new Budget(frames);
                            window[0] = budget.left;
                            for (int i = 0; i < 500; i++) {
                                frames.post(2 * i + 1);
                                budget.send(2 * i + 1, 60_000);
                                frames.send(DATA, END_STREAM, 2 * i + 1, "");
                            }
                            budget.update();
                            window[1] = budget.left;
                            return null;
                        }));
        assertThat(window[1]).isGreaterThanOrEqualTo(window[0] / 2 - WINDOW_SIZE);
        return Coroutine.done();
    }
}
