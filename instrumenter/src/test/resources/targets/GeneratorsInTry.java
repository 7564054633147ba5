package targets;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Generators that emit in try statements, and are closed at each emit. */
public class GeneratorsInTry {
    @Async
    static AsyncStream<String> finallyAwaits() throws Exception {
        try {
            emit("a");
            emit(await(step("b", "b")));
        } finally {
            log("finally");
            await(step("clean-up"));
            log("clean");
        }
        emit("c");
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> cleansUp() throws Exception {
        return Streams.stopping(4, GeneratorsInTry::finallyAwaits);
    }

    @Async
    static AsyncStream<String> nested(int i) throws Exception {
        try {
            try {
                emit("inner");
                if (i > 0) {
                    throw new Steps.Failure("thrown");
                }
            } catch (Steps.Failure | IllegalStateException e) {
                emit("caught " + e.getMessage());
                await(step("in catch"));
            } finally {
                await(step("inner finally"));
            }
            emit("between");
        } catch (RuntimeException | LinkageError e) {
            log(e);
            emit("outer");
        } finally {
            log(await(step("outer finally", i)));
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> nestedTry() throws Exception {
        return Coroutine.of(
                "" + await(Streams.stopping(4, () -> nested(0)))
                        + await(Streams.stopping(5, () -> nested(1))));
    }

    /** Leaves try statements by all ways. */
    @Async
    static AsyncStream<Integer> leaving() throws Exception {
        outer:
        for (int i = 0; ; i++) {
            try {
                emit(i);
                switch (i) {
                    case 0:
                        continue;
                    case 1:
                        continue outer;
                    case 2:
                        break;
                    case 3:
                        return AsyncStream.end();
                    default:
                        break outer;
                }
                log("after the switch");
            } finally {
                log("finally " + await(step("leaving", i)));
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> jumps() throws Exception {
        return Streams.stopping(5, GeneratorsInTry::leaving);
    }

    @Async
    static AsyncStream<Integer> returningFinally() throws Exception {
        try {
            emit(1);
            throw new IllegalStateException("lost");
        } finally {
            await(step("in finally"));
            return AsyncStream.end();
        }
    }

    @Async
    static Coroutine<Object> aFinallyThatReturns() throws Exception {
        return Streams.stopping(2, GeneratorsInTry::returningFinally);
    }

    @Async
    static AsyncStream<Integer> throwingFinally() throws Exception {
        try {
            emit(1);
        } finally {
            await(step("in finally"));
            log("throws");
            if (true) {
                throw new Steps.Failure("of finally");
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> aFinallyThatThrows() throws Exception {
        return Streams.stopping(2, GeneratorsInTry::throwingFinally);
    }

    @Async
    static AsyncStream<Object> emittingFinally() throws Exception {
        try {
            emit("body");
        } finally {
            log("emits");
            emit("finally");
            log("has emitted");
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> aFinallyThatEmits() throws Exception {
        return Streams.stopping(3, GeneratorsInTry::emittingFinally);
    }

    @Async
    static AsyncStream<Object> emittingFinallyInside() throws Exception {
        try {
            try {
                emit("body");
            } finally {
                emit("finally");
            }
        } catch (IllegalStateException e) {
            log("caught " + e.getMessage());
            await(step("goes on"));
        } finally {
            log("outer");
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> aRefusedEmitIsCaught() throws Exception {
        return Streams.stopping(3, GeneratorsInTry::emittingFinallyInside);
    }

    @Async
    static AsyncStream<Object> swallowing(boolean emits) throws Exception {
        for (int i = 0; i < 3; i++) {
            try {
                emit(i);
            } catch (Throwable e) {
                log(e);
                await(step("after it"));
                if (!emits) {
                    return AsyncStream.end();
                }
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> theClosingIsSwallowed() throws Exception {
        return Coroutine.of(
                "" + await(Streams.stopping(4, () -> swallowing(false)))
                        + await(Streams.stopping(4, () -> swallowing(true))));
    }

    @Async
    static AsyncStream<Object> narrow() throws Exception {
        try {
            emit("a");
            await(step("b"));
            emit("b");
        } catch (Exception e) {
            log("exception " + e.getMessage());
            emit("after it");
        } catch (Error e) {
            log("error " + e.getMessage());
            throw e;
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> catchesDoNotSeeTheClosing() throws Exception {
        return Streams.stopping(3, GeneratorsInTry::narrow);
    }

    @Async
    static AsyncStream<Object> suppressing() throws Exception {
        try (AutoCloseable a = closable("a");
                AutoCloseable b = closable("b")) {
            emit("used");
            await(step("used"));
            emit("again");
        }
        return AsyncStream.end();
    }

    private static AutoCloseable closable(String name) {
        log("open " + name);
        return () -> {
            log("close " + name);
            throw new Steps.Failure(name);
        };
    }

    @Async
    static Coroutine<Object> resourcesThatFail() throws Exception {
        return Streams.stopping(3, GeneratorsInTry::suppressing);
    }

    @Async
    static AsyncStream<Object> resources() throws Exception {
        try (TryWithResources.Resource r = new TryWithResources.Resource("r", false)) {
            emit(r.name);
            log(await(step("used", "u")));
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> resourcesAreClosed() throws Exception {
        return Streams.stopping(2, GeneratorsInTry::resources);
    }

    @Async
    static AsyncStream<Object> level(int depth, List<Object> path) throws Exception {
        emit("down " + depth);
        if (depth > 0) {
            try (Closing<AsyncStream<Object>> inner = closing(level(depth - 1, path))) {
                while (await(inner.get().hasNext())) {
                    emit(depth + "<" + inner.get().next());
                }
            } finally {
                path.add(depth);
                await(step("left " + depth));
            }
        }
        emit("up " + depth);
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> recursion() throws Exception {
        List<Object> path = new ArrayList<>();
        return Coroutine.of(await(Streams.stopping(9, () -> level(3, path))) + "" + path);
    }

    @Async
    static AsyncStream<Object> zipped(AsyncStream<?> left, AsyncStream<?> right) throws Exception {
        try (Closing<? extends AsyncStream<?>> a = closing(left);
                Closing<? extends AsyncStream<?>> b = closing(right)) {
            while (await(a.get().hasNext()) && await(b.get().hasNext())) {
                emit(a.get().next() + "" + b.get().next());
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> severalSources() throws Exception {
        return Streams.stopping(3, () -> zipped(finallyAwaits(), leaving()));
    }

    @Async
    static AsyncStream<Object> failing(int at) throws Exception {
        for (int i = 0; ; i++) {
            if (i == at) {
                throw new Steps.Failure("at " + i);
            }
            emit(i);
        }
    }

    @Async
    static Coroutine<Object> failures() throws Exception {
        String all = "";
        for (int at = 0; at < 3; at++) {
            int where = at;
            all += await(Streams.stopping(at + 1, () -> failing(where)));
        }
        AsyncStream<Object> failed = failing(0);
        try {
            await(failed.hasNext(), Steps.Failure.class);
        } catch (Steps.Failure e) {
            log(await(failed.hasNext()));
        }
        return Coroutine.of(all);
    }

    @Async
    static AsyncStream<Object> unclosed(String name) throws Exception {
        try {
            emit(name);
        } finally {
            log("closing " + name);
            await(sleep(Duration.ZERO));
            log("closed " + name);
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Object> leftForTheEndOfTheLoop() throws Exception {
        AsyncStream<?> first = unclosed("first");
        AsyncStream<?> second = unclosed("second");
        AsyncStream<?> unused = unclosed("unused");
        log(await(first.hasNext()));
        log(await(second.hasNext()) + " " + second.next());
        await(step("before the end"));
        return Coroutine.of(unused != null);
    }
}
