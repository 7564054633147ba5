package dev.weft.instrument.targets;

import dev.weft.instrument.support.SourceText;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Targets that nobody would write by hand: many awaits, many locals, many parameters. */
final class LargeSources {
    private LargeSources() {}

    static SourceText all() {
        return new SourceText(
                "Large.java",
                """
                package targets;

                import static dev.weft.Weft.await;
                import static targets.Steps.*;

                import dev.weft.Async;
                import dev.weft.Coroutine;

                public class Large {
                """
                        + "static int add(int a, int b) { return a + b; }\n"
                        + method(
                                "thousandAwaits",
                                "int sum = 0;\n" + times(1000, "", LargeSources::adds))
                        + method("statementOfManyAwaits", manyInOneStatement())
                        + method("deeplyNested", deeplyNested())
                        + method("longInitialiser", longInitialiser())
                        + method("hundredsOfInts", locals("int", 300))
                        + method("hundredsOfLongs", locals("long", 300))
                        + method("hundredsOfDoubles", locals("double", 150))
                        + method("hundredsOfStrings", locals("String", 300))
                        + method("everyParameter", call("everyInt", 255))
                        + callee("everyInt", "int", 255, 0)
                        + method("everyWideParameter", call("everyLong", 127))
                        + callee("everyLong", "long", 127, 0)
                        + method("everyParameterOfInstance", call("new Large().own", 254))
                        + callee("own", "int", 254, 1)
                        + method("deepOperandStack", deepOperandStack())
                        + method("nestedTries", nestedTries(12))
                        + method("chainOfTries", times(60, "", LargeSources::oneTry) + end("null"))
                        + "}\n");
    }

    private static String adds(int i) {
        return "sum += await(step(\"s\", " + i + "));\n" + (i == 999 ? end("sum") : "");
    }

    private static String manyInOneStatement() {
        return end(times(300, " + ", i -> "await(step(\"s\", " + i + "))"));
    }

    private static String deeplyNested() {
        return end(
                times(150, "", i -> "add(await(step(\"s\", " + i + ")), ") + "0" + ")".repeat(150));
    }

    private static String longInitialiser() {
        return end("new int[] {" + times(300, ", ", i -> "await(step(\"s\", " + i + "))") + "}");
    }

    private static String locals(String type, int n) {
        String literal = type.equals("String") ? "\"\" + " : "";
        return times(n, "", i -> type + " v" + i + " = " + literal + i + ";\n")
                + "await(step(\"one\"));\n"
                + times(n, "", i -> "v" + i + " += v" + (i * 7 % n) + ";\n")
                + "await(step(\"two\"));\n"
                + end("new Object[] {" + times(n, ", ", i -> "v" + i) + "}");
    }

    private static String call(String name, int n) {
        return end("await(" + name + "(" + times(n, ", ", i -> "" + i) + "))");
    }

    private static String callee(String name, String type, int n, int instance) {
        return "@Async "
                + (instance == 0 ? "static" : "")
                + " Coroutine<Object> "
                + name
                + "("
                + times(n, ", ", i -> type + " p" + i)
                + ") throws Exception {\n"
                + "await(step(\"one\"));\n"
                + "p3 = p4 + p5;\n"
                + "await(step(\"two\"));\n"
                + end(times(n, " + ", i -> i % 2 == 0 ? "p" + i : "p" + i + " * 2"))
                + "}\n";
    }

    private static String deepOperandStack() {
        String values = times(254, ", ", i -> i % 2 == 0 ? "seen(" + i + ")" : "" + i);
        return end("await(everyInt(" + values + ", await(step(\"last\", 1))))");
    }

    private static String nestedTries(int depth) {
        String inside = "await(step(\"innermost\"));\n";
        for (int i = 0; i < depth; i++) {
            String exception = i % 2 == 0 ? "Failure" : "IllegalStateException";
            inside =
                    "try {\nawait(step(\"t%d\"));\n%s} catch (%s e%d) {\nlog(e%d); await(step(\"c%d\"));\n}\n"
                            .formatted(i, inside, exception, i, i, i);
        }
        return inside + end("null");
    }

    private static String oneTry(int i) {
        return "try { await(step(\"t%d\")); } catch (IllegalStateException e) { log(%d); }\n"
                .formatted(i, i);
    }

    private static String method(String name, String body) {
        return "\n@Async static Coroutine<Object> "
                + name
                + "() throws Exception {\n"
                + body
                + "}\n";
    }

    private static String end(String value) {
        return "return Coroutine.of(" + value + ");\n";
    }

    private static String times(int n, String between, IntFunction<String> text) {
        return IntStream.range(0, n).mapToObj(text).collect(Collectors.joining(between));
    }
}
