package dev.weft.instrument.plan;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.analysis.Code;
import dev.weft.instrument.analysis.Facts;
import dev.weft.instrument.plan.Exit.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Plans how each {@code areturn} leaves the body. */
final class ExitPlanner {
    private static final int NOWHERE = -1;

    private final Code code;
    private final Blocks blocks;
    private final Set<Integer> awaited;

    ExitPlanner(Facts facts, List<Site> sites) {
        this.code = facts.code();
        this.blocks = facts.blocks();
        this.awaited =
                sites.stream()
                        .filter(site -> site.use() == Site.Use.RETURN)
                        .map(Site::index)
                        .collect(Collectors.toSet());
    }

    List<Exit> plan() {
        List<Exit> exits = new ArrayList<>();
        int before = NOWHERE;
        int beforeThat = NOWHERE;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode instruction = code.get(i);
            if (instruction.getOpcode() == Opcodes.ARETURN && !awaited.contains(before)) {
                exits.add(exit(i, before, beforeThat));
            }
            if (instruction.getOpcode() >= 0) {
                beforeThat = before;
                before = i;
            } else if (instruction instanceof FrameNode) {
                before = NOWHERE; // others may come here
                beforeThat = NOWHERE;
            }
        }
        return exits;
    }

    private Exit exit(int index, int before, int beforeThat) {
        Way way = way(before);
        boolean inRange = before != NOWHERE && blocks.isProtected(before);
        boolean boxed =
                way == Way.VALUE
                        && beforeThat != NOWHERE
                        && code.get(beforeThat) instanceof MethodInsnNode call
                        && Abi.isIntBoxing(call);
        return boxed
                ? new Exit(index, before, beforeThat, Way.INT, inRange)
                : new Exit(index, before, NOWHERE, way, inRange);
    }

    private Way way(int before) {
        if (before != NOWHERE && code.get(before) instanceof MethodInsnNode call) {
            if (Abi.isCoroutineOf(call)) {
                return Way.VALUE;
            }
            if (Abi.isCoroutineDone(call)) {
                return Way.NOTHING;
            }
        }
        return Way.TAIL;
    }
}
