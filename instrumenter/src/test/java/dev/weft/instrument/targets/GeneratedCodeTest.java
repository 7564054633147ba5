package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.support.Toolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** The generated code: frame classes, bodies, and the tables for debuggers. */
class GeneratedCodeTest {
    static Stream<Toolchain> toolchains() {
        return Stream.of(Toolchain.JAVAC, Toolchain.JAVAC_PARAMETERS, Toolchain.ECJ);
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void generatedMembersAreSynthetic(Toolchain toolchain) {
        Compilations.of(toolchain)
                .added()
                .forEach(
                        (name, bytes) -> {
                            ClassNode frame = Compilations.read(bytes);
                            assertThat(frame.access)
                                    .as(name)
                                    .isEqualTo(
                                            Opcodes.ACC_SYNTHETIC
                                                    | Opcodes.ACC_FINAL
                                                    | Opcodes.ACC_SUPER);
                            assertThat(frame.superName).isEqualTo("dev/weft/compiled/Frame");
                            assertThat(frame.interfaces).isEmpty();
                        });
        eachBody(
                toolchain,
                (original, body) -> {
                    assertThat(body.access & Opcodes.ACC_SYNTHETIC).as(body.name).isNotZero();
                    assertThat(body.invisibleAnnotations)
                            .extracting(annotation -> annotation.desc)
                            .containsExactly("Ldev/weft/compiled/Generated;");
                });
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void frameClassesUseNoDynamicCallsHandlesOrReflection(Toolchain toolchain) {
        Compilations.of(toolchain)
                .added()
                .forEach(
                        (name, bytes) -> {
                            for (MethodNode method : Compilations.read(bytes).methods) {
                                assertThat(dynamic(method)).as(name).isEmpty();
                                assertThat(reflective(method)).as(name).isEmpty();
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void bodiesUseNoDynamicCallsHandlesOrReflectionButTheUsersOwn(Toolchain toolchain) {
        eachBody(
                toolchain,
                (original, body) -> {
                    assertThat(dynamic(body)).as(body.name).isEqualTo(dynamic(original));
                    assertThat(reflective(body)).as(body.name).isEqualTo(reflective(original));
                });
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void bodiesKeepTheLinesOfTheSource(Toolchain toolchain) {
        eachBody(
                toolchain,
                (original, body) ->
                        assertThat(lines(body)).as(body.name).isEqualTo(lines(original)));
    }

    /** Debuggers hide a variable named this in a static method, which a body is. */
    @ParameterizedTest
    @MethodSource("toolchains")
    void bodiesKeepTheNamesOfVariablesAndCallThisByAnother(Toolchain toolchain) {
        eachBody(
                toolchain,
                (original, body) ->
                        assertThat(original.localVariables.stream().map(v -> v.name).distinct())
                                .as(body.name)
                                .containsAll(
                                        body.localVariables.stream()
                                                .map(v -> v.name.equals("$this") ? "this" : v.name)
                                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void variablesAreWhatTheirSlotsHoldWhereverADebuggerCanStop(Toolchain toolchain) {
        Compilations.of(toolchain)
                .changed()
                .forEach(
                        (name, bytes) -> {
                            for (MethodNode method : Compilations.read(bytes).methods) {
                                try {
                                    assertThat(Variables.wrong(name, method)).as(name).isEmpty();
                                } catch (AnalyzerException e) {
                                    throw new AssertionError(name + "." + method.name, e);
                                }
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("toolchains")
    void noVariableHasARangeWithoutCode(Toolchain toolchain) {
        Compilations.of(toolchain)
                .changed()
                .forEach(
                        (name, bytes) -> {
                            for (MethodNode method : Compilations.read(bytes).methods) {
                                assertThat(Variables.withoutCode(method)).as(name).isEmpty();
                            }
                        });
    }

    /** Returns each body of the classes, with its method. */
    private static void eachBody(Toolchain toolchain, BiConsumer<MethodNode, MethodNode> check) {
        Compilations targets = Compilations.of(toolchain);
        int bodies = 0;
        for (Map.Entry<String, byte[]> changed : targets.changed().entrySet()) {
            Map<String, MethodNode> before =
                    Compilations.methods(targets.before().get(changed.getKey()));
            Map<String, MethodNode> after = Compilations.methods(changed.getValue());
            for (MethodNode body : after.values()) {
                if (!before.containsKey(body.name + body.desc) && !body.name.startsWith("<")) {
                    bodies++;
                    check.accept(original(body, before, after), body);
                }
            }
        }
        assertThat(bodies).isEqualTo(targets.added().size());
    }

    /** The stub that makes the body's frame has the name and type of the method that it was. */
    private static MethodNode original(
            MethodNode body, Map<String, MethodNode> before, Map<String, MethodNode> after) {
        Type[] parameters = Type.getArgumentTypes(body.desc);
        String frame = parameters[parameters.length - 4].getInternalName();
        for (Map.Entry<String, MethodNode> method : after.entrySet()) {
            for (AbstractInsnNode instruction : method.getValue().instructions) {
                if (before.containsKey(method.getKey())
                        && instruction instanceof MethodInsnNode call
                        && call.owner.equals(frame)
                        && call.name.equals("<init>")) {
                    return before.get(method.getKey());
                }
            }
        }
        throw new AssertionError("no stub makes a " + frame);
    }

    private static List<String> dynamic(MethodNode method) {
        List<String> found = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode call) {
                found.add(call.name + call.desc);
            }
            if (instruction instanceof LdcInsnNode constant
                    && constant.cst instanceof Handle handle) {
                found.add(handle.toString());
            }
        }
        return found;
    }

    private static List<String> reflective(MethodNode method) {
        List<String> found = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && (call.owner.startsWith("java/lang/reflect/")
                            || call.owner.startsWith("java/lang/invoke/")
                            || call.owner.equals("java/lang/Class"))) {
                found.add(call.owner + "." + call.name);
            }
        }
        return found;
    }

    private static Set<Integer> lines(MethodNode method) {
        Set<Integer> lines = new TreeSet<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode line) {
                lines.add(line.line);
            }
        }
        return lines;
    }
}
