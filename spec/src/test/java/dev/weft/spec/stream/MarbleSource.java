package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A source that gives its elements in the seconds that a line of a diagram shows, or at once if it
 * is asked later. Notes the second of the first ask, and that of a close before the end.
 */
final class MarbleSource {
    private final Marbles marbles;
    private int firstAsk = -1;
    private final List<Marbles.Mark> ends = new ArrayList<>();

    MarbleSource(Marbles marbles) {
        this.marbles = marbles;
    }

    /** Returns the second of the first ask; -1 if there was none. */
    int firstAsk() {
        return firstAsk;
    }

    /** Returns how and when the source ended; empty if it has not. */
    List<Marbles.Mark> ends() {
        return ends;
    }

    @Async
    AsyncStream<Object> stream() {
        firstAsk = second();
        String end = Marbles.CLOSED;
        try {
            for (Marbles.Mark mark : marbles.marks()) {
                if (mark.text().equals(Marbles.CLOSED)) {
                    continue; // the reader must do that
                }
                await(until(mark.second()));
                if (mark.isElement()) {
                    AsyncStream.emit(mark.element());
                } else {
                    end = mark.text();
                    if (end.equals(Marbles.FAILURE)) {
                        throw new MarbleFailure();
                    }
                    return AsyncStream.end();
                }
            }
            await(sleep(ofSeconds(Long.MAX_VALUE)));
        } finally {
            ends.add(new Marbles.Mark(second(), end));
        }
        return AsyncStream.end();
    }

    /** Sleeps until a second of virtual time; does not suspend if it has come. */
    static Coroutine<Void> until(int second) {
        Duration rest = ofSeconds(second).minus(VirtualTime.elapsed());
        return rest.isZero() || rest.isNegative() ? Coroutine.done() : sleep(rest);
    }

    /** Returns the virtual time in seconds. */
    static int second() {
        return (int) VirtualTime.elapsed().toSeconds();
    }

    /** The failure that diagrams write as {@code #}. */
    static final class MarbleFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        MarbleFailure() {
            super("the failure of the diagram");
        }
    }
}
