package dev.weft.spec.leaks;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;

/** The application that {@link Redeployment} deploys. */
public final class DeployedApplication implements Runnable {
    /** Called by reflection. */
    public DeployedApplication() {}

    @Override
    public void run() {
        Weft.run(
                () -> {
                    Task<Integer> task = Task.create(() -> sleep(ofMillis(1), 1));
                    int sum = await(task) + await(blocking(() -> 2));
                    return Coroutine.of(sum);
                });
    }
}
