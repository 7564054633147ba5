package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Try-with-resources: opened, used and closed around {@code await}. */
public class TryWithResources {
    static class Resource implements AutoCloseable {
        final String name;
        final boolean failsToClose;

        Resource(String name, boolean failsToClose) {
            log("open " + name);
            this.name = name;
            this.failsToClose = failsToClose;
        }

        @Override
        public void close() throws Steps.Failure {
            log("close " + name);
            if (failsToClose) {
                throw new Steps.Failure("closing " + name);
            }
        }
    }

    @Async
    static Coroutine<Object> one() throws Exception {
        try (Resource r = new Resource("r", false)) {
            log(await(step("used", "u")));
            return Coroutine.of(r.name);
        }
    }

    @Async
    static Coroutine<Object> awaitedResource() throws Exception {
        try (Resource r = await(step("open", new Resource("r", false)));
                Resource s = new Resource(await(step("name", "s")), true)) {
            log(r.name + s.name + await(step("used", "u")));
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> suppressed() throws Exception {
        try (Resource r = new Resource("r", true);
                Resource s = new Resource("s", true)) {
            await(step("used"));
            return Coroutine.of("used");
        }
    }

    @Async
    static Coroutine<Object> caughtAndFinally() throws Exception {
        String all = "";
        try (Resource r = new Resource("r", true)) {
            all += await(step("used", "u"));
        } catch (Steps.Failure e) {
            all += Steps.show(e) + await(step("handler", "h"));
        } finally {
            all += await(step("finally", "f"));
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> nullResource() throws Exception {
        try (Resource r = await(step("none", (Resource) null))) {
            log(r);
            await(step("used"));
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> ofVariable() throws Exception {
        Resource r = new Resource("r", false);
        await(step("between"));
        try (r) {
            await(step("used"));
        }
        return Coroutine.of(r.name);
    }

    @Async
    static Coroutine<Object> inLoop() throws Exception {
        int i = 0;
        while (i < 4) {
            try (Resource r = new Resource("r" + i, i == 1)) {
                if (await(step("used", i++)) == 1) {
                    break;
                }
            } catch (IllegalStateException e) {
                log(e);
            }
        }
        return Coroutine.of(i);
    }
}
