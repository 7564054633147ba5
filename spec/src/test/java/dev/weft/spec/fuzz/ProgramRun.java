package dev.weft.spec.fuzz;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.spec.fuzz.Program.Act;
import dev.weft.spec.fuzz.Program.Body;
import dev.weft.spec.fuzz.Program.Reaction;
import java.util.ArrayList;
import java.util.List;

/** Runs a {@link Program} on Weft in virtual time and writes down every event, in order. */
final class ProgramRun {
    private final Program program;
    private final Task<?>[] tasks;
    private final List<String> log = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();

    private ProgramRun(Program program) {
        this.program = program;
        this.tasks = new Task<?>[program.bodies().size()];
    }

    static List<String> logOf(Program program) {
        return logOf(program, Weft.runner());
    }

    /** Returns the events of {@code program} on {@code runner}, which is closed afterwards. */
    static List<String> logOf(Program program, Runner runner) {
        ProgramRun run = new ProgramRun(program);
        run.run(runner);
        return run.log;
    }

    private void run(Runner given) {
        try (Runner runner = given.virtualTime()) {
            runner.exceptionHandler(report -> reported.add(text(report.exception())));
            try {
                runner.run(() -> main());
                log.add("main ended");
            } catch (Failure | CancelledError e) {
                log.add("main threw " + text(e));
            }
        }
        reported.stream().sorted().forEach(failure -> log.add("reported " + failure));
        for (int i = 0; i < tasks.length; i++) {
            Task<?> task = tasks[i];
            log.add(i + " is " + (task == null ? "absent" : task.state()));
        }
    }

    @Async
    private Coroutine<Void> main() {
        tasks[0] = Task.current();
        return body(0);
    }

    @Async
    private Coroutine<Void> body(int self) {
        Body body = program.bodies().get(self);
        try {
            for (Act act : body.acts()) {
                log(self, act);
                try {
                    switch (act.kind()) {
                        case SLEEP -> await(sleep(ofSeconds(act.number())));
                        case CREATE -> create(act.number());
                        case AWAIT -> {
                            if (tasks[act.number()] != null) {
                                await(tasks[act.number()]);
                            }
                        }
                        case CANCEL -> cancel(self, act.number());
                        case FAIL -> throw new Failure(self);
                    }
                } catch (Failure | CancelledError thrown) {
                    log(self, "caught " + text(thrown));
                    if (body.reaction() == Reaction.CLEAN_UP) {
                        await(sleep(ofSeconds(1)));
                    }
                    if (body.reaction() != Reaction.SWALLOW) {
                        throw thrown;
                    }
                }
            }
        } finally {
            log(self, "ends");
        }
        return Coroutine.done();
    }

    private void create(int other) {
        if (tasks[other] == null) {
            tasks[other] = Task.create(body(other));
        }
    }

    private void cancel(int self, int other) {
        if (tasks[other] != null) {
            log(self, "cancel gives " + tasks[other].cancel("by " + self));
        }
    }

    private void log(int self, Object what) {
        log.add(EventLoop.current().time() / 1_000_000_000 + " s: " + self + " " + what);
    }

    private static String text(Throwable thrown) {
        return thrown instanceof Failure ? thrown.getMessage() : "cancelled " + thrown.getMessage();
    }

    /** The failure of a task. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(int self) {
            super("failure of " + self);
        }
    }
}
