package dev.weft.instrument.diagnose;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.model.Problem;
import dev.weft.instrument.read.Methods;
import dev.weft.instrument.read.WeftTests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The uses of a class's own async test methods, which return nothing once they are compiled. */
final class TestUses {
    private final String owner;
    private final Methods methods;

    /** The async test methods, by name and descriptor. */
    private final Set<String> tests = new HashSet<>(0);

    TestUses(ParsedClass parsed, Methods methods) {
        this.owner = parsed.name();
        this.methods = methods;
        for (MethodNode method : parsed.node().methods) {
            if (WeftTests.isAsyncTest(parsed.node(), method)) {
                tests.add(method.name + method.desc);
            }
        }
    }

    /** Returns the refusals of the uses in a method. */
    List<Problem> in(MethodNode method) {
        List<Problem> problems = new ArrayList<>(0);
        if (tests.isEmpty()) {
            return problems;
        }
        for (AbstractInsnNode insn : methods.calls(method)) {
            String test = used(insn);
            if (test != null) {
                IndexedCode code = new IndexedCode(method);
                String message =
                        "a call of the async test method "
                                + test
                                + ", which only JUnit can call: move its body into another @Async"
                                + " method, and call that";
                problems.add(Wording.refused(code.lineOf(code.indexOf(insn)), method, message));
            }
        }
        return problems;
    }

    /** Returns the name of the test method that an instruction calls or refers to, or null. */
    private @Nullable String used(AbstractInsnNode insn) {
        if (insn instanceof MethodInsnNode call) {
            return isTest(call.owner, call.name + call.desc) ? call.name : null;
        }
        if (insn instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle
                        && isTest(handle.getOwner(), handle.getName() + handle.getDesc())) {
                    return handle.getName();
                }
            }
        }
        return null;
    }

    private boolean isTest(String className, String method) {
        return className.equals(owner) && tests.contains(method);
    }
}
