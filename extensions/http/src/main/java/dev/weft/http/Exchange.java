package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.net.LimitExceededException;
import dev.weft.sync.AsyncEvent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A request and its answer. */
final class Exchange {
    private static final char DELETE = 0x7f;

    private final Carrier carrier;
    private final RequestBody body;
    private final Request request;
    private final Routes.Match match;
    private final boolean isKeptAlive;
    private boolean isSwitched;
    private boolean hasFailed;
    private boolean isHandled;
    private @Nullable Task<?> task;

    /** True if the requests before this one are answered. */
    private boolean isTurn;

    /** True if this is not to be answered. */
    private boolean isDropped;

    /** Null until the task has to wait for its turn. */
    private @Nullable AsyncEvent turn;

    private Exchange(Carrier carrier, HttpRequest head, String path, Routes.Match match) {
        this.carrier = carrier;
        this.match = match;
        HttpVersion version = head.protocolVersion();
        HttpHeaders fields = head.headers(); // few have these fields, and their values cost more
        isKeptAlive =
                fields.contains(HttpHeaderNames.CONNECTION)
                        ? HttpUtil.isKeepAlive(head)
                        : version.isKeepAliveDefault();
        boolean isContinueExpected =
                fields.contains(HttpHeaderNames.EXPECT)
                        && version.minorVersion() > 0
                        && fields.contains(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
        body = new RequestBody(carrier, carrier.settings().maxBody(), isContinueExpected);
        request = new Request(this, head, path, match);
    }

    /** Checks a request and finds its handler. */
    static Exchange of(Carrier carrier, HttpRequest head) {
        String path = "/";
        Routes.Match match;
        boolean isRefused = true;
        try {
            Heads.check(head, carrier.settings(), carrier.isHttp2());
            path = path(head.method().name(), head.uri());
            match = carrier.connection().routes().find(head.method().name(), path);
            isRefused = false;
        } catch (RefusedException refused) {
            match = Routes.Match.constant(refusal(refused.status, refused.getMessage()));
        } catch (IllegalArgumentException malformed) {
            match = Routes.Match.constant(refusal(400, "malformed escape in the path"));
        }
        Exchange exchange = new Exchange(carrier, head, path, match);
        if (isRefused) {
            exchange.body.fail(new IOException("the request was refused"));
        }
        return exchange;
    }

    private static String path(String method, String target) throws RefusedException {
        int end = endOfPath(target);
        if (target.startsWith("/")) {
            return target.substring(0, end);
        }
        return target.equals("*") && method.equals("OPTIONS") ? target : ofAbsolute(target);
    }

    /** Returns the index of the query. Looks at each letter once: this runs for each request. */
    private static int endOfPath(String target) throws RefusedException {
        int end = target.length();
        for (int i = 0; i < target.length(); i++) {
            char letter = target.charAt(i);
            if (letter <= ' ' || letter == DELETE) {
                throw new RefusedException(400, "malformed target");
            }
            if (letter == '#') {
                throw new RefusedException(400, "the target has a fragment");
            }
            if (letter == '?') {
                end = Math.min(end, i);
            }
        }
        return end;
    }

    private static String ofAbsolute(String target) throws RefusedException {
        try {
            URI uri = new URI(target);
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getRawAuthority() != null && scheme.startsWith("http")) {
                return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            }
        } catch (java.net.URISyntaxException malformed) {
            throw new RefusedException(400, "malformed target");
        }
        throw new RefusedException(400, "malformed target");
    }

    private static Response refusal(int status, @Nullable String reason) {
        return Response.text(reason + "\n").status(status);
    }

    // ---- the task

    void runsIn(Task<?> created) {
        task = created;
    }

    /** Cancels the handler because the client has ended the exchange alone. */
    void cancel() {
        if (task != null) {
            task.cancel(Connection.GONE);
        }
    }

    /** Lets the handler run. */
    void beginTurn() {
        isTurn = true;
        if (turn != null) {
            turn.set();
        }
    }

