package dev.weft.instrument.diagnose;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.read.Methods;
import dev.weft.instrument.read.WeftTests;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Methods that a test framework calls. No framework awaits a coroutine that they return; weft-junit
 * does so for JUnit Jupiter.
 */
final class TestMethods {
    private static final Set<String> JUPITER =
            Set.of(
                    "Test",
                    "RepeatedTest",
                    "TestFactory",
                    "TestTemplate",
                    "BeforeEach",
                    "AfterEach",
                    "BeforeAll",
                    "AfterAll");

    private static final Set<String> JUNIT_4 =
            Set.of("Test", "Before", "After", "BeforeClass", "AfterClass");

    private static final Set<String> TESTNG =
            Set.of(
                    "Test",
                    "BeforeMethod",
                    "AfterMethod",
                    "BeforeClass",
                    "AfterClass",
                    "BeforeTest",
                    "AfterTest",
                    "BeforeGroups",
                    "AfterGroups",
                    "BeforeSuite",
                    "AfterSuite");

    private static final String JUNIT_3_SUPERCLASS = "junit/framework/TestCase";

    private static final String FIX =
            "let it return void, without @Async, and put its code into"
                    + " Weft.run(() -> { ... return Coroutine.done(); })";

    private TestMethods() {}

    /**
     * Returns the kind of a test method for messages, {@code @BeforeEach method}; null for others.
     */
    static @Nullable String kind(ParsedClass parsed, MethodNode method) {
        for (AnnotationNode annotation : Methods.annotations(method)) {
            int end = annotation.desc.lastIndexOf('/');
            String name = annotation.desc.substring(end + 1, annotation.desc.length() - 1);
            if (namesIn(annotation.desc.substring(0, end + 1)).contains(name)) {
                return "@" + name + " method";
            }
        }
        boolean junit3 =
                JUNIT_3_SUPERCLASS.equals(parsed.node().superName)
                        && (method.access & Opcodes.ACC_PUBLIC) != 0
                        && method.name.startsWith("test")
                        && method.desc.startsWith("()");
        return junit3 ? "test method" : null;
    }

    /** Returns the fix for a test method that awaits or returns a coroutine. */
    static String fix(ParsedClass parsed, MethodNode method) {
        if (!WeftTests.canBeAsync(method)) {
            return FIX;
        }
        String async = "let it return Coroutine<Void>, and add @" + Abi.ASYNC_NAME;
        return WeftTests.isExtended(parsed.node(), method)
                ? async
                : FIX
                        + "; or, with weft-junit, annotate the class "
                        + parsed.displayName()
                        + " with @"
                        + Abi.WEFT_TEST_NAME
                        + ", and "
                        + async;
    }

    private static Set<String> namesIn(String packageName) {
        return switch (packageName) {
            case "Lorg/junit/jupiter/api/" -> JUPITER;
            case "Lorg/junit/jupiter/params/" -> Set.of("ParameterizedTest");
            case "Lorg/junit/" -> JUNIT_4;
            case "Lorg/testng/annotations/" -> TESTNG;
            case Abi.JUNIT_PACKAGE -> Set.of("Shuffled");
            default -> Set.of();
        };
    }
}
