package dev.weft.spring;

import dev.weft.Coroutine;
import dev.weft.LoopThread;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.support.AsyncHandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;

/**
 * Runs the coroutine that a controller's method returns as a task of a loop, and answers the
 * request with its result: as Spring does with a {@link DeferredResult}. The result may be whatever
 * such a method may return without a coroutine, such as a {@code ResponseEntity}. A failure goes to
 * the controller's exception handlers.
 *
 * <p>The task is cancelled when the request times out and when its connection fails. A task that
 * the end of the loop cancels is answered with the status 503.
 *
 * <p>Spring would write a coroutine as JSON otherwise, because the annotation {@code ResponseBody}
 * comes before handlers of users. Handlers of asynchronous values come first; this is one.
 */
public final class CoroutineReturnValueHandler implements AsyncHandlerMethodReturnValueHandler {
    private final LoopThread loop;

    /** Creates a handler whose tasks run on {@code loop}. */
    public CoroutineReturnValueHandler(LoopThread loop) {
        this.loop = loop;
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return Coroutine.class.isAssignableFrom(returnType.getParameterType());
    }

    @Override
    public boolean isAsyncReturnValue(@Nullable Object value, MethodParameter returnType) {
        return supportsReturnType(returnType); // also of a value that is null
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what completes the result throws nothing
    public void handleReturnValue(
            @Nullable Object value,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws Exception {
        if (value == null) {
            throw new NullPointerException(
                    returnType.getExecutable() + " returned null instead of a Coroutine");
        }
        Coroutine<?> coroutine = (Coroutine<?>) value;
        DeferredResult<Object> result = new DeferredResult<>();
        CompletableFuture<Object> future = submit(coroutine);
        result.onTimeout(() -> future.cancel(true));
        result.onError(failure -> future.cancel(true));
        WebAsyncUtils.getAsyncManager(request).startDeferredResultProcessing(result, container);
        // Only now, so that a coroutine that ends at once is answered too.
        future.whenComplete((answer, failure) -> complete(result, answer, failure));
    }

    @SuppressWarnings("unchecked") // an Object is all that Spring asks for
    private CompletableFuture<Object> submit(Coroutine<?> coroutine) {
        try {
            return loop.submit(() -> (Coroutine<Object>) coroutine);
        } catch (RejectedExecutionException closed) {
            coroutine.close();
            throw closing(closed);
        }
    }

    private static void complete(
            DeferredResult<Object> result, @Nullable Object answer, @Nullable Throwable failure) {
        if (failure == null) {
            result.setResult(answer);
        } else if (failure instanceof CancellationException) {
            result.setErrorResult(closing(failure));
        } else {
            result.setErrorResult(failure);
        }
    }

    private static ResponseStatusException closing(Throwable cause) {
        return new ResponseStatusException(
                HttpStatus.SERVICE_UNAVAILABLE, "the request's task was cancelled", cause);
    }
}
