package dev.weft.agent.hotswap;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Type;

/**
 * A method that is the body of an async method.
 *
 * @param owner the internal name of the class
 */
record Body(String owner, boolean inInterface, String name, String descriptor) {

    /** The number of the last parameters that are the body's own: frame, start, task and value. */
    private static final int OWN = 4;

    private static final String SUFFIX = "$Coroutine";
    private static final String AFTER_FRAME =
            ";ILdev/weft/Task;Ljava/lang/Object;)Ljava/lang/Object;";

    static boolean isBody(String descriptor) {
        return descriptor.endsWith(SUFFIX + AFTER_FRAME);
    }

    /** Returns the internal name of the frame class in the descriptor of a body. */
    static String frameClass(String descriptor) {
        String parameters = descriptor.substring(0, descriptor.length() - AFTER_FRAME.length());
        // A name contains neither a bracket nor a semicolon, and an int before it is one letter.
        Type[] types = Type.getArgumentTypes(parameters + ";)V");
        return types[types.length - 1].getInternalName();
    }

    /** Returns the bodies of a loaded class, by the names of their frame classes. */
    static Map<String, Body> of(Class<?> loaded) {
        Map<String, Body> bodies = new HashMap<>();
        for (Method method : loaded.getDeclaredMethods()) {
            String descriptor = Type.getMethodDescriptor(method);
            if (Modifier.isStatic(method.getModifiers()) && isBody(descriptor)) {
                Body body =
                        new Body(
                                Type.getInternalName(loaded),
                                loaded.isInterface(),
                                method.getName(),
                                descriptor);
                bodies.put(frameClass(descriptor), body);
            }
        }
        return bodies;
    }

    Type[] parameters() {
        return Type.getArgumentTypes(descriptor);
    }

    /** Returns the index of the parameter that is the frame. */
    int frameParameter() {
        return parameters().length - OWN;
    }

    /** Returns the slot of a parameter. */
    static int slot(Type[] parameters, int parameter) {
        int slot = 0;
        for (int i = 0; i < parameter; i++) {
            slot += parameters[i].getSize();
        }
        return slot;
    }
}
