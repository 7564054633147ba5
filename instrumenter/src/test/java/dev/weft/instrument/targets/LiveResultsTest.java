package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.Severity;
import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.BothWays.Case;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.MethodNode;

/** Methods in which the results of all awaits stay alive to the end grow with their awaits. */
class LiveResultsTest {
    private static final int HUGE = 8_000;

    /** The shape of the method. */
    enum Shape {
        INTS("int", false),
        STRINGS("String", false),
        LONGS("long", false),
        INTS_IN_A_TRY("int", true),
        STRINGS_IN_A_TRY("String", true);

        private final String type;
        private final boolean inTry;

        Shape(String type, boolean inTry) {
            this.type = type;
            this.inTry = inTry;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThousandOfThemCompileAndBehaveAsIfAwaitWereABlockingCall(Shape shape) {
        BothWays both = compile(shape, 1_000);
        List<String> problems = new ArrayList<>();
        for (String name : both.woven().keySet()) {
            Verification.byJvm(name, both.compiledLoader(), problems);
        }
        assertThat(problems).isEmpty();
        both.playFew(new Case("targets.Live", "all"));
    }

    @ParameterizedTest
    @EnumSource
    void theCodeGrowsWithTheirNumberAndNotWithItsSquare(Shape shape) {
        int few = size(compile(shape, 150));
        int many = size(compile(shape, 600));
        assertThat(many).isLessThan(6 * few);
    }

    @Test
    void hotSpotCompilesAMethodWithFortyFiveOfThem() {
        assertThat(size(compile(Shape.INTS, 45))).isLessThan(HUGE);
        assertThat(size(compile(Shape.STRINGS, 45))).isLessThan(HUGE);
    }

    private static int size(BothWays both) {
        Map<String, MethodNode> methods = Compilations.methods(both.woven().get("targets/Live"));
        for (MethodNode method : methods.values()) {
            if (method.name.equals("all") && (method.access & Opcodes.ACC_SYNTHETIC) != 0) {
                CodeSizeEvaluator size = new CodeSizeEvaluator(new MethodVisitor(Opcodes.ASM9) {});
                method.accept(size);
                return size.getMaxSize();
            }
        }
        throw new AssertionError("no body");
    }

    private static BothWays compile(Shape shape, int awaits) {
        List<SourceText> sources = new ArrayList<>();
        SourceText.folder("targets").stream()
                .filter(source -> source.path().equals("Steps.java"))
                .forEach(sources::add);
        sources.add(new SourceText("Live.java", text(shape, awaits)));
        BothWays both = new BothWays(Toolchain.JAVAC.compile(sources));
        assertThat(both.diagnostics()).allMatch(said -> said.severity() == Severity.WARNING);
        return both;
    }

    private static String text(Shape shape, int awaits) {
        String declarations =
                IntStream.range(0, awaits)
                        .mapToObj(i -> shape.type + " v" + i + " = await(next());")
                        .collect(Collectors.joining("\n"));
        String body = declarations + "\n" + use(shape, awaits);
        String tried =
                "try {\n"
                        + body
                        + "\n} catch (IllegalStateException e) { log(e); }"
                        + " return Coroutine.of(null);";
        return """
               package targets;

               import static dev.weft.Weft.await;
               import static targets.Steps.*;

               import dev.weft.Async;
               import dev.weft.Awaitable;
               import dev.weft.Coroutine;
               import java.util.ArrayList;
               import java.util.List;

               public class Live {
                   private static int number;

                   static Awaitable<%s> next() throws Exception {
                       number = (number + 1) %% 7;
                       return step("s", %s);
                   }

                   @Async
                   static Coroutine<Object> all() throws Exception {
                       number = 0;
                       List<Object> results = new ArrayList<>();
                       %s
                   }
               }
               """
                .formatted(boxed(shape), value(shape), shape.inTry ? tried : body);
    }

    private static String use(Shape shape, int awaits) {
        if (shape.type.equals("String")) {
            return IntStream.range(0, awaits)
                            .mapToObj(i -> "results.add(v" + i + ");")
                            .collect(Collectors.joining("\n"))
                    + "\nreturn Coroutine.of(results);";
        }
        return IntStream.range(0, awaits)
                .mapToObj(i -> "v" + i)
                .collect(Collectors.joining(" + ", "return Coroutine.of(", ");"));
    }

    private static String boxed(Shape shape) {
        return switch (shape.type) {
            case "int" -> "Integer";
            case "long" -> "Long";
            default -> "String";
        };
    }

    private static String value(Shape shape) {
        return switch (shape.type) {
            case "int" -> "number";
            case "long" -> "(long) number";
            default -> "\"\" + number";
        };
    }
}
