package dev.weft.instrument.diagnose;

import dev.weft.instrument.model.Problem;
import dev.weft.instrument.model.Problem.Rule;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** The names of methods and types in messages. */
public final class Wording {
    private static final String LAMBDA = "lambda$";

    private Wording() {}

    static Problem refused(int line, MethodNode method, String message) {
        return new Problem(Rule.REFUSED, line, method.name, message);
    }

    /** Returns {@code total}, {@code a constructor}, {@code a lambda in total}. */
    public static String name(MethodNode method) {
        if (method.name.equals("<init>")) {
            return "a constructor";
        }
        if (method.name.equals("<clinit>")) {
            return "a static initialiser";
        }
        boolean synthetic = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        int end = method.name.lastIndexOf('$');
        if (synthetic && method.name.startsWith(LAMBDA)) {
            return end < LAMBDA.length() // ECJ does not name the method around it
                    ? "a lambda"
                    : "a lambda in " + lambdaHome(method.name.substring(LAMBDA.length(), end));
        }
        int kotlin = Math.max(method.name.indexOf("$lambda$"), method.name.indexOf("$lambda-"));
        return kotlin > 0 ? "a lambda in " + method.name.substring(0, kotlin) : method.name;
    }

    /**
     * Returns the place of a lambda. javac uses new and static for constructors and initialisers,
     * and adds a hexadecimal number to the name if the lambda is serializable.
     */
    private static String lambdaHome(String nameAndNumber) {
        String name = nameAndNumber.replaceFirst("\\$[0-9a-f]+$", "");
        boolean initialiser = name.equals("new") || name.equals("static");
        return initialiser ? "an initialiser or constructor" : name;
    }

    /** {@code String}, {@code int[]}. */
    static String simple(Type type) {
        String name = type.getClassName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    static Type returnType(MethodNode method) {
        return Type.getReturnType(method.desc);
    }

    static boolean isVoid(MethodNode method) {
        return returnType(method).getSort() == Type.VOID;
    }

    /** Returns the return type for an async version of a method that returns this type. */
    static String coroutineOf(Type type) {
        return switch (type.getSort()) {
            case Type.VOID -> "Coroutine<Void>";
            case Type.INT -> "Coroutine<Integer>";
            case Type.CHAR -> "Coroutine<Character>";
            case Type.BOOLEAN, Type.BYTE, Type.SHORT, Type.LONG, Type.FLOAT, Type.DOUBLE -> {
                String name = type.getClassName();
                yield "Coroutine<"
                        + Character.toUpperCase(name.charAt(0))
                        + name.substring(1)
                        + ">";
            }
            default -> "Coroutine<" + simple(type) + ">";
        };
    }
}
