package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Names the frame classes of a class: {@code Prices$total$Coroutine}, and for a second method of
 * the name {@code Prices$total-2$Coroutine}.
 *
 * <p>The part between the class and the suffix has no dollar: one of the method's name becomes a
 * hyphen. So the name of the class ends before the last dollar but one, and two classes never get
 * frame classes of the same name. The names for one class differ by more than case, because some
 * file systems ignore case.
 */
public final class FrameNames {
    private static final String SUFFIX = "$Coroutine";

    /** The longest name that file systems accept (255 bytes), less {@code .class} and a number. */
    private static final int LONGEST = 200;

    private final String owner;
    private final Set<String> taken = new HashSet<>();

    /** The number to try for the next method, by name without a number. */
    private final Map<String, Integer> numbers = new HashMap<>();

    public FrameNames(ClassNode node) {
        this.owner = node.name;
        for (InnerClassNode inner : node.innerClasses) {
            taken.add(folded(inner.name));
        }
    }

    /** Returns whether a name may be that of a frame class of this class. */
    public static boolean isFrameClass(String name, String owner) {
        int end = name.length() - SUFFIX.length();
        return name.endsWith(SUFFIX)
                && name.lastIndexOf('$', end - 1) == owner.length()
                && name.startsWith(owner);
    }

    /**
     * Returns the frame classes that a compiled class needs: those in the descriptors of its
     * bodies.
     */
    public static List<String> neededBy(ClassNode compiled) {
        List<String> needed = new ArrayList<>();
        for (MethodNode method : compiled.methods) {
            String frame = ofBody(method, compiled.name);
            if (frame != null) {
                needed.add(frame);
            }
        }
        return needed;
    }

    /** Returns the frame class of a compiled body; null for any other method. */
    public static @Nullable String ofBody(MethodNode method, String owner) {
        if ((method.access & Opcodes.ACC_STATIC) != 0
                && method.desc.endsWith(";" + Abi.OWN_PARAMETERS_AFTER_FRAME)) {
            Type[] parameters = Type.getArgumentTypes(method.desc);
            Type frame = parameters[parameters.length - Slots.OWN];
            if (frame.getSort() == Type.OBJECT && isFrameClass(frame.getInternalName(), owner)) {
                return frame.getInternalName();
            }
        }
        return null;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Names the frame class of the next method. */
    public String next(MethodNode method) {
        String base = owner + "$" + part(method.name);
        String key = folded(base);
        int number = numbers.getOrDefault(key, 1);
        String name;
        do {
            name = number == 1 ? base + SUFFIX : base + "-" + number + SUFFIX;
            number++;
        } while (!taken.add(folded(name)));
        numbers.put(key, number);
        return name;
    }

    /** Returns the method's name with a hyphen for each dollar, and no longer than files allow. */
    private String part(String name) {
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            part.append(c == '$' ? '-' : Character.isJavaIdentifierPart(c) ? c : '_');
        }
        int room = Math.max(LONGEST - bytes(owner, owner.lastIndexOf('/') + 1), 20);
        int surplus = bytes(part, 0) - room;
        int end = part.length();
        while (surplus > 0) {
            surplus -= bytes(part.charAt(--end));
        }
        return part.substring(0, end);
    }

    /** Returns the size of the text's end in UTF-8; half of a surrogate pair counts for itself. */
    private static int bytes(CharSequence text, int from) {
        int bytes = 0;
        for (int i = from; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    private static int bytes(char c) {
        if (Character.isSurrogate(c)) {
            return 2;
        }
        return c <= 0x7F ? 1 : c <= 0x7FF ? 2 : 3;
    }
}
