package dev.weft.agent.hotswap;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The parts of a loaded class that a redefinition must not change. */
final class LoadedShape extends ClassVisitor {
    private static final int FLAGS = 0xFFFF;

    /** The members with their flags, in words for a message. */
    private final Map<String, Integer> members = new LinkedHashMap<>();

    private final Class<?> loaded;
    private @Nullable String difference;

    LoadedShape(Class<?> loaded) {
        super(Opcodes.ASM9);
        this.loaded = loaded;
        for (Method method : loaded.getDeclaredMethods()) {
            add(method.getName(), Type.getMethodDescriptor(method), method.getModifiers());
        }
        for (Constructor<?> constructor : loaded.getDeclaredConstructors()) {
            add("<init>", Type.getConstructorDescriptor(constructor), constructor.getModifiers());
        }
        for (Field field : loaded.getDeclaredFields()) {
            members.put(
                    field(field.getName(), Type.getDescriptor(field.getType())),
                    field.getModifiers());
        }
    }

    private void add(String name, String descriptor, int flags) {
        members.put(method(name, descriptor), flags);
    }

    /** Returns the first difference of a class file to the class; null if there is none. */
    @Nullable String difference(byte[] classFile) {
        new ClassReader(classFile).accept(this, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        if (difference == null && !members.isEmpty()) {
            difference = "it does not have " + members.keySet().iterator().next() + " any more";
        }
        return difference;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        Class<?> parent = loaded.getSuperclass();
        if (parent != null && !Type.getInternalName(parent).equals(superName)) {
            difference = "it has another superclass";
        }
        List<String> present =
                Arrays.stream(loaded.getInterfaces()).map(Type::getInternalName).toList();
        if (!present.equals(interfaces == null ? List.of() : List.of(interfaces))) {
            difference = "it has other interfaces";
        }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access,
            String name,
            String descriptor,
            @Nullable String signature,
            String @Nullable [] exceptions) {
        if (!name.equals("<clinit>")) { // reflection does not show it
            compare(method(name, descriptor), access);
        }
        return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access,
            String name,
            String descriptor,
            @Nullable String signature,
            @Nullable Object value) {
        compare(field(name, descriptor), access);
        return null;
    }

    private void compare(String member, int access) {
        Integer flags = members.remove(member);
        if (difference == null && flags == null) {
            difference = "it has the new " + member;
        } else if (difference == null && flags != null && flags != (access & FLAGS)) {
            difference = "it has other modifiers at " + member;
        }
    }

    private static String method(String name, String descriptor) {
        StringBuilder text = new StringBuilder("method ").append(name).append('(');
        Type[] parameters = Type.getArgumentTypes(descriptor);
        for (int i = 0; i < parameters.length; i++) {
            text.append(i == 0 ? "" : ", ").append(parameters[i].getClassName());
        }
        return text.append(") with the result ")
                .append(Type.getReturnType(descriptor).getClassName())
                .toString();
    }

    private static String field(String name, String descriptor) {
        return "field " + Type.getType(descriptor).getClassName() + " " + name;
    }
}
