package dev.weft.instrument.decide;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Names the frame classes of a class: {@code Prices$total$Coroutine}, and for a second one of the
 * name {@code Prices$total$2$Coroutine}. Two names differ by more than case, for file systems that
 * do not see it.
 */
public final class FrameNames {
    /** Beyond it file systems refuse (255 bytes, and {@code .class}). */
    private static final int LONGEST = 200;

    private final String owner;
    private final Set<String> taken = new HashSet<>();

    public FrameNames(ClassNode node) {
        this.owner = node.name;
        for (InnerClassNode inner : node.innerClasses) {
            taken.add(folded(inner.name));
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    public String next(MethodNode method) {
        String base = owner + "$" + part(method);
        String name = base + "$Coroutine";
        for (int n = 2; !taken.add(folded(name)); n++) {
            name = base + "$" + n + "$Coroutine";
        }
        return name;
    }

    /**
     * The method's name as a file can have it. A dollar of the source is doubled, so that {@code
     * A}'s method {@code b$c} is not taken for {@code A.b}'s method {@code c}.
     */
    private String part(MethodNode method) {
        boolean generated = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
        StringBuilder part = new StringBuilder();
        for (char c : method.name.toCharArray()) {
            part.append(Character.isJavaIdentifierPart(c) ? c : '_');
            if (c == '$' && !generated) {
                part.append('$');
            }
        }
        int room = Math.max(LONGEST - bytes(owner.substring(owner.lastIndexOf('/') + 1)), 20);
        while (bytes(part) > room) {
            part.setLength(part.length() - 1);
        }
        return part.toString();
    }

    private static int bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
