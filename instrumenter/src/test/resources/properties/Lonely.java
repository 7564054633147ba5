package properties;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.time.Duration;

/** Needs classes that are not there when it is compiled to a state machine. */
public class Lonely {
    static class Parent {}

    static class Missing extends Parent implements Runnable {
        @Override
        public void run() {}
    }

    static class MissingToo extends Parent implements Runnable {
        @Override
        public void run() {}
    }

    @Async
    static Coroutine<Object> either(boolean first, Missing missing) throws MissingException {
        Parent parent = first ? missing : new MissingToo();
        Runnable runnable = await(sleep(Duration.ZERO, first)) ? missing : new MissingToo();
        try {
            await(sleep(Duration.ZERO));
        } catch (MissingError e) {
            return Coroutine.of(e);
        }
        runnable.run();
        return Coroutine.of(parent);
    }

    static class MissingException extends Exception {
        private static final long serialVersionUID = 1;
    }

    static class MissingError extends Error {
        private static final long serialVersionUID = 1;
    }
}
