package dev.weft.instrument.plan;

import java.util.List;

/**
 * A body that others of its class may call, with the arguments of the source as arguments.
 *
 * @param owner the internal name of the class
 * @param parameters the types of its parameters, as a frame lists them
 * @param slots of its variables
 * @param returnsNumbers whether the result may be a number without a box
 */
public record Callee(
        String owner,
        boolean isInterface,
        String name,
        String descriptor,
        List<Object> parameters,
        Slots slots,
        boolean returnsNumbers) {}
