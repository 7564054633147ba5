package dev.weft.programs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.Arrays;

/** Redefines {@link Swapped} while its coroutines are suspended. Also an agent, for the means. */
public final class HotSwap {
    private static Instrumentation instrumentation;
    private static byte[] loaded;

    private HotSwap() {}

    public static void premain(String options, Instrumentation means) {
        instrumentation = means;
        means.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        if (name.equals("dev/weft/programs/Swapped") && loaded == null) {
                            loaded = bytes;
                        }
                        return null;
                    }
                },
                true);
    }

    /**
     * Runs the program.
     *
     * @param arguments the compiled class; then class files of later versions
     */
    public static void main(String[] arguments) throws Exception {
        System.out.println("loaded: " + Swapped.plain());
        byte[] expected = Files.readAllBytes(Path.of(arguments[0]));
        System.out.println("same bytes: " + Arrays.equals(expected, loaded));
        run(swaps(arguments));
    }

    @Async
    private static Coroutine<Void> swaps(String[] versions) throws Exception {
        Swapped swapped = new Swapped();
        Promise<String> gate = new Promise<>();
        Task<String> changed = Task.create(swapped.changed(gate));
        Task<String> unchanged = Task.create(swapped.unchanged(gate));
        await(sleep(Duration.ZERO));
        System.out.println("first swap: " + redefine(versions[1]));
        System.out.println("plain: " + Swapped.plain());
        Promise<String> second = new Promise<>();
        Task<String> fresh = Task.create(swapped.changed(second));
        await(sleep(Duration.ZERO));
        gate.complete("a");
        System.out.println("unchanged: " + await(unchanged));
        System.out.println("outdated: " + await(failure(changed)));
        System.out.println("retransformed: " + retransform());
        second.complete("b");
        System.out.println("fresh: " + await(fresh));
        System.out.println("second swap: " + redefine(versions[2]));
        System.out.println("fresh: " + await(swapped.changed(second)));
        System.out.println("unchanged: " + await(swapped.unchanged(second)));
        System.out.println("third swap: " + redefine(versions[3]));
        System.out.println("fresh: " + await(swapped.changed(second)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> failure(Task<String> task) {
        try {
            return Coroutine.of("no failure, but " + await(task));
        } catch (IllegalStateException failure) {
            return Coroutine.of("" + failure);
        }
    }

    private static String redefine(String classFile) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(classFile));
            instrumentation.redefineClasses(new ClassDefinition(Swapped.class, bytes));
            return "done";
        } catch (UnsupportedOperationException refused) {
            return "refused by the JVM";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
            return "" + e;
        }
    }

    private static String retransform() {
        try {
            instrumentation.retransformClasses(Swapped.class);
            return "done";
        } catch (UnmodifiableClassException | LinkageError e) {
            return "" + e;
        }
    }
}
