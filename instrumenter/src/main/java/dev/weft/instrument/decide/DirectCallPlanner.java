package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.KnownCalls.Site;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.plan.Callee;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.StackMapFrame;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;

/** Plans the direct calls of one body. */
final class DirectCallPlanner {
    private final MethodFacts facts;
    private final MethodNode method;
    private final DirectCalls calls;
    private final StackMapFrames frames;

    DirectCallPlanner(MethodFacts facts, DirectCalls calls, StackMapFrames frames) {
        this.facts = facts;
        this.method = facts.code().method();
        this.calls = calls;
        this.frames = frames;
    }

    /** Returns the direct call at an await, or at a call that is returned; null if none. */
    @Nullable DirectCall at(int index) {
        Site site = calls.calls().at(method, index);
        Callee callee = site == null ? null : calls.callee(site.target());
        if (site == null || callee == null) {
            return null;
        }
        Snapshot receiver = site.receiver();
        return new DirectCall(
                callee, site.call(), site.erased(), receiver == null ? null : frame(receiver));
    }

    private StackMapFrame frame(Snapshot before) {
        return new StackMapFrame(
                frames.locals(before.locals(), facts.liveness().before(before.index())),
                StackMapFrames.stack(before.stack()));
    }
}
