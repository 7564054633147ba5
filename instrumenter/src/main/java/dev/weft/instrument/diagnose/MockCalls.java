package dev.weft.instrument.diagnose;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.Statements;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.read.Lambdas;
import dev.weft.instrument.read.Methods;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Calls that tell Mockito which call to verify or to stub: {@code verify(mock).m()}, {@code
 * doReturn(x).when(mock).m()}. No code runs by them, so nothing has to be awaited.
 */
final class MockCalls {
    private static final String MOCKITO = "org/mockito/";

    /** The methods that return a mock, on which the call to verify or to stub follows. */
    private static final Set<String> EXPECTATIONS =
            Set.of("verify", "when", "whenever", "given", "should");

    /** The first class files that cannot do without the frames that a simulation needs. */
    private static final int OLDEST = Opcodes.V1_7;

    private final ParsedClass parsed;
    private final Methods methods;

    /** The lambdas that Mockito calls to see which method they call: {@code mocked.when(A::m)}. */
    private final Set<String> probes = new HashSet<>();

    MockCalls(ParsedClass parsed, Methods methods) {
        this.parsed = parsed;
        this.methods = methods;
        for (MethodNode method : parsed.node().methods) {
            for (AbstractInsnNode insn : methods.calls(method)) {
                if (insn instanceof InvokeDynamicInsnNode lambda && isProbe(lambda)) {
                    Handle body = Lambdas.implementation(lambda);
                    probes.add(body.getName() + body.getDesc());
                }
            }
        }
    }

    private static boolean isProbe(InvokeDynamicInsnNode lambda) {
        return lambda.desc.contains(")L" + MOCKITO) && Lambdas.isLambda(lambda);
    }

    /** Returns those of the method's calls whose result is not real. */
    Set<AbstractInsnNode> in(MethodNode method, IndexedCode code) {
        List<AbstractInsnNode> calls = methods.calls(method);
        if (probes.contains(method.name + method.desc)) {
            return Set.copyOf(calls);
        }
        Set<AbstractInsnNode> onMocks = new HashSet<>();
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof InvokeDynamicInsnNode lambda && isProbe(lambda)) {
                onMocks.add(insn);
            }
        }
        if (expects(calls) && (parsed.node().version & 0xFFFF) >= OLDEST) {
            onMocks.addAll(Statements.callsAfter(MockCalls::expects, parsed.name(), code));
        }
        return onMocks;
    }

    private static boolean expects(List<AbstractInsnNode> calls) {
        for (AbstractInsnNode insn : calls) {
            if (insn instanceof MethodInsnNode call && expects(call)) {
                return true;
            }
        }
        return false;
    }

    private static boolean expects(MethodInsnNode call) {
        return call.owner.startsWith(MOCKITO) && EXPECTATIONS.contains(call.name);
    }
}
