package dev.weft.agent.hotswap;

/**
 * A version of a body.
 *
 * @param fingerprint a hash of the code of the body and its frame class, without line numbers
 * @param number 1 for the version that was loaded first
 */
public record Generation(long fingerprint, int number) {
    private static final String SUFFIX = "$Coroutine";

    public static Generation first(long fingerprint) {
        return new Generation(fingerprint, 1);
    }

    boolean isFirst() {
        return number == 1;
    }

    Generation after(long changedFingerprint) {
        return changedFingerprint == fingerprint
                ? this
                : new Generation(changedFingerprint, number + 1);
    }

    /**
     * Returns the name of the frame class in this generation: {@code Prices$total+2$Coroutine}. No
     * Java source can define a class with a plus in its name.
     */
    String frameClass(String firstName) {
        String stem = firstName.substring(0, firstName.length() - SUFFIX.length());
        return isFirst() ? firstName : stem + "+" + number + SUFFIX;
    }
}
