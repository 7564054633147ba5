package dev.weft.instrument.explain;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.Toolchain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Explains the class A of a text, as javac wrote it or after it was compiled. */
final class Explained {
    /** A loop with two awaits, one of which is a direct call, and a failure that is handled. */
    static final String ORDERS =
            """
            import static dev.weft.Weft.await;
            import dev.weft.*;
            import java.util.*;
            final class A {
                @Async Coroutine<Integer> total(List<String> items, int shipping) {
                    int sum = shipping;
                    for (String item : items) {
                        try {
                            sum += await(price(item));
                        } catch (IllegalStateException e) {
                            await(Weft.sleep(java.time.Duration.ZERO));
                        }
                    }
                    return Coroutine.of(sum);
                }
                @Async private Coroutine<Integer> price(String item) {
                    if (item.isEmpty()) {
                        return other(item);
                    }
                    return price(item.substring(1));
                }
                Coroutine<Integer> other(String item) { return Coroutine.of(1); }
            }
            """;

    /** The expected texts name direct calls, also where a system property turns those off. */
    private static final Options WITH_DIRECT_CALLS = new Options(false, Set.of(), true, false);

    private Explained() {}

    static Explanation asWritten(String text) {
        return compiler().explain(Toolchain.JAVAC.compile(text, "A"), name -> Optional.empty());
    }

    static Explanation withoutDebugInformation(String text) {
        byte[] classFile = Toolchain.JAVAC_NO_DEBUG.compile(text, "A");
        return compiler().explain(classFile, name -> Optional.empty());
    }

    static Explanation afterCompilation(String text) {
        Compiled compiled = compiler().compile(Toolchain.JAVAC.compile(text, "A"));
        Map<String, byte[]> classes = new HashMap<>();
        for (ClassFile each : compiled.classes()) {
            classes.put(each.name(), each.bytes());
        }
        return compiler().explain(classes.get("A"), name -> Optional.ofNullable(classes.get(name)));
    }

    private static AsyncCompiler compiler() {
        return new AsyncCompiler(WITH_DIRECT_CALLS);
    }
}
