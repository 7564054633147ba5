package dev.weft.instrument.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.Toolchain;
import java.io.ObjectStreamClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** The parts that a class keeps when its methods are compiled. */
class AssemblerTest {
    private static final String BODY =
            " @Async Coroutine<Integer> m(Coroutine<Integer> c) { return Coroutine.of(Weft.await(c)); }";

    @Test
    void methodsThatAreNotAsyncStayAsTheyAre() {
        byte[] before =
                source(
                        "class A {"
                                + BODY
                                + " @Deprecated int f(String s) { try { return s.length(); }"
                                + " finally { System.out.println(s); } } }");
        assertThat(text(compile(before), "f")).isEqualTo(text(before, "f"));
    }

    @Test
    void whatIsDeclaredOfAnAsyncMethodStaysOnIt() {
        ClassNode node =
                parse(
                        compile(
                                source(
                                        "class A { @Async @Deprecated protected final <T extends"
                                                + " Comparable<T>> Coroutine<T> m(@Deprecated final T a) throws"
                                                + " java.io.IOException { return Coroutine.of(a); } }")));
        MethodNode stub = method(node, "m", false);
        assertThat(stub.access & (Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL))
                .isEqualTo(Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL);
        assertThat(stub.signature).contains("T::Ljava/lang/Comparable<TT;>;");
        assertThat(stub.exceptions).containsExactly("java/io/IOException");
        assertThat(stub.parameters)
                .singleElement()
                .satisfies(p -> assertThat(p.name).isEqualTo("a"));
        assertThat(stub.visibleAnnotations).hasSizeGreaterThanOrEqualTo(1);
        assertThat(stub.visibleParameterAnnotations).isNotNull();
        assertThat(stub.localVariables).extracting(v -> v.name).containsExactly("this", "a");
        MethodNode body = method(node, "m", true);
        assertThat(body.access).isEqualTo(Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC);
        assertThat(body.visibleAnnotations).isNull();
    }

    @Test
    void aBodyInAnInterfaceIsPublic() {
        ClassNode node =
                parse(
                        compile(
                                source(
                                        "interface A { @Async default Coroutine<Integer> m() {"
                                                + " return Coroutine.of(1); } }")));
        assertThat(method(node, "m", true).access)
                .isEqualTo(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC);
    }

    @Test
    void attributesThatNobodyKnowsSurvive() {
        byte[] before = withUnknownAttribute(source("class A {" + BODY + " }"));
        assertThat(parse(compile(before)).attrs).extracting(a -> a.type).contains("com.acme.Odd");
    }

    @Test
    void aSerializableClassKeepsItsComputedVersion() throws Exception {
        byte[] before =
                source(
                        "class A implements java.io.Serializable { int i; void f() {}"
                                + BODY
                                + " }");
        assertThat(versionOf(compileAll(before))).isEqualTo(versionOf(Map.of("A", before)));
    }

    @Test
    void soDoOthersThatAreSerializableByTheNameOfAnInterface() throws Exception {
        byte[] before =
                source(
                        "abstract class A implements java.io.Externalizable, AsyncCallable<Integer> {"
                                + BODY
                                + " }");
        assertThat(versionOf(compileAll(before))).isEqualTo(versionOf(Map.of("A", before)));
    }

    @Test
    void aSerializableClassKeepsItsDeclaredVersion() throws Exception {
        byte[] before =
                source(
                        "class A implements java.io.Serializable {"
                                + " private static final long serialVersionUID = 42;"
                                + BODY
                                + " }");
        assertThat(versionOf(compileAll(before))).isEqualTo(42);
    }

    @Test
    void aClassThatInheritsSerializableKeepsItsComputedVersion() throws Exception {
        byte[] before = source("class A extends java.util.ArrayList<String> {" + BODY + " }");
        assertThat(versionOf(compileAll(before))).isEqualTo(versionOf(Map.of("A", before)));
    }

