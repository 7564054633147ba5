package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;

/** The programs of docs/jvm-end.md, each the main class of a JVM. */
final class JvmEndPrograms {
    private JvmEndPrograms() {}

    @Async
    static Coroutine<Void> serve() {
        try {
            System.out.println("serving");
            await(sleep(ofDays(1))); // stands for the service
        } finally {
            await(sleep(ofMillis(100))); // a clean-up may await
            System.out.println("connections closed");
        }
        return Coroutine.done();
    }

    public static void main(String[] args) {
        try {
            run(serve());
        } catch (CancelledError e) {
            System.out.println("ended: " + e.getMessage());
        }
    }

    static final class OnAnotherThread {
        public static void main(String[] args) {
            new Thread(() -> run(serve())).start();
        }
    }

    static final class WithoutHook {
        public static void main(String[] args) {
            try (Runner runner = Weft.runner().shutdownHook(false)) {
                runner.run(serve());
            }
        }
    }

    static final class Service {
        static void startService() {
            LoopThread service = LoopThread.start("service");
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.loop().execute(() -> Task.create(() -> serve()));
        }

        public static void main(String[] args) {
            startService();
        }
    }

    static final class ServiceWithHook {
        static void startServiceWithHook() {
            LoopThread service = LoopThread.start("service", runner -> runner.shutdownHook(true));
            service.loop().execute(() -> Task.create(() -> serve()));
        }

        public static void main(String[] args) {
            startServiceWithHook();
        }
    }

    static final class ServiceWithoutHook {
        public static void main(String[] args) {
            LoopThread service = LoopThread.start("service");
            service.loop().execute(() -> Task.create(() -> serve()));
        }
    }

    static final class WithAnExitCode {
        public static void main(String[] args) {
            System.exit(run(exitCode()));
        }

        @Async
        private static Coroutine<Integer> exitCode() {
            try {
                await(sleep(ZERO));
            } finally {
                System.out.println("cleaned up");
            }
            return Coroutine.of(3);
        }
    }

    static final class ExitsInATask {
        public static void main(String[] args) {
            try {
                run(exits());
            } finally {
                System.out.println("not reached");
            }
        }

        @Async
        private static Coroutine<Void> exits() {
            try {
                await(sleep(ZERO));
                System.exit(3);
            } finally {
                System.out.println("not reached");
            }
            return Coroutine.done();
        }
    }
}
