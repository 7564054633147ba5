package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The types that a class may name in an instruction.
 *
 * <p>A class file cannot say whether a class of another package is public. But an instruction of
 * the method that names the class already needs the same access. A type that only descriptors and
 * stack map frames mention may be inaccessible, because the JVM does not check access for these.
 */
public final class Accessibility {
    /** Classes that are public in every JDK. Without this list, bodies would need more fields. */
    private static final Set<String> PUBLIC =
            Set.of(
                    "java/lang/Object",
                    "java/lang/String",
                    "java/lang/Throwable",
                    "java/lang/Exception",
                    "java/lang/RuntimeException",
                    "java/lang/Error",
                    "java/lang/Class",
                    "java/lang/Runnable",
                    "java/lang/CharSequence",
                    "java/lang/Iterable",
                    "java/lang/Number",
                    "java/lang/Boolean",
                    "java/lang/Character",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Double",
                    "java/lang/Void",
                    "java/lang/StringBuilder",
                    "java/util/List",
                    "java/util/Map",
                    "java/util/Set",
                    "java/util/Collection",
                    "java/util/Iterator",
                    "java/util/Optional",
                    "java/time/Duration");

    private final String homePackage;
    private final IndexedCode code;
    private @Nullable Set<String> named;

    public Accessibility(String home, IndexedCode code) {
        this.homePackage = home.substring(0, endOfPackage(home));
        this.code = code;
    }

    /** Returns whether a type, by internal name or an array's descriptor, may be named. */
    public boolean isAccessible(String type) {
        if (type.startsWith("[")) {
            Type element = Type.getType(type).getElementType();
            return element.getSort() != Type.OBJECT || isAccessible(element.getInternalName());
        }
        return PUBLIC.contains(type)
                || Abi.PUBLIC.contains(type)
                || (type.startsWith(homePackage) && endOfPackage(type) == homePackage.length())
                || named().contains(type);
    }

    private static int endOfPackage(String type) {
        return type.lastIndexOf('/') + 1;
    }

    private Set<String> named() {
        if (named == null) {
            named = new HashSet<>();
            for (int i = 0; i < code.size(); i++) {
                addNamed(code.get(i), named);
            }
            for (TryCatchBlockNode block : code.method().tryCatchBlocks) {
                if (block.type != null) {
                    named.add(block.type);
                }
            }
        }
        return named;
    }

    private static void addNamed(AbstractInsnNode insn, Set<String> to) {
        if (insn instanceof TypeInsnNode type) {
            addElement(type.desc, to);
        } else if (insn instanceof MethodInsnNode call) {
            addElement(call.owner, to);
        } else if (insn instanceof FieldInsnNode field) {
            addElement(field.owner, to);
        } else if (insn instanceof MultiANewArrayInsnNode array) {
            addElement(array.desc, to);
        } else if (insn instanceof LdcInsnNode constant && constant.cst instanceof Type type) {
            if (type.getSort() != Type.METHOD) {
                addElement(type.getInternalName(), to);
            }
        }
    }

    private static void addElement(String name, Set<String> to) {
        to.add(name.startsWith("[") ? elementOf(name) : name);
    }

    private static String elementOf(String array) {
        Type element = Type.getType(array).getElementType();
        return element.getSort() == Type.OBJECT ? element.getInternalName() : array;
    }
}
