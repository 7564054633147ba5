package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import dev.weft.instrument.plan.Field;
import org.jspecify.annotations.Nullable;

/** What more than one emitter asks for. */
final class Generated {
    private Generated() {}

    /** Of the frame class's constructor: the arguments that it captures. */
    static String constructorDescriptor(BodyPlan plan) {
        StringBuilder text = new StringBuilder("(");
        for (Argument argument : plan.captured()) {
            text.append(argument.descriptor());
        }
        return text.append(")V").toString();
    }

    /** The field of what is known not to be a constant. */
    static Field required(@Nullable Field field) {
        if (field == null) {
            throw new IllegalStateException("neither a field nor a constant");
        }
        return field;
    }
}
