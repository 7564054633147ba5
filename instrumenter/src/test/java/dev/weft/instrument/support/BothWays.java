package dev.weft.instrument.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicNode;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The same class files twice: as they are, linked against a stand-in of the runtime in which {@code
 * await} blocks, and compiled, on the real runtime. Both must leave the same trace.
 */
public final class BothWays {
    /**
     * A static method without parameters that returns a coroutine: {@code targets.Loops.breaks}.
     */
    public record Case(String className, String method) {
        @Override
        public String toString() {
            return className.substring(className.lastIndexOf('.') + 1) + "." + method;
        }
    }

    private final SortedMap<String, byte[]> classes;
    private final Woven woven;
    private final boolean namesDiffer;
    private final ClassLoader blocking;
    private final ClassLoader compiled;

    /** Compiles the classes, which include {@code targets.Steps}. */
    public BothWays(Map<String, byte[]> classes) {
        this(classes, Options.defaults());
    }

    /** Compiles the classes, which include {@code targets.Steps}. */
    public BothWays(Map<String, byte[]> classes, Options options) {
        this.classes = new TreeMap<>(classes);
        this.woven = Woven.of(classes, options);
        this.namesDiffer = options.coverage() || options.debug();
        blocking =
                new MemoryLoader(
                        ClassLoader.getPlatformClassLoader(), BlockingRuntime.linked(classes));
        compiled = new MemoryLoader(BothWays.class.getClassLoader(), woven.classes());
    }

    /** Returns the diagnostics of the compiler. */
    public List<Diagnostic> diagnostics() {
        return woven.diagnostics();
    }

    /** All compiled classes and those that the compiler added, on the real runtime. */
    public Map<String, byte[]> woven() {
        return woven.classes();
    }

    /** Returns the folder of the compiled classes. */
    public ClassLoader compiledLoader() {
        return compiled;
    }

    /** The cases of all classes: static, not private, no parameters, {@code @Async}; sorted. */
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (byte[] bytes : classes.values()) {
            ClassNode node = new ClassNode();
            new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE);
            for (MethodNode method : node.methods) {
                if (isCase(method)) {
                    cases.add(new Case(node.name.replace('/', '.'), method.name));
                }
            }
        }
        cases.sort((a, b) -> a.toString().compareTo(b.toString()));
        return cases;
    }

    /** Returns the tests of the compiled classes: no diagnostics, both verifiers, and each case. */
    public Stream<DynamicNode> tests() {
        DynamicNode accepted =
                dynamicTest(
                        "are accepted without a word", () -> assertThat(diagnostics()).isEmpty());
        DynamicNode verified =
                dynamicTest(
                        "pass both verifiers",
                        () -> assertThat(Verification.problems(woven(), compiled)).isEmpty());
        return Stream.concat(Stream.of(accepted, verified), tests(this::play));
    }

    /** Returns the same tests with few schedules. */
    public Stream<DynamicNode> fewTests() {
        return Stream.concat(tests().limit(2), tests(this::playFew));
    }

    /** Returns a test of each case. */
    public Stream<DynamicNode> tests(Consumer<Case> played) {
        return cases().stream()
                .map(which -> dynamicTest(which.toString(), () -> played.accept(which)));
    }

    /** Plays the case by many schedules and returns how many there were. */
    public int play(Case which) {
        return Schedules.explore(seed(which.toString()), player(which));
    }

    /** Plays the case by few schedules and returns how many there were. */
    public int playFew(Case which) {
        return Schedules.few(seed(which.toString()), player(which));
    }

    /** Plays the case with a cancellation at each step and returns how many runs there were. */
    public int playCancelled(Case which) {
        return Schedules.cancelled(seed(which.toString()), player(which));
    }

    private Schedules.Play player(Case which) {
        Function<int[], List<String>> expected = player(which, blocking);
        Function<int[], List<String>> actual = player(which, compiled);
        return schedule -> {
            List<String> trace = expected.apply(schedule);
            int reached = taken(blocking);
            Traces.compare(
                    which,
                    schedule,
                    reached,
                    comparable(trace),
                    comparable(actual.apply(schedule)));
            return reached;
        };
    }

    /** Removes the prefix that the name of a body has for debuggers and coverage tools. */
    private List<String> comparable(List<String> trace) {
        return namesDiffer
                ? trace.stream().map(line -> line.replace(".lambda$", ".")).toList()
                : trace;
    }

    private static boolean isCase(MethodNode method) {
        int flags =
                method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC);
        return flags == Opcodes.ACC_STATIC
                && method.desc.equals("()Ldev/weft/Coroutine;")
                && method.invisibleAnnotations != null
                && method.invisibleAnnotations.stream()
                        .anyMatch(a -> a.desc.equals("Ldev/weft/Async;"));
    }

    private static int taken(ClassLoader loader) {
        try {
            return (int) loader.loadClass("targets.Steps").getMethod("taken").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Function<int[], List<String>> player(Case which, ClassLoader loader) {
        try {
            Method target = loader.loadClass(which.className).getDeclaredMethod(which.method);
            Method play =
                    loader.loadClass("targets.Steps").getMethod("play", Method.class, int[].class);
            return schedule -> {
                try {
                    return (List<String>) play.invoke(null, target, schedule);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("cannot play " + which + Arrays.toString(schedule), e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static long seed(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
