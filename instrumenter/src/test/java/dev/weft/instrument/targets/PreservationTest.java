package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.Toolchain;
import java.io.ObjectStreamClass;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceClassVisitor;
import org.objectweb.asm.util.TraceMethodVisitor;

/** Every part of a class file stays, except the code of async bodies. */
class PreservationTest {
    static Stream<Toolchain> toolchains() {
        return Stream.of(Toolchain.JAVAC, Toolchain.JAVAC_PARAMETERS, Toolchain.ECJ);
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void whatTheClassFileSaysOfTheClassAndItsFieldsStays(Toolchain toolchain) {
        Compilations targets = Compilations.of(toolchain);
        targets.changed()
                .forEach(
                        (name, bytes) ->
                                assertThat(classAndFields(bytes))
                                        .isEqualTo(classAndFields(targets.before().get(name))));
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void whatTheClassFileSaysOfAMethodStays(Toolchain toolchain) {
        Compilations targets = Compilations.of(toolchain);
        targets.changed()
                .forEach(
                        (name, bytes) -> {
                            Map<String, MethodNode> after = Compilations.methods(bytes);
                            Compilations.methods(targets.before().get(name))
                                    .forEach(
                                            (key, method) ->
                                                    assertThat(withoutCode(after.get(key)))
                                                            .isEqualTo(withoutCode(method)));
                        });
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void methodsThatAreNoBodiesKeepTheirCode(Toolchain toolchain) {
        Compilations targets = Compilations.of(toolchain);
        targets.changed()
                .forEach(
                        (name, bytes) -> {
                            Map<String, MethodNode> after = Compilations.methods(bytes);
                            Compilations.methods(targets.before().get(name)).values().stream()
                                    .filter(
                                            method ->
                                                    !method.desc.endsWith(")Ldev/weft/Coroutine;")
                                                            && !method.desc.endsWith(
                                                                    "/AsyncStream;"))
                                    .forEach(
                                            method ->
                                                    assertThat(
                                                                    text(
                                                                            after.get(
                                                                                    method.name
                                                                                            + method.desc)))
                                                            .isEqualTo(text(method)));
                        });
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void reflectionSeesTheSameMethods(Toolchain toolchain) throws ReflectiveOperationException {
        Compilations targets = Compilations.of(toolchain);
        ClassLoader before = loader(targets.before());
        ClassLoader after = loader(targets.after());
        for (String name : List.of("properties.Decorated", "properties.Decorated$Inner")) {
            assertThat(reflected(after.loadClass(name)))
                    .isEqualTo(reflected(before.loadClass(name)));
        }
    }

    @Test
    void parameterNamesStay() throws ReflectiveOperationException {
        Compilations targets = Compilations.of(Toolchain.JAVAC_PARAMETERS);
        Class<?> decorated = loader(targets.after()).loadClass("properties.Decorated");
        assertThat(decorated.getDeclaredMethods())
                .filteredOn(
                        method -> method.getName().equals("everything") && !method.isSynthetic())
                .singleElement()
                .extracting(method -> List.of(method.getParameters()).toString())
                .asString()
                .contains("first", "second", "third");
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void serializableClassesKeepTheirVersion(Toolchain toolchain) throws ClassNotFoundException {
        Compilations targets = Compilations.of(toolchain);
        ClassLoader before = loader(targets.before());
        ClassLoader after = loader(targets.after());
        for (String name : List.of("Saved", "Saved$Versioned", "Saved$Implementing")) {
            assertThat(version(after.loadClass("properties." + name)))
                    .as(name)
                    .isEqualTo(version(before.loadClass("properties." + name)));
        }
    }

    @Test
    void theClassFileVersionIsThatOfTheInput() {
        for (Toolchain toolchain : Toolchain.available()) {
            Compilations targets = Compilations.of(toolchain);
            int expected = Compilations.read(targets.before().get("targets/Loops")).version;
            targets.added()
                    .forEach(
                            (name, bytes) ->
                                    assertThat(Compilations.read(bytes).version)
                                            .isEqualTo(expected));
        }
    }

    private static ClassLoader loader(Map<String, byte[]> classes) {
        return new MemoryLoader(BothWays.class.getClassLoader(), classes);
    }

    private static long version(Class<?> type) {
        return ObjectStreamClass.lookupAny(type).getSerialVersionUID();
    }

    /** All of the class but its methods, and but a serialVersionUID that is new. */
    private static String classAndFields(byte[] classFile) {
        ClassNode node = Compilations.read(classFile);
        node.methods.clear();
        node.attrs = null;
        node.fields.removeIf(
                field ->
                        field.name.equals("serialVersionUID")
                                && (field.access & Opcodes.ACC_SYNTHETIC) != 0);
        Textifier text = new Textifier();
        node.accept(new TraceClassVisitor(null, text, null));
        return text.getText().toString();
    }

    private static String withoutCode(MethodNode method) {
        MethodNode copy =
                new MethodNode(
                        Opcodes.ASM9,
                        method.access,
                        method.name,
                        method.desc,
                        method.signature,
                        method.exceptions.toArray(String[]::new));
        method.accept(copy);
        copy.instructions.clear();
        copy.tryCatchBlocks.clear();
        copy.localVariables = null;
        copy.visibleLocalVariableAnnotations = null;
        copy.invisibleLocalVariableAnnotations = null;
        copy.maxStack = 0;
        copy.maxLocals = 0;
        return method.access
                + method.name
                + method.desc
                + method.signature
                + method.exceptions
                + text(copy);
    }

    private static String text(MethodNode method) {
        Textifier text = new Textifier();
        method.accept(new TraceMethodVisitor(text));
        return text.getText().toString();
    }

    private static List<String> reflected(Class<?> type) {
        return Stream.concat(
                        Stream.of(type.toGenericString() + annotations(type)),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> !method.isSynthetic())
                                .map(PreservationTest::reflected)
                                .sorted())
                .toList();
    }

    private static String reflected(Method method) {
        return method.toGenericString()
                + annotations(method)
                + Arrays.deepToString(method.getParameterAnnotations())
                + method.getAnnotatedReturnType()
                + Arrays.toString(method.getAnnotatedParameterTypes())
                + Arrays.toString(method.getParameters())
                + Arrays.toString(method.getGenericExceptionTypes());
    }

    private static String annotations(AnnotatedElement element) {
        return Arrays.toString(element.getAnnotations());
    }
}
