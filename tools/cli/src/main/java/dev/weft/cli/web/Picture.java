package dev.weft.cli.web;

import dev.weft.internal.report.JsonText;

/**
 * The state of the program at one time.
 *
 * @param number increases with each picture
 * @param taken the {@link System#nanoTime} of the answer
 * @param millis the time of day
 * @param loops an array of JSON; empty if the program has not answered
 * @param steps an object of JSON: the last measurement of each loop
 * @param message the reason why there is no answer; empty if there is one
 * @param isLast true if the program has ended
 */
record Picture(
        long number,
        long taken,
        long millis,
        String loops,
        String steps,
        String message,
        boolean isLast) {

    static final Picture NONE = new Picture(0, 0, 0, "", "{}", "", false);

    boolean isStuck() {
        return loops.contains(",\"stuck\":\""); // quotes in names have a backslash before them
    }

    /**
     * Returns the picture as an object of JSON.
     *
     * @param silentMillis the time for which the program has not answered a newer question
     */
    String json(long silentMillis) {
        StringBuilder out = new StringBuilder("{\"number\":").append(number);
        out.append(",\"time\":").append(millis);
        out.append(",\"silent\":").append(silentMillis);
        out.append(",\"ended\":").append(isLast);
        out.append(",\"message\":").append(JsonText.quoted(message));
        if (!loops.isEmpty()) {
            out.append(",\"loops\":").append(loops.strip());
            out.append(",\"steps\":").append(steps);
        }
        return out.append('}').toString();
    }
}