    @Test
    void soDoesOneThatMayInheritItFromAnInterfaceThatNobodyKnows() throws Exception {
        byte[] before =
                source(
                        "class A implements java.util.concurrent.ScheduledFuture<String> {"
                                + " public long getDelay(java.util.concurrent.TimeUnit u) { return 0; }"
                                + " public int compareTo(java.util.concurrent.Delayed d) { return 0; }"
                                + " public boolean cancel(boolean b) { return b; }"
                                + " public boolean isCancelled() { return false; }"
                                + " public boolean isDone() { return false; }"
                                + " public String get() { return null; }"
                                + " public String get(long l, java.util.concurrent.TimeUnit u) {"
                                + " return null; }"
                                + BODY
                                + " }");
        assertThat(parse(compile(before)).fields)
                .extracting(f -> f.name)
                .contains("serialVersionUID");
    }

    @Test
    void aClassThatCannotBeSerializableGetsNoField() {
        byte[] before =
                source(
                        "class A implements Runnable, java.util.function.Supplier<String> {"
                                + " public void run() {} public String get() { return null; }"
                                + BODY
                                + " }");
        assertThat(parse(compile(before)).fields).isEmpty();
    }

    private static long versionOf(Map<String, byte[]> classes) throws Exception {
        ClassLoader loader =
                new ClassLoader(AssemblerTest.class.getClassLoader()) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        byte[] bytes = classes.get(name);
                        if (bytes == null) {
                            throw new ClassNotFoundException(name);
                        }
                        return defineClass(name, bytes, 0, bytes.length);
                    }
                };
        return ObjectStreamClass.lookup(loader.loadClass("A")).getSerialVersionUID();
    }

    private static byte[] source(String text) {
        String source = "import dev.weft.*; " + text;
        return merge(
                Toolchain.JAVAC_PARAMETERS.compile(source, "A"),
                Toolchain.JAVAC.compile(source, "A"));
    }

    /**
     * Returns a class file with the parameter names of one class file and the rest of the other.
     */
    private static byte[] merge(byte[] parameters, byte[] debug) {
        ClassNode from = parse(parameters);
        ClassNode to = parse(debug);
        for (int i = 0; i < to.methods.size(); i++) {
            to.methods.get(i).parameters = from.methods.get(i).parameters;
        }
        ClassWriter writer = new ClassWriter(0);
        to.accept(writer);
        return writer.toByteArray();
    }

    private static Map<String, byte[]> compileAll(byte[] file) {
        Map<String, byte[]> classes = new HashMap<>();
        new AsyncCompiler(Options.defaults())
                .compile(file)
                .classes()
                .forEach(compiled -> classes.put(compiled.name(), compiled.bytes()));
        return classes;
    }

    private static byte[] compile(byte[] file) {
        return compileAll(file).get("A");
    }

    private static ClassNode parse(byte[] file) {
        ClassNode node = new ClassNode();
        new ClassReader(file).accept(node, 0);
        return node;
    }

    private static MethodNode method(ClassNode node, String name, boolean synthetic) {
        return node.methods.stream()
                .filter(m -> m.name.equals(name))
                .filter(m -> (m.access & Opcodes.ACC_SYNTHETIC) != 0 == synthetic)
                .findFirst()
                .orElseThrow();
    }

    private static String text(byte[] file, String name) {
        Textifier printer = new Textifier();
        method(parse(file), name, false).accept(new TraceMethodVisitor(printer));
        return printer.getText().toString();
    }

    private static byte[] withUnknownAttribute(byte[] file) {
        ClassNode node = parse(file);
        node.attrs =
                List.of(
                        new Attribute("com.acme.Odd") {
                            @Override
                            protected Attribute read(
                                    ClassReader r, int o, int l, char[] b, int c, Label[] labels) {
                                return this;
                            }

                            @Override
                            protected ByteVector write(
                                    ClassWriter w, byte[] c, int l, int stack, int locals) {
                                return new ByteVector().putInt(7);
                            }
                        });
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }
}
