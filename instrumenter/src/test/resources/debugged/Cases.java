package debugged;

import targets.Steps;

import java.lang.reflect.Method;
import java.util.Arrays;

/** Plays the targets that it is given: all steps suspend, or are done, or fail after suspending. */
public final class Cases {
    private static final String[] OUTCOMES = {"suspend", "are done", "fail later"};
    private static final int LONG = 64;

    private Cases() {}

    public static void main(String[] cases) throws Exception {
        for (String name : cases) {
            int dot = name.lastIndexOf('.');
            Class<?> owner = Class.forName(name.substring(0, dot));
            Method target = owner.getDeclaredMethod(name.substring(dot + 1));
            for (int outcome = 0; outcome < OUTCOMES.length; outcome++) {
                int[] schedule = new int[LONG];
                Arrays.fill(schedule, outcome);
                begin(name + ", all steps " + OUTCOMES[outcome]);
                Steps.play(target, schedule);
            }
        }
        begin("end");
    }

    /** Tells the debugger the next case. */
    private static void begin(String played) {
        return;
    }
}
