package dev.weft.instrument.abi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.compiled.Frame;
import dev.weft.compiled.Suspension;
import dev.weft.stream.AsyncStream;
import dev.weft.stream.CompiledStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** The runtime has every class and member that the compiler names. */
class AbiTest {
    @Test
    void noOtherFileContainsANameOfTheRuntime() throws Exception {
        Pattern name = Pattern.compile("\"[^\"\\n]*dev[./]weft[./]");
        Path sources = Path.of("src/main/java/dev/weft/instrument");
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .filter(file -> !file.endsWith("abi/Abi.java"))
                                    .filter(file -> name.matcher(text(file)).find()))
                    .isEmpty();
        }
        assertThat(name.matcher(text(sources.resolve("abi/Abi.java"))).find()).isTrue();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyClassExists() {
        assertThat(Type.getInternalName(Weft.class)).isEqualTo(Abi.WEFT);
        assertThat(Type.getInternalName(Coroutine.class)).isEqualTo(Abi.COROUTINE);
        assertThat(Type.getDescriptor(Coroutine.class)).isEqualTo(Abi.COROUTINE_DESCRIPTOR);
        assertThat(Type.getInternalName(Task.class)).isEqualTo(Abi.TASK);
        assertThat(Type.getInternalName(Frame.class)).isEqualTo(Abi.FRAME);
        assertThat(Type.getInternalName(AsyncStream.class)).isEqualTo(Abi.STREAM);
        assertThat(Type.getInternalName(Closing.class)).isEqualTo(Abi.CLOSING);
        assertThat(Type.getInternalName(CompiledStreams.class)).isEqualTo(Abi.COMPILED_STREAMS);
        assertThat(Type.getDescriptor(Async.class)).isEqualTo(Abi.ASYNC);
        assertThat(Async.class.getName()).isEqualTo(Abi.ASYNC_NAME);
    }

    @Test
    void theCallsOfGeneratorsAndResourcesAreRecognised() throws Exception {
        MethodInsnNode emit = callOf(AsyncStream.class.getMethod("emit", Object.class));
        MethodInsnNode end = callOf(AsyncStream.class.getMethod("end"));
        MethodInsnNode close = callOf(Closing.class.getMethod("close"));
        assertThat(Abi.isEmit(emit)).isTrue();
        assertThat(Abi.isStreamEnd(end)).isTrue();
        assertThat(Abi.isClose(close)).isTrue();
        assertThat(Stream.of(emit, close)).allMatch(Abi::suspends);
        assertThat(Abi.suspends(end)).isFalse();
        assertThat(Stream.of(emit, close).map(AbiTest::handleOf)).allMatch(Abi::suspends);
        assertThat(Abi.isOfEmit(handleOf(emit))).isTrue();
        assertThat(Abi.isOfClose(handleOf(close))).isTrue();
        assertThat(Abi.returnsStream(end.desc)).isTrue();
        assertThat(Abi.isHasNext(callOf(AsyncStream.class.getMethod("hasNext")))).isTrue();
    }

    @Test
    void theRuntimeHasWhatTakesTheirPlace() throws Exception {
        Method generator = CompiledStreams.class.getMethod(Abi.GENERATOR, Coroutine.class);
        assertThat(Type.getMethodDescriptor(generator)).isEqualTo(Abi.GENERATOR_DESCRIPTOR);
        Method checkEnd = CompiledStreams.class.getMethod(Abi.CHECK_END, AsyncStream.class);
        assertThat(Type.getMethodDescriptor(checkEnd)).isEqualTo(Abi.CHECK_END_DESCRIPTOR);
        assertStatic(Abi.CLOSED, Abi.CLOSED_DESCRIPTOR);
        assertThat(Abi.isCoroutineDone(Abi.done())).isTrue();
        assertThat(Abi.isAwait(Abi.awaiting())).isTrue();
        assertThat(Abi.isEmitting(Abi.emitting())).isTrue();
        assertThat(Abi.isClosed(Abi.closed())).isTrue();
        assertCompiled(
                Abi.emitting(),
                CompiledStreams.class.getMethod("emit", Object.class, Coroutine.class, Task.class));
        MethodInsnNode hasNext = callOf(AsyncStream.class.getMethod("hasNext"));
        hasNext.setOpcode(Opcodes.INVOKEVIRTUAL);
        assertCompiled(
                hasNext,
                CompiledStreams.class.getMethod(
                        "hasNext", AsyncStream.class, Coroutine.class, Task.class, int.class));
    }

    @Test
    void theRuntimeHasWhatTheCoverageShapeCalls() {
        assertThat(Type.getInternalName(Suspension.class)).isEqualTo(Abi.SUSPENSION);
        assertThat(Arrays.stream(Suspension.class.getMethods()))
                .extracting(method -> method.getName() + Type.getMethodDescriptor(method))
                .contains(
                        Abi.SUSPENSION_OF + Abi.SUSPENSION_OF_DESCRIPTOR,
                        Abi.KEY + Abi.KEY_DESCRIPTOR,
                        Abi.ARRIVED + Abi.ARRIVED_DESCRIPTOR,
                        Abi.RETURNED + Abi.RETURNED_DESCRIPTOR,
                        Abi.AWAIT + Abi.FRAME_CALL_DESCRIPTOR,
                        Abi.CLOSE + Abi.CLOSE_DESCRIPTOR);
    }

    @Test
    void theAnnotationIsInTheClassFile() {
        Retention retention = Async.class.getAnnotation(Retention.class);
        assertThat(retention == null ? RetentionPolicy.CLASS : retention.value())
                .isNotEqualTo(RetentionPolicy.SOURCE);
    }

    @Test
    void everyPublicAwaitIsAnAwait() {
        List<Method> awaits =
                Arrays.stream(Weft.class.getMethods())
                        .filter(method -> method.getName().equals(Abi.AWAIT))
                        .toList();
        assertThat(awaits)
                .hasSize(3)
                .allSatisfy(method -> assertThat(Abi.isAwait(callOf(method))).isTrue());
        assertThat(awaits.stream().filter(method -> Abi.isThrowingAwait(callOf(method))))
                .singleElement()
                .satisfies(
                        method -> assertThat(method.getParameterTypes()[1]).isEqualTo(Class.class));
    }

    @Test
    void readyMadeCoroutinesAreRecognised() throws Exception {
        assertThat(Abi.isCoroutineOf(callOf(Coroutine.class.getMethod("of", Object.class))))
                .isTrue();
        assertThat(Abi.isCoroutineDone(callOf(Coroutine.class.getMethod("done")))).isTrue();
        assertThat(Type.getMethodDescriptor(Coroutine.class.getMethod("of", Object.class)))
                .isEqualTo(Abi.OF_DESCRIPTOR);
    }

    @Test
    void framesHaveWhatBodiesCall() throws Exception {
        assertStatic(Abi.FRAME_AWAIT, Abi.FRAME_CALL_DESCRIPTOR);
        assertStatic(Abi.FRAME_TAIL, Abi.FRAME_CALL_DESCRIPTOR);
        assertStatic(Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        assertStatic(Abi.FRAME_AWAIT_UNBOXED, Abi.FRAME_CALL_DESCRIPTOR);
        assertStatic(Abi.BOXED, Abi.BOXED_DESCRIPTOR);
        assertStatic(Abi.LINK, Abi.LINK_DESCRIPTOR);
        assertStatic(Abi.TAILED, Abi.TAILED_DESCRIPTOR);
        assertStatic(Abi.TOO_DEEP, Abi.TOO_DEEP_DESCRIPTOR);
        assertStatic(Abi.LEAVING, Abi.LEAVING_DESCRIPTOR);
        for (NumberType type : NumberType.values()) {
            assertStatic(type.read, type.readDescriptor);
            assertStatic(type.returned, type.returnedDescriptor);
        }
        assertStatic(Abi.DEEPER, Abi.DEEPER_DESCRIPTOR);
        assertThat(Type.getMethodDescriptor(Frame.class.getMethod(Abi.START, int.class)))
                .isEqualTo(Abi.START_DESCRIPTOR);
        Field state = Frame.class.getField(Abi.STATE);
        assertThat(state.getType()).isEqualTo(int.class);
        Field suspended = Frame.class.getField(Abi.SUSPENDED);
        assertThat(Type.getDescriptor(suspended.getType())).isEqualTo(Abi.OBJECT_DESCRIPTOR);
        assertThat(Modifier.isStatic(suspended.getModifiers())).isTrue();
    }

    @Test
    void framesHaveWhatFrameClassesOverride() throws Exception {
        Constructor<?> constructor = Frame.class.getDeclaredConstructor();
        assertThat(Modifier.isProtected(constructor.getModifiers())).isTrue();
        Constructor<?> making = Frame.class.getDeclaredConstructor(Task.class);
        assertThat(Modifier.isProtected(making.getModifiers())).isTrue();
        assertThat(Type.getConstructorDescriptor(making)).isEqualTo(Abi.MAKING_DESCRIPTOR);
        Method step =
                Coroutine.class.getDeclaredMethod(Abi.STEP, Task.class, Object.class, int.class);
        assertThat(Type.getMethodDescriptor(step)).isEqualTo(Abi.STEP_DESCRIPTOR);
        assertThat(Modifier.isProtected(step.getModifiers())).isTrue();
        Method table = Frame.class.getDeclaredMethod(Abi.TABLE);
        assertThat(Type.getMethodDescriptor(table)).isEqualTo(Abi.TABLE_DESCRIPTOR);
        assertThat(Modifier.isProtected(table.getModifiers())).isTrue();
    }

    private static void assertStatic(String name, String descriptor) {
        assertThat(Frame.class.getMethods())
                .filteredOn(method -> method.getName().equals(name))
                .singleElement()
                .satisfies(
                        method -> {
                            assertThat(Type.getMethodDescriptor(method)).isEqualTo(descriptor);
                            assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
                        });
    }

    private static void assertCompiled(MethodInsnNode call, Method method) {
        assertThat(Abi.compiledOwner(call))
                .isEqualTo(Type.getInternalName(method.getDeclaringClass()));
        assertThat(method.getName()).isEqualTo(call.name);
        assertThat(Abi.compiledDescriptor(call)).isEqualTo(Type.getMethodDescriptor(method));
    }

    private static Handle handleOf(MethodInsnNode call) {
        return new Handle(Opcodes.H_INVOKESTATIC, call.owner, call.name, call.desc, false);
    }

    private static MethodInsnNode callOf(Method method) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(method.getDeclaringClass()),
                method.getName(),
                Type.getMethodDescriptor(method));
    }
}
