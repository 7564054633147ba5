package dev.weft.instrument.plan;

/** The form of the code that suspends and resumes a body. */
public enum Shape {
    /** The smallest and fastest code. Coverage tools ignore the body. */
    FAST,
    /**
     * Code for coverage tools, which see the body as a lambda and in it only the source's code. Our
     * own code looks like what javac writes for try-with-resources and for a switch on a string.
     */
    COVERAGE;

    /** Returns how many local variables the code needs, beside those of every body. */
    public int temporaries() {
        return this == FAST ? 0 : 3;
    }
}
