package dev.weft.instrument.plan;

import java.util.List;

/**
 * A body that others of its class may call, with the arguments of the source as arguments.
 *
 * @param owner the internal name of the class
 * @param parameters the types of its parameters, as a frame lists them
 * @param frameClass the internal name of the class of its frames
 * @param fillers the number of unused ints after the arguments
 * @param returnsNumbers whether the result may be a number without a box
 */
public record Callee(
        String owner,
        boolean isInterface,
        String name,
        String descriptor,
        List<Object> parameters,
        String frameClass,
        int fillers,
        boolean returnsNumbers) {}
