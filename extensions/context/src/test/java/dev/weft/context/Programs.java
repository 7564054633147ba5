package dev.weft.context;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Weft;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import org.slf4j.MDC;

/** Programs that have one library, or none. Each returns the value that a task has kept. */
final class Programs {
    private Programs() {}

    /** A program with none of the libraries. */
    static final class WithoutLibraries implements Callable<String> {
        @Override
        public String call() {
            ContextPropagation.install();
            return Weft.run(() -> runs());
        }

        @Async
        private static Coroutine<String> runs() {
            await(sleep(ofMillis(1)));
            return Coroutine.of(await(blocking(() -> "kept")));
        }
    }

    /** A program with SLF4J. */
    static final class WithMdc implements Callable<String> {
        @Override
        public String call() {
            ContextPropagation.install();
            return Weft.run(() -> runs());
        }

        @Async
        private static Coroutine<String> runs() {
            MDC.put("key", "kept");
            await(sleep(ofMillis(1)));
            return Coroutine.of(await(blocking(() -> MDC.get("key"))));
        }
    }

    /** A program with OpenTelemetry. */
    static final class WithOpenTelemetry implements Callable<String> {
        private static final ContextKey<String> KEY = ContextKey.named("key");

        @Override
        public String call() {
            ContextPropagation.install();
            return Weft.run(() -> runs());
        }

        @Async
        private static Coroutine<String> runs() {
            try (Scope scope = Context.current().with(KEY, "kept").makeCurrent()) {
                await(sleep(ofMillis(1)));
                return Coroutine.of(await(blocking(() -> Context.current().get(KEY))));
            }
        }
    }

    /** A program with Micrometer's context-propagation. */
    static final class WithAccessors implements Callable<String> {
        private static final ThreadLocal<String> VALUE = new ThreadLocal<>();

        @Override
        public String call() {
            ContextRegistry.getInstance().registerThreadLocalAccessor("key", VALUE);
            ContextPropagation.install();
            return Weft.run(() -> runs());
        }

        @Async
        private static Coroutine<String> runs() {
            VALUE.set("kept");
            await(sleep(ofMillis(1)));
            return Coroutine.of(await(blocking(() -> VALUE.get())));
        }
    }
}
