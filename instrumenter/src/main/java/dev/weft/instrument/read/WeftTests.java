package dev.weft.instrument.read;

import dev.weft.instrument.abi.Abi;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Test methods of JUnit Jupiter that weft-junit runs. JUnit executes only methods without a result,
 * so the compiled form of an async one returns nothing.
 */
public final class WeftTests {
    /** The annotations of methods that belong to one test. */
    private static final Set<String> TESTS =
            Set.of(
                    "Lorg/junit/jupiter/api/Test;",
                    "Lorg/junit/jupiter/api/RepeatedTest;",
                    "Lorg/junit/jupiter/api/TestTemplate;",
                    "Lorg/junit/jupiter/api/BeforeEach;",
                    "Lorg/junit/jupiter/api/AfterEach;",
                    "Lorg/junit/jupiter/params/ParameterizedTest;",
                    Abi.SHUFFLED);

    private WeftTests() {}

    /** Returns whether the method is async, and weft-junit runs its body. */
    public static boolean isAsyncTest(ClassNode node, MethodNode method) {
        return Methods.isAsync(method)
                && Abi.returnsCoroutine(method.desc)
                && canBeAsync(method)
                && isExtended(node, method);
    }

    /** Returns whether the method could be async with {@code @WeftTest} on its class. */
    public static boolean canBeAsync(MethodNode method) {
        return isIn(TESTS, Methods.annotations(method));
    }

    /** Returns whether the class or the method has the annotation of weft-junit. */
    public static boolean isExtended(ClassNode node, MethodNode method) {
        return isIn(Set.of(Abi.WEFT_TEST, Abi.SHUFFLED), Methods.annotations(method))
                || isIn(Set.of(Abi.WEFT_TEST), node.visibleAnnotations);
    }

    private static boolean isIn(Set<String> types, @Nullable List<AnnotationNode> annotations) {
        for (int i = 0; annotations != null && i < annotations.size(); i++) {
            if (types.contains(annotations.get(i).desc)) {
                return true;
            }
        }
        return false;
    }
}
