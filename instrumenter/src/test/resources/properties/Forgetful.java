package properties;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;

import java.lang.ref.WeakReference;

/** Holds an object until its last use. */
public class Forgetful {
    public static WeakReference<Object> used;
    public static WeakReference<Object> argument;
    public static WeakReference<Object> onTheStack;

    @Async
    public static Coroutine<Integer> parked(Promise<Void> first, Promise<Void> second) {
        Object object = new byte[100_000];
        used = new WeakReference<>(object);
        await(take(new byte[100_000], first));
        int hash = object.hashCode();
        await(second);
        return Coroutine.of(hash == 0 ? 1 : 0);
    }

    @Async
    private static Coroutine<Void> take(Object dead, Promise<Void> first) {
        argument = new WeakReference<>(dead);
        Object[] one = {new byte[100_000]};
        onTheStack = new WeakReference<>(one[0]);
        await(first);
        return Coroutine.done();
    }
}
