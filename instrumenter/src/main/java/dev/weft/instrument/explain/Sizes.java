package dev.weft.instrument.explain;

/**
 * The sizes of a method, in bytes; 0 if unknown.
 *
 * @param before the code that javac wrote
 * @param body the code of the state machine
 * @param method the code that stays in the method, which only captures the arguments
 * @param frame the object that holds a suspended call, with compressed references
 */
public record Sizes(int before, int body, int method, int frame) {
    /** HotSpot's FreqInlineSize: larger methods are not inlined into hot callers. */
    public static final int INLINE_LIMIT = 325;

    /** HotSpot's HugeMethodLimit: larger methods are never compiled. */
    public static final int COMPILE_LIMIT = 8000;

    /** Returns whether HotSpot compiles the state machine when it is hot. */
    public boolean isCompiled() {
        return body <= COMPILE_LIMIT;
    }

    /** Returns whether HotSpot inlines the state machine into hot callers. */
    public boolean isInlined() {
        return body <= INLINE_LIMIT;
    }

    /** Returns the consequence of the size of the state machine. */
    public String verdict() {
        if (!isCompiled()) {
            return "never compiled, stays interpreted ("
                    + body
                    + " bytes, the limit is "
                    + COMPILE_LIMIT
                    + "): move parts into methods of their own";
        }
        return isInlined()
                ? "compiled and inlined when hot ("
                        + body
                        + " of at most "
                        + INLINE_LIMIT
                        + " bytes)"
                : "compiled when hot; not inlined into callers ("
                        + body
                        + " bytes, the limit is "
                        + INLINE_LIMIT
                        + ")";
    }
}
