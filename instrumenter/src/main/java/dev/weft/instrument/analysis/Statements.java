package dev.weft.instrument.analysis;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The order of calls within statements. A statement begins where the operand stack is empty. */
public final class Statements {
    private Statements() {}

    /** Returns the calls that run after a given kind of call in the same statement. */
    public static Set<AbstractInsnNode> callsAfter(
            Predicate<MethodInsnNode> kind, String owner, IndexedCode code) {
        Set<AbstractInsnNode> calls = Collections.newSetFromMap(new IdentityHashMap<>());
        new TypeSimulation(owner, code)
                .run(
                        new TypeSimulation.Watcher() {
                            private boolean after;

                            @Override
                            public void before(
                                    int index, AbstractInsnNode instruction, AbstractState state) {
                                after = after && state.height() > 0;
                                if (instruction instanceof MethodInsnNode call) {
                                    if (after) {
                                        calls.add(call);
                                    }
                                    after = after || kind.test(call);
                                }
                            }
                        });
        return calls;
    }
}