    /** Ends the task before the handler runs, without an answer. */
    void drop() {
        isDropped = true;
        body.fail(new IOException(Connection.GONE)); // the task may be cancelled before it begins
        beginTurn();
    }

    @Async
    private Coroutine<Void> waitForTurn() {
        AsyncEvent event = new AsyncEvent();
        turn = event;
        await(event.waitFor());
        return Coroutine.done();
    }

    String name() {
        String name = match.task();
        return name != null && name.startsWith(request.method())
                ? name
                : request.method() + " " + request.path();
    }

    /** Waits for its turn, calls the handler, and sends the answer. */
    @Async
    Coroutine<Void> run() {
        boolean isSent = false;
        try {
            if (!isTurn) {
                await(waitForTurn());
            }
            if (!isDropped) {
                await(handle());
            }
            isSent = true;
        } catch (IOException unreachable) {
            // the connection is aborted below
        } catch (Throwable failure) {
            check(failure);
            report("the answer of " + name() + " has failed", failure);
        } finally {
            body.release();
            if (!isSent) {
                carrier.abort();
            }
            carrier.ended(this);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> handle() throws IOException {
        if (!carrier.isWritable()) { // the answers before this one fill the memory
            await(carrier.writable());
        }
        Response response = await(answer());
        return isSwitched ? carrier.leave(this) : ResponseWriter.send(this, response);
    }

    @Async
    private Coroutine<@Nullable Response> answer() {
        try {
            Response response = await(match.handler().apply(request));
            if (response == null && !isSwitched) {
                throw new NullPointerException("the handler of " + name() + " has returned null");
            }
            return Coroutine.of(response);
        } catch (Throwable failure) {
            return Coroutine.of(forFailure(failure));
        }
    }

    private @Nullable Response forFailure(Throwable failure) {
        check(failure);
        hasFailed = true;
        if (isSwitched) {
            if (!(failure instanceof IOException)) { // the end of the connection
                report("the handler of " + name() + " has failed", failure);
            }
            return null;
        }
        if (failure instanceof RefusedException refused) {
            return refusal(refused.status, refused.getMessage());
        }
        if (failure instanceof LimitExceededException) {
            return refusal(413, failure.getMessage());
        }
        report("the handler of " + name() + " has failed", failure);
        return refusal(500, "Internal Server Error");
    }

    /** Throws what no handler may keep: the cancellation of the task, and fatal errors. */
    static void check(Throwable failure) {
        Task<?> task = Task.current();
        boolean isCancelled =
                failure instanceof CancelledError && task != null && task.cancelling() > 0;
        if (isCancelled || Failures.isFatal(failure)) {
            throw Failures.<RuntimeException>sneak(failure);
        }
    }

    static void report(String message, Throwable failure) {
        Task<?> task = Task.current();
        if (task != null) {
            Failures.report(message, failure, task);
        }
    }

    // ---- what the parts of an exchange share

    Carrier carrier() {
        return carrier;
    }

    RequestBody body() {
        return body;
    }

    Request request() {
        return request;
    }

    SocketAddress remote() {
        return carrier.connection().remote();
    }

    boolean isHttp2() {
        return carrier.isHttp2();
    }

    boolean isHead() {
        return request.method().equals("HEAD");
    }

    /** Returns whether the client wants to use the connection for more requests. */
    boolean isKeptAlive() {
        return isKeptAlive && body.failure() == null;
    }

    /**
     * Returns whether the connection can be kept although the handler has not read the body, which
     * then has at most {@code most} bytes.
     */
    boolean canSkipRest(int most) {
        if (body.isComplete()) {
            return true;
        }
        String length = request.head().headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && !body.isContinueExpected() && Long.parseLong(length) <= most;
    }

    /** Records that the connection is no longer one of HTTP. */
    void switched() {
        isSwitched = true;
    }

    /** Records that the rest of the answer needs neither the handler nor a stream of it. */
    void handled() {
        isHandled = true;
    }

    boolean isHandled() {
        return isHandled;
    }

    /** Returns whether the handler has thrown. */
    boolean hasFailed() {
        return hasFailed;
    }

    boolean isSwitched() {
        return isSwitched;
    }
}
