package dev.weft.spec.debugging;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The programs of {@link BlockedLoopTest}. Each line of the log goes to the standard output. */
final class BlockedLoopPrograms {
    private BlockedLoopPrograms() {}

    public static void main(String[] args) {
        Logger logger = Logger.getLogger("dev.weft");
        logger.setUseParentHandlers(false);
        logger.addHandler(new Printing());
        int[] millis = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
        switch (args[0]) {
            case "blocks" -> Weft.run(() -> blocks(millis));
            case "sleeps" -> Weft.run(sleep(ofMillis(millis[0])));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    @Async
    private static Coroutine<Void> blocks(int[] millis) {
        for (int each : millis) {
            await(Task.create("blocking task", () -> busyFor(each)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> busyFor(int millis) {
        await(sleep(ZERO));
        long until = System.nanoTime() + ofMillis(millis).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    private static final class Printing extends Handler {
        @Override
        public void publish(LogRecord record) {
            StringBuilder line = new StringBuilder(record.getMessage().replace('\n', ' '));
            if (record.getThrown() != null) {
                for (StackTraceElement element : record.getThrown().getStackTrace()) {
                    line.append(" stack: ").append(element.getMethodName());
                }
            }
            System.out.println(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
