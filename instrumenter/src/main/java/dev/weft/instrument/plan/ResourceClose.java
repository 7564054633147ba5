package dev.weft.instrument.plan;

/**
 * The close of a resource whose await is elsewhere. So the source's code looks as a Java compiler
 * has written it, and coverage tools recognise try-with-resources. Positions are indexes of
 * instructions.
 *
 * @param call creates what is awaited; before it the resource is on the stack
 * @param failureLoad loads the failure that is thrown then; -1 if there is none
 * @param pop drops the result
 * @param jump follows the close; -1 if the next statement does
 * @param resource the source's slot of the resource
 * @param failure the source's slot of the failure; -1 if there is none
 */
public record ResourceClose(
        int call, int failureLoad, int pop, int jump, int resource, int failure) {
    /** Returns whether the instruction is written elsewhere or not at all. */
    boolean isEmptyAt(int index) {
        return index == failureLoad || index == pop || index == jump;
    }
}
